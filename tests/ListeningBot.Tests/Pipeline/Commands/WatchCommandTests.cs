using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline.Commands;

public sealed class WatchCommandTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_word_is_added_to_the_watch_in_its_file_and_what_was_written_is_told()
    {
        var answer = await _rig.AskAsync("/watch add", ("watch", "ACME"), ("word", " gift\ncard "));

        Assert.Equal("written", answer.Say);
        Assert.Equal([new WatchChange(WatchChangeKind.Add, "acme", "gift card")], _rig.Changes);
    }

    [Fact]
    public async Task The_same_command_heard_twice_changes_the_file_once()
    {
        var command = _rig.Of("/watch exclude", ("watch", "acme"), ("word", "rain"));
        await _rig.AskAsync(command);
        var again = await _rig.AskAsync(command);

        Assert.Equal("This was answered already.", again.Say);
        Assert.Single(_rig.Changes);
    }

    [Fact]
    public async Task Who_is_of_another_team_changes_nothing()
    {
        _rig.Policies.Change(policy => policy with { Responders = policy.Responders with { Teams = [.. policy.Responders.Teams, new Team { Name = "sales", Members = [new Member { Id = "sue", Name = "Sue" }] }] } });

        Assert.Equal("Watch sales belongs to team sales: its members and leads change it. Nothing was changed.", (await _rig.AskAsync("/watch promote", ("watch", "sales"))).Say);
        Assert.Empty(_rig.Changes);
    }

    [Fact]
    public async Task A_lead_and_a_holder_of_the_teams_role_may_a_stranger_may_not()
    {
        await _rig.AskAsync(_rig.Of("/watch promote", ("watch", "acme")) with { By = new Responder("discord:3", "lea") });
        await _rig.AskAsync(_rig.Of("/watch promote", ("watch", "acme")) with { By = DeskRig.Stranger, Roles = ["discord:role"] });
        Assert.Equal(2, _rig.Changes.Count);

        var refused = await _rig.AskAsync(_rig.Of("/watch promote", ("watch", "acme")) with { By = DeskRig.Stranger });
        Assert.Contains("Only members of the team can do this", refused.Say, StringComparison.Ordinal);
        Assert.Equal(2, _rig.Changes.Count);
    }

    [Fact]
    public async Task A_watch_that_is_not_there_is_told_with_those_that_are() =>
        Assert.Equal("There is no watch \"acmee\". Known: acme, sales.", (await _rig.AskAsync("/watch add", ("watch", "acmee"), ("word", "x"))).Say);

    [Fact]
    public async Task The_list_tells_words_and_who_is_on_trial()
    {
        _rig.Watches.Swap(WatchSet.Build([Some.Watch() with { Exclude = ["rain"], Shadow = true }, Some.Watch("all") with { Find = [], Everything = true, Channels = ["inbox"] }], Ours.Nobody));

        Assert.Equal("acme (care), on trial: acme; without rain\nall (care): everything on inbox", (await _rig.AskAsync("/watch list")).Say);
    }
}
