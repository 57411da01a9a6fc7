using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>The room for what was written to us alone is shared by all teams.</summary>
public sealed class PrivateBurstTests : IAsyncDisposable
{
    private static readonly Member Ben = new() { Id = "ben", Name = "Ben Ode", Accounts = ["discord:2"] };
    private static readonly Member Kim = new() { Id = "kim", Name = "Kim Sol", Accounts = ["discord:5"] };
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private int _letters;

    public PrivateBurstTests() => _policies.Swap(Policy.Default with
    {
        Bursts = new Bursts(1, TimeSpan.FromMinutes(10)),
        Responders = new Responders { Teams = [new Team { Name = "care", Members = [Ben] }, new Team { Name = "sales", Members = [Kim] }] },
    });

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Letters_to_two_teams_are_two_groups_and_each_team_is_called_for_its_own()
    {
        await BurstAsync();
        _clock.Advance(TimeSpan.FromMinutes(61));
        await new DueWork(_temp.Store, _policies, _clock, _ => { }).SweepAsync(CancellationToken.None);

        var pings = (await _temp.ReadAsync(view => view.PingsToDo(CaseWriter.PrivateRoom, _clock.GetUtcNow(), 10))).Where(ping => ping.Text == "Nobody has claimed the normal cases of this group yet.");

        Assert.Equal([("group:1", "discord:2"), ("group:2", "discord:5")], pings.Select(ping => (ping.Key.Subject, Assert.Single(ping.To))).Order());
    }

    [Fact]
    public async Task Whoever_takes_the_most_urgent_takes_a_letter_to_their_own_team_and_the_card_names_it()
    {
        await BurstAsync();

        var card = await _temp.ReadAsync(view => (GroupCard)CardPages.Write(view, new CardKey("group:2", CaseWriter.PrivateRoom), 1, _policies.Current)!);
        var taken = await new PressDesk(_temp.Store, _policies, _clock, _ => { }).PressAsync(new Press("p", new Responder("discord:5", "kim"), new PressTarget(PressAction.Take, 2)));

        Assert.Equal(("sales", 2), (card.Team, card.Cases));
        Assert.StartsWith("Case 4 is yours", taken.Say, StringComparison.Ordinal);
        Assert.Equal(["sales"], (await _temp.ReadAsync(view => view.CaseOf(4)))!.Teams);
    }

    /// <summary>The first of each team has a card of its own; then they come in turns.</summary>
    private async Task BurstAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            await LetterAsync("care");
            await LetterAsync("sales");
        }
        foreach (var room in new[] { "case:1", "case:2", "group:1", "group:2" })
        {
            await _temp.WriteAsync(tx => tx.CardShown(new CardKey(room, CaseWriter.PrivateRoom), 1, new MessageRef("m" + room), _clock.GetUtcNow()));
        }
    }

    private Task LetterAsync(string team)
    {
        var id = $"{++_letters}";
        var post = Some.Post($"acme trouble number {id}", id) with { Author = new Author { Id = id }, Private = true, Posted = _clock.GetUtcNow() };
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch(team) with { Team = team }], Some.Assessment() with { Aspect = "quality" }, ByUs: false);
        return _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor(id), false, null, [heard], [], [], 1), _policies.Current, _clock.GetUtcNow()));
    }
}
