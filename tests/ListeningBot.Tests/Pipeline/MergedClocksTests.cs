using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Who has waited longest in one of two cases that become one has waited as long in it.</summary>
public sealed class MergedClocksTests : IAsyncDisposable
{
    private static readonly Responder Ben = new("member:ben", "Ben Ode");
    private readonly DeskRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task An_older_case_brings_its_first_answer_and_its_floor_into_a_newer_one()
    {
        var nine = _rig.Clock.GetUtcNow();
        await ComplainAsync("1", Priority.Normal);
        _rig.Clock.Advance(TimeSpan.FromHours(3));
        await ComplainAsync("2", Priority.High);
        _rig.Clock.Advance(TimeSpan.FromMinutes(5));

        await MergeAsync(1, 2);

        Assert.Equal(nine, (await _rig.CaseAsync(2)).FirstSeen);
        Assert.Equal([Step.WarnTarget, Step.TargetMissed], await StepsWithinAsync(TimeSpan.FromMinutes(1)));
        var steps = await StepsWithinAsync(nine.AddHours(24) - _rig.Clock.GetUtcNow());
        Assert.Equal(Step.Floor, steps[^1]);
    }

    /// <summary>What they wrote here is a new question: it is late by its own clock.</summary>
    [Fact]
    public async Task Who_was_answered_there_waits_for_a_first_answer_since_they_wrote_here()
    {
        await ComplainAsync("1", Priority.Normal);
        await HappenAsync(1, new Claimed(Ben));
        await HappenAsync(1, new OwnerAnswered(Ben));
        _rig.Clock.Advance(TimeSpan.FromDays(3));
        await ComplainAsync("2", Priority.Normal);
        var wrote = (await _rig.CaseAsync(2)).Posted;

        await MergeAsync(1, 2);

        Assert.Equal(new DueStep(wrote.AddMinutes(192), Step.WarnTarget), Agenda.Next(await _rig.CaseAsync(2), _rig.Policies.Current.Responders.TeamOf("care")));
    }

    /// <summary>Written before a case told when it was first seen.</summary>
    [Fact]
    public void An_older_event_leaves_when_it_was_first_seen()
    {
        var seen = _rig.Clock.GetUtcNow();
        var @case = Case.Open(new Opened(2, 2, Priority.High, ["care"], seen, seen));

        var absorbed = Assert.IsType<Transition.Changed>(@case.Apply(new Absorbed(Ben, 1, 1, Priority.Normal, ["care"], seen.AddHours(-3)), seen)).Case;

        Assert.Equal((seen.AddHours(-3), seen), (absorbed.Posted, absorbed.FirstSeen));
    }

    private Task ComplainAsync(string id, Priority priority) =>
        _rig.HearAsync(Some.Post($"acme trouble number {id}", id) with { Author = new Author { Id = "a" + id, Handle = "a" + id }, Posted = _rig.Clock.GetUtcNow() }, priority: priority);

    private Task MergeAsync(long from, long into) =>
        _rig.Temp.WriteAsync(tx => Assert.Null(new CaseWriter(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current).Merge(tx.CaseOf(from)!, tx.CaseOf(into)!, Ben)));

    private Task HappenAsync(long @case, CaseEvent happened) =>
        _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current).Happen(tx.CaseOf(@case)!, happened); });

    /// <summary>What the clock takes of case 2 from now on.</summary>
    private async Task<List<Step>> StepsWithinAsync(TimeSpan time)
    {
        var steps = new List<Step>();
        var end = _rig.Clock.GetUtcNow() + time;
        while ((await _rig.CaseAsync(2)) is { Due: { } due, DueStep: { } step } && due <= end)
        {
            _rig.Clock.Advance(due > _rig.Clock.GetUtcNow() ? due - _rig.Clock.GetUtcNow() : TimeSpan.Zero);
            await HappenAsync(2, new TimeCame(step));
            steps.Add(step);
        }
        return steps;
    }
}
