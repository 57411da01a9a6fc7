using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>In a burst whoever takes a case takes one that waits.</summary>
public sealed class GroupTakingTests : IAsyncDisposable
{
    private static readonly Responder Ana = new("discord:Ana", "Ana");

    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private int _presses;

    public GroupTakingTests() => _policies.Swap(Policy.Default with { Bursts = new Bursts(1, TimeSpan.FromMinutes(10)) });

    [Fact]
    public async Task What_was_answered_or_put_off_is_taken_last()
    {
        await BurstAsync(Priority.High, Priority.High, Priority.High, Priority.Normal, Priority.Normal);
        await HappenAsync(2, new AnsweredByUs("@care", _clock.GetUtcNow()));
        await HappenAsync(3, new Snoozed(Ana, _clock.GetUtcNow().AddHours(2)));
        await HappenAsync(4, new AnsweredByUs("@care", _clock.GetUtcNow()));

        var card = await CardAsync();

        Assert.Equal((3, Priority.Normal), (card.Unclaimed, card.Highest));
        Assert.Equal([5L, 6, 2, 3, 4], card.Top.Select(entry => entry.CaseId));
        foreach (var next in new[] { 5, 6, 2 })
        {
            Assert.StartsWith($"Case {next} is yours", (await TakeAsync()).Say, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task When_all_of_a_group_are_answered_nobody_is_called_for_it_and_what_comes_then_is_shown_anew()
    {
        await BurstAsync(Priority.Normal, Priority.Normal);
        await HappenAsync(2, new NobodyClaimed());
        await _temp.WriteAsync(tx => tx.CardShown(new CardKey("group:1", "care"), 1, new MessageRef("m"), _clock.GetUtcNow()));
        Assert.Single(await PingsAsync());
        await HappenAsync(2, new AnsweredByUs("@care", _clock.GetUtcNow()));
        Assert.Single(await PingsAsync());

        await HappenAsync(3, new AnsweredByUs("@care", _clock.GetUtcNow()));

        Assert.Empty(await PingsAsync());
        await OpenAsync(4, Priority.Normal);
        Assert.Equal(2, (await _temp.ReadAsync(view => view.CaseOf(4)))!.Group);
    }

    /// <summary>The card is of another store, of which this one is a backup.</summary>
    [Theory]
    [InlineData(1, "1", "Case 1 is not in this group. Nothing was changed.")]
    [InlineData(9, "2", "This group is no longer kept. Nothing was changed.")]
    [InlineData(9, null, "This group is no longer kept. Nothing was changed.")]
    public async Task Only_a_case_of_the_group_is_taken_from_its_card(long group, string? chosen, string told)
    {
        await BurstAsync(Priority.High);

        Assert.Equal(PressAnswer.Tell(told), await TakeAsync(group, chosen));

        Assert.All(await _temp.ReadAsync(view => new[] { view.CaseOf(1)!, view.CaseOf(2)! }), @case => Assert.Null(@case.Owner));
    }

    /// <summary>The first has a card of its own.</summary>
    private async Task BurstAsync(params Priority[] priorities)
    {
        await OpenAsync(1, Priority.Normal);
        foreach (var (i, priority) in priorities.Index())
        {
            await OpenAsync(i + 2, priority);
        }
    }

    private Task OpenAsync(int number, Priority priority)
    {
        var post = Some.Post($"acme trouble number {number}", $"{number}") with { Author = new Author { Id = $"{number}" }, Posted = _clock.GetUtcNow().AddMinutes(-60 + number) };
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(0.9, priority) with { Aspect = "quality" }, ByUs: false);
        return _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{number}"), false, null, [heard], [], [], 1), _policies.Current, _clock.GetUtcNow()));
    }

    private Task HappenAsync(long @case, CaseEvent happened) =>
        _temp.WriteAsync(tx => { Assert.IsType<Transition.Changed>(new CaseWriter(tx, _clock.GetUtcNow(), _policies.Current).Happen(tx.CaseOf(@case)!, happened)); });

    private Task<GroupCard> CardAsync() => _temp.ReadAsync(view => (GroupCard)CardPages.Write(view, new CardKey("group:1", "care"), 1, _policies.Current)!);

    private Task<IReadOnlyList<PingWork>> PingsAsync() => _temp.ReadAsync(view => view.PingsToDo("care", _clock.GetUtcNow(), 10));

    private Task<PressAnswer> TakeAsync(long group = 1, string? chosen = null) =>
        new PressDesk(_temp.Store, _policies, _clock, _ => { }).PressAsync(new Press($"p{++_presses}", Ana, new PressTarget(PressAction.Take, group, chosen)));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
