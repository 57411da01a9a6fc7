using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Load;

/// <summary>Many open cases, twenty thousand of them; LISTENINGBOT_OPEN_CASES=100000 asks for more.</summary>
public sealed class ManyCasesTests : IAsyncDisposable
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_OPEN_CASES") ?? "20000", CultureInfo.InvariantCulture);
    private static readonly Policy Single = Policy.Default with { Bursts = new Bursts(0, TimeSpan.FromMinutes(10)) };
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private readonly ITestOutputHelper _output;

    public ManyCasesTests(ITestOutputHelper output)
    {
        _output = output;
        _policies.Swap(Single);
    }

    [Fact]
    public async Task Thirty_two_clickers_on_thousands_of_cases_give_each_case_one_owner_and_the_others_a_kind_answer()
    {
        const int Clickers = 32;
        var cases = Cases / 10;
        await OpenAsync(cases);
        var desk = new PressDesk(_temp.Store, _policies, _clock, _ => { });
        var began = TimeProvider.System.GetTimestamp();

        var won = await Task.WhenAll(Enumerable.Range(0, Clickers).Select(i => Task.Run(() => ClickAllAsync(desk, i, cases))));

        var took = TimeProvider.System.GetElapsedTime(began);
        _output.WriteLine($"{Clickers * cases} presses in {took.TotalSeconds:0.0} s, {took.TotalMicroseconds / Clickers / cases:0} µs each; cases won: {string.Join(" ", won.Order())}");
        Assert.Equal(cases, won.Sum());
        var owners = await _temp.ReadAsync(view => view.OpenCasesAfter(0, cases * 2).GroupBy(@case => @case.Owner!.Id).ToDictionary(group => group.Key, group => group.Count()));
        Assert.Equal(won.Index().Where(one => one.Item > 0).ToDictionary(one => $"discord:{one.Index}", one => one.Item), owners);
    }

    [Fact]
    public async Task Tens_of_thousands_of_open_cases_are_reckoned_and_what_is_due_at_once_is_all_taken()
    {
        var opened = await TakesAsync(() => OpenAsync(Cases));
        var due = new DueWork(_temp.Store, _policies, _clock, _ => { });
        var targets = Targets.Default with { Ping = new ByPriority(null, TimeSpan.FromMinutes(30), null, null), FirstAnswer = new ByPriority(null, null, null, null), Lead = new ByPriority(null, null, null, null), Manager = new ByPriority(null, null, null, null) };
        _policies.Swap(Single with { Responders = new Responders { Teams = [new Team { Name = "care", Targets = targets }] } });
        var changed = 0;
        var reckoned = await TakesAsync(async () => changed = await due.ReckonAsync(CancellationToken.None));
        Assert.Equal(Cases, changed);

        _clock.Advance(TimeSpan.FromHours(2));
        var taken = 0;
        var swept = await TakesAsync(async () => taken = await due.SweepAsync(CancellationToken.None));

        _output.WriteLine($"{Cases} cases opened in {opened.TotalSeconds:0.0} s, reckoned anew in {reckoned.TotalSeconds:0.0} s; {taken} steps taken in {swept.TotalSeconds:0.00} s");
        Assert.Equal(Cases / 20, taken);
        Assert.Equal(0, await due.SweepAsync(CancellationToken.None));
        Assert.Equal(Cases / 20, await _temp.ReadAsync(view => view.OpenCasesAfter(0, Cases).Count(@case => @case.Pinged)));
    }

    /// <summary>How many cases this one got; each other press must have got a kind answer.</summary>
    private static async Task<int> ClickAllAsync(PressDesk desk, int clicker, int cases)
    {
        var ids = Enumerable.Range(1, cases).ToArray();
        new Random(clicker).Shuffle(ids);
        var won = 0;
        foreach (var id in ids)
        {
            var answer = await desk.PressAsync(new Press($"{clicker} {id}", new Responder($"discord:{clicker}", $"Clicker {clicker}"), new PressTarget(PressAction.Claim, id)));
            if (answer.Say?.Contains("has it already. Thank you", StringComparison.Ordinal) != true)
            {
                won++;
            }
        }
        return won;
    }

    private static async Task<TimeSpan> TakesAsync(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began);
    }

    private async Task OpenAsync(int cases)
    {
        foreach (var ids in Enumerable.Range(0, cases).Chunk(500))
        {
            var heard = ids.Select(i => new Heard(
                ChangeKind.Added, Some.Post($"acme trouble {i}", $"{i}") with { Author = new Author { Id = $"a{i}" } }, [Some.Watch()], Some.Assessment(0.9, i % 20 == 0 ? Priority.High : Priority.Normal), ByUs: false));
            await _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [.. heard], [], [], ids.Length), Single, _clock.GetUtcNow()));
        }
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
