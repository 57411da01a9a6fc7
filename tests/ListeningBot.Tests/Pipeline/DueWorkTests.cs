using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class DueWorkTests : IAsyncDisposable
{
    private static readonly TimeOnly At = new(8, 0);
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly DueWork _due;

    public DueWorkTests() => _due = new DueWork(_temp.Store, new PolicyBook(), _clock, _ => { });

    [Fact]
    public async Task A_list_that_came_due_while_the_program_was_down_is_put_up_at_the_start()
    {
        await _due.ListMaybesAsync(CancellationToken.None);
        await MaybeAsync("1");
        _clock.Advance(TimeSpan.FromHours(12));
        await _due.ListMissedMaybesAsync(At, CancellationToken.None);
        Assert.Empty(await ListsAsync());

        _clock.Advance(TimeSpan.FromHours(11));
        await _due.ListMissedMaybesAsync(At, CancellationToken.None);
        Assert.Single(await ListsAsync());

        await MaybeAsync("2");
        await _due.ListMissedMaybesAsync(At, CancellationToken.None);
        Assert.Single(await ListsAsync());
    }

    [Fact]
    public async Task The_very_first_start_has_missed_no_list()
    {
        await MaybeAsync("1");

        await _due.ListMissedMaybesAsync(At, CancellationToken.None);
        Assert.Empty(await ListsAsync());

        // The one of its first morning it has missed when nobody put it up.
        _clock.Advance(TimeSpan.FromHours(24));
        await _due.ListMissedMaybesAsync(At, CancellationToken.None);
        Assert.Single(await ListsAsync());
    }

    [Fact]
    public async Task Each_case_that_nobody_claimed_is_pinged_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await RecordAsync(Some.Post($"acme trouble {i}", $"{i}") with { Author = new Author { Id = $"a{i}" } }, 0.9);
        }
        _clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(3, await _due.SweepAsync(CancellationToken.None));
        Assert.Equal(0, await _due.SweepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_sweep_goes_on_until_nothing_is_due_the_most_urgent_first()
    {
        for (var i = 0; i < 350; i++)
        {
            await RecordAsync(Some.Post($"acme trouble {i}", $"{i}") with { Author = new Author { Id = $"a{i}" } }, 0.9, i % 7 == 0 ? Priority.Critical : Priority.Normal);
        }
        _clock.Advance(TimeSpan.FromMinutes(61));
        var first = await _temp.ReadAsync(view => view.CasesDue(_clock.GetUtcNow(), 60));
        Assert.Equal(50, first.TakeWhile(@case => @case.Priority == Priority.Critical).Count());

        await _due.SweepAsync(CancellationToken.None);

        Assert.Empty(await _temp.ReadAsync(view => view.CasesDue(_clock.GetUtcNow(), 10)));
        Assert.Equal(350, await _temp.ReadAsync(view => view.OpenCasesAfter(0, 1000).Count(@case => @case.Pinged)));
    }

    [Fact]
    public async Task A_case_that_defeats_the_sweep_is_put_off_and_keeps_no_other_from_its_step()
    {
        for (var i = 0; i < 3; i++)
        {
            await RecordAsync(Some.Post($"acme trouble {i}", $"{i}") with { Author = new Author { Id = $"a{i}" } }, 0.9);
        }
        await _temp.WriteAsync(tx => tx.SaveCase(tx.CaseOf(2)! with { Version = 2, Teams = ["broken"] }, new Ungrouped(), _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromMinutes(61));
        var policies = new PolicyBook();
        policies.Swap(Policy.Default with { Responders = new Responders { Teams = [new Team { Name = "broken", Targets = null! }] } });
        var due = new DueWork(_temp.Store, policies, _clock, _ => { });

        await Assert.ThrowsAsync<AggregateException>(() => due.SweepAsync(CancellationToken.None));

        var pinged = await _temp.ReadAsync(view => view.OpenCasesAfter(0, 9).Where(@case => @case.Pinged).Select(@case => @case.Id).ToList());
        Assert.Equal([1, 3], pinged);
        Assert.Equal(0, await due.SweepAsync(CancellationToken.None));
    }

    private Task MaybeAsync(string id) => RecordAsync(Some.Post("acme, hm " + id, id) with { Author = new Author { Id = id } }, 0.2);

    private Task RecordAsync(Post post, double complaint, Priority priority = Priority.Normal)
    {
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(complaint, priority), ByUs: false);
        var harvest = new Harvest("posts", new Cursor(post.Key.Id), false, null, [heard], [], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, _clock.GetUtcNow()));
    }

    private async Task<IReadOnlyList<CardWork>> ListsAsync() =>
        [.. (await _temp.ReadAsync(view => view.CardsToShow("care", _clock.GetUtcNow(), 100))).Where(card => card.Key.Subject.StartsWith("tray:", StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
