using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Whoever has a case hears at once that it became critical, once, however it did; where nobody has it, whoever is on call.</summary>
public sealed class CriticalOwnersTests : IAsyncDisposable
{
    private static readonly Responder Anna = new("member:anna", "Anna Berg");
    private static readonly Responder Ben = new("member:ben", "Ben Ode");
    private readonly DeskRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData("never answered", "This case is critical now.")]
    [InlineData("wrote again before", "This case is critical now.")]
    [InlineData("answered", "The customer has written again.")]
    [InlineData("put off", "The customer has written again.")]
    public async Task Words_that_make_it_critical_are_one_word_to_its_owner(string how, string said)
    {
        await MineAsync();
        if (how is "answered" or "wrote again before")
        {
            await HappenAsync(1, new OwnerAnswered(Anna));
        }
        if (how == "put off")
        {
            await HappenAsync(1, new Snoozed(Anna, Now.AddDays(7)));
        }
        if (how == "wrote again before")
        {
            await HearAsync("2", "and when does it come?", Priority.Low);
            await HappenAsync(1, new StillOnIt(Anna));
        }
        var before = (await SaidAsync()).Count;

        await HearAsync("3", "it burns, my child is hurt", Priority.Critical);
        await HearAsync("4", "it burns, do you hear", Priority.Critical);

        Assert.Equal((CaseState.Claimed, Priority.Critical), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Priority));
        Assert.Equal([(said, "discord:1")], (await SaidAsync()).Skip(before));
    }

    [Fact]
    public async Task A_colleague_who_says_that_it_is_critical_tells_its_owner_and_the_owner_nobody()
    {
        await MineAsync();

        await HappenAsync(1, new PrioritySet(Anna, Priority.Critical));
        await HappenAsync(1, new PrioritySet(Anna, Priority.Normal));
        Assert.Empty(await SaidAsync());

        await HappenAsync(1, new PrioritySet(Ben, Priority.Critical));
        Assert.Equal([("Ben Ode says that this case is critical.", "discord:1")], await SaidAsync());
    }

    /// <summary>All were called already, for less: at 300 minutes nobody is called any more, or only managers would be.</summary>
    [Theory]
    [InlineData(Priority.High)]
    [InlineData(Priority.Normal)]
    public async Task Words_that_make_critical_what_nobody_has_call_whoever_is_on_call_at_once_and_the_others_anew(Priority before)
    {
        await _rig.ComplainAsync("1", before);
        await PassAsync(times: 20, TimeSpan.FromMinutes(15));
        var said = (await SaidAsync()).Count;

        await HearAsync("2", "it caught fire, my hand is burned", Priority.Critical);
        var (text, to) = Assert.Single((await SaidAsync()).Skip(said));
        Assert.Equal("This case is critical now.", text);
        Assert.Contains(to, new[] { "discord:1", "discord:2" });

        await PassAsync(times: 35, TimeSpan.FromMinutes(1));
        Assert.Equal(
            [(text, to), ("Nobody has claimed this critical case for 10 min.", "discord:3"), ("Still nobody has claimed this critical case, after 20 min.", ""), ("Nobody has claimed this critical case for 35 min.", to)],
            (await SaidAsync()).Skip(said).Take(4));
    }

    [Fact]
    public async Task What_was_merged_into_a_case_that_nobody_has_and_makes_it_critical_is_told_to_whoever_is_on_call()
    {
        await _rig.ComplainAsync("1");
        await _rig.ComplainAsync("2", Priority.Critical);

        await MergeAsync(Anna);

        var (text, to) = Assert.Single(await SaidAsync());
        Assert.Equal("This case is critical now.", text);
        Assert.Contains(to, new[] { "discord:1", "discord:2" });
    }

    [Fact]
    public async Task A_merge_tells_both_owners_who_goes_on_and_that_it_is_critical()
    {
        await MineAsync();
        await BensAsync();

        await MergeAsync(new Responder("member:lea", "Lea Kurz"));

        Assert.Equal((Anna, CaseState.Claimed), ((await _rig.CaseAsync()).Owner, (await _rig.CaseAsync()).State));
        Assert.Equal([("Lea Kurz has merged case 2 into this one: it is critical, and its customer waits for an answer.", "discord:1")], await SaidAsync());
        Assert.Equal([("Lea Kurz has merged this case into case 1: Anna Berg has it now.", "discord:2")], await SaidAsync(2));
    }

    [Fact]
    public async Task An_owner_whose_case_goes_on_as_another_is_told_where_unless_they_merged()
    {
        await _rig.ComplainAsync("1");
        await BensAsync();
        await MergeAsync(Anna);

        Assert.Equal(Ben, (await _rig.CaseAsync()).Owner);
        Assert.Equal([("Anna Berg has merged case 2 into this one: it goes on here, and is yours.", "discord:2")], await SaidAsync());
        Assert.Empty(await SaidAsync(2));
    }

    [Fact]
    public async Task Who_gives_their_own_case_away_by_a_merge_hears_nothing_of_it()
    {
        await MineAsync();
        await BensAsync();

        await MergeAsync(Ben);

        Assert.Single(await SaidAsync());
        Assert.Empty(await SaidAsync(2));
    }

    private DateTimeOffset Now => _rig.Clock.GetUtcNow();

    private async Task MineAsync()
    {
        await _rig.ComplainAsync("1");
        await HappenAsync(1, new Claimed(Anna));
    }

    /// <summary>Another customer's critical case.</summary>
    private async Task BensAsync()
    {
        await _rig.HearAsync(Some.Post("the acme charger burns, help me now please it smokes", "b") with { Author = new Author { Id = "tom", Handle = "tom" } }, priority: Priority.Critical);
        await HappenAsync(2, new Claimed(Ben));
    }

    private Task HearAsync(string id, string text, Priority priority)
    {
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));
        return _rig.HearAsync(Some.Post("acme: " + text, id) with { Author = new Author { Id = "a1", Handle = "a1" }, InReplyTo = Some.Post("", "1").Key, Posted = Now }, priority: priority, urgency: priority == Priority.Critical ? 0.99 : null);
    }

    private async Task PassAsync(int times, TimeSpan each)
    {
        var due = new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { });
        for (var passed = 0; passed < times; passed++)
        {
            _rig.Clock.Advance(each);
            await due.SweepAsync(CancellationToken.None);
        }
    }

    private Task HappenAsync(long id, CaseEvent happened) => _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, Now, _rig.Policies.Current).Happen(tx.CaseOf(id)!, happened); });

    private Task MergeAsync(Responder by) => _rig.Temp.WriteAsync(tx => Assert.Null(new CaseWriter(tx, Now, _rig.Policies.Current).Merge(tx.CaseOf(2)!, tx.CaseOf(1)!, by)));

    private async Task<IReadOnlyList<(string Text, string To)>> SaidAsync(long id = 1)
    {
        await _rig.Temp.WriteAsync(tx => tx.CardShown(new CardKey($"case:{id}", "care"), 1, new MessageRef($"m{id}"), Now));
        var pings = await _rig.Temp.ReadAsync(view => view.PingsToDo("care", Now, 20));
        return [.. pings.Where(ping => ping.Key.Subject == $"case:{id}" && !ping.Withdraw).Select(ping => (ping.Text, string.Join(' ', ping.To)))];
    }
}
