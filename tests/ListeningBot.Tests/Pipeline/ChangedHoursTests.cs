using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;
using ListeningBot.Tests.Teams;

namespace ListeningBot.Tests.Pipeline;

public sealed class ChangedHoursTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private readonly PolicyBook _policies = new();

    [Fact]
    public async Task Changed_hours_move_what_is_to_come_and_changed_back_it_is_where_it_was()
    {
        await OpenAsync(250);
        var ping = (await Case(1)).Due;
        var office = SomeTeam.Care("Etc/UTC") with { Hours = [SomeTeam.Hours(SomeTeam.EachDay, "12:00-17:00")] };

        Use(office);
        await Due.ReckonAsync(CancellationToken.None);

        Assert.Equal((Now.AddHours(4), Step.Ping), ((await Case(1)).Due!.Value, (await Case(250)).DueStep!.Value));
        Assert.Empty(await _temp.ReadAsync(view => view.CasesDue(Now.AddHours(4).AddSeconds(-1), 1000)));
        Assert.Equal(250, (await _temp.ReadAsync(view => view.CasesDue(Now.AddHours(4), 1000))).Count);

        Use(office with { Hours = [] });
        await Due.ReckonAsync(CancellationToken.None);

        Assert.Equal(ping, (await Case(250)).Due);
    }

    [Fact]
    public async Task A_step_that_was_taken_is_not_taken_again_and_no_card_changes()
    {
        await OpenAsync(1);
        await _temp.WriteAsync(tx => new CaseWriter(tx, Now.AddHours(1), _policies.Current).TakeStepDue(tx.CaseOf(1)!));
        var version = (await Case(1)).Version;

        Use(SomeTeam.Care("Etc/UTC") with { Hours = [SomeTeam.Hours(SomeTeam.EachDay, "16:00-23:00")] });
        await Due.ReckonAsync(CancellationToken.None);

        Assert.Equal((version, Step.Lead, Now.AddHours(10)), ((await Case(1)).Version, (await Case(1)).DueStep!.Value, (await Case(1)).Due!.Value));
    }

    private DueWork Due => new(_temp.Store, _policies, new ManualClock(), _ => { });

    private void Use(Team team) => _policies.Swap(_policies.Current with { Responders = new Responders { Teams = [team] } });

    private Task OpenAsync(int count) => _temp.WriteAsync(tx =>
    {
        for (var i = 1; i <= count; i++)
        {
            var post = Some.Post($"Order {i}: {Guid.NewGuid()} never came and nobody answers", id: $"{i}") with { Author = new Author { Id = $"author{i}" }, Posted = Now };
            var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(), ByUs: false);
            Recorder.Record(tx, new Harvest("posts", null, false, null, [heard], [], [], 1), _policies.Current, Now);
        }
    });

    private async Task<Case> Case(long id) => (await _temp.ReadAsync(view => view.CaseOf(id)))!;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
