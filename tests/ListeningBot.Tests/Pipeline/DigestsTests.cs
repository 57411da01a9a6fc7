using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class DigestsTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly PolicyBook _policies = new();

    private readonly ManualClock _clock = new();

    public DigestsTests()
    {
        GoTo(new DateTimeOffset(2026, 11, 8, 12, 30, 0, TimeSpan.Zero));
        _policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Zone = "America/New_York" }] } });
    }

    [Fact]
    public async Task A_day_is_told_once_at_eight_the_next_morning_of_the_team_and_a_week_on_its_monday()
    {
        await RecordAsync("1");
        Assert.Empty(await PutUpAsync());

        GoTo(new DateTimeOffset(2026, 11, 9, 12, 59, 0, TimeSpan.Zero));
        Assert.Empty(await PutUpAsync());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await PutUpAsync();
        await PutUpAsync();

        var cards = await CardsAsync();
        Assert.Equal(["care: Sunday 8 Nov", "care: the week from 2 Nov"], cards.Select(card => card.Title));
        Assert.All(cards, card => Assert.Contains(card.Sections, section => section.Lines.Contains("1 case.")));
        Assert.All(cards, card => Assert.NotNull(card.Chart));
    }

    [Fact]
    public async Task Days_without_anything_are_not_told()
    {
        await RecordAsync("1");
        _clock.Advance(TimeSpan.FromDays(30));

        Assert.Empty(await PutUpAsync());
    }

    [Fact]
    public async Task The_running_day_is_told_to_the_one_who_asks()
    {
        await RecordAsync("1");
        _clock.Advance(TimeSpan.FromHours(1));

        var card = await _temp.ReadAsync(view => Digests.SoFar(view, "care", Period.Day, _policies.Current, _clock.GetUtcNow()));

        Assert.Equal(["1 case."], card.Sections[0].Lines);
        Assert.Contains("1 cases", card.Chart!.Alt, StringComparison.Ordinal);
    }

    private void GoTo(DateTimeOffset moment) => _clock.Advance(moment - _clock.GetUtcNow());

    private Task<IReadOnlySet<string>> PutUpAsync() => _temp.Store.WriteAsync(tx => Digests.PutUp(tx, _policies.Current, _clock.GetUtcNow()));

    private Task<List<DigestCard>> CardsAsync() => _temp.ReadAsync(view =>
        view.CardsToShow("care", _clock.GetUtcNow(), 10).Where(work => work.Key.Subject.StartsWith("digest:", StringComparison.Ordinal))
            .Select(work => (DigestCard)CardPages.Write(view, work.Key, work.Wanted, _policies.Current)!).OrderBy(card => card.Title.Length).ToList());

    private Task RecordAsync(string id)
    {
        var heard = new Heard(ChangeKind.Added, Some.Post(id: id) with { Posted = _clock.GetUtcNow() }, [Some.Watch()], Some.Assessment(0.9), ByUs: false);
        var harvest = new Harvest("posts", new Cursor(id), false, null, [heard], [], [], 1);
        return _temp.Store.WriteAsync(tx => Recorder.Record(tx, harvest, _policies.Current, _clock.GetUtcNow()));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
