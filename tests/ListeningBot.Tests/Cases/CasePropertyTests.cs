using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Storage;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

/// <summary>Whatever happens to a case, in whatever order: what must hold holds.</summary>
public sealed class CasePropertyTests
{
    private const int Steps = 300;
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Team Team = new() { Name = "care" };
    private static readonly string[] MovedByUndo = ["version", "state", "lastAction", "lastPress", "shownAt", "due", "dueStep"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_events_give_the_state_and_no_state_is_impossible(int seed)
    {
        var random = new Random(seed);
        var now = Now;
        List<(CaseEvent, DateTimeOffset)> events = [(SomeEvents.Opened(random, now), now)];
        var @case = Case.Open((Opened)events[0].Item1);
        for (var step = 0; step < Steps; step++)
        {
            now += SomeEvents.Pause(random);
            var happened = SomeEvents.Next(random, @case, now);
            if (@case.Apply(happened, now) is not Transition.Changed changed)
            {
                continue;
            }
            Assert.Equal(@case.Version + 1, changed.Case.Version);
            Assert.Equal(SomeStored.Json(changed.Case), SomeStored.Json(((Transition.Changed)@case.Apply(happened, now)).Case));
            @case = changed.Case;
            events.Add((happened, now));
            Check(@case, happened);
        }

        Assert.True(events.Count > 3);
        Assert.Equal(SomeStored.Json(@case), SomeStored.Json(Case.Replay(events)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Undo_gives_back_what_was_before(int seed)
    {
        var random = new Random(seed);
        var now = Now;
        var @case = Case.Open(SomeEvents.Opened(random, now));
        var undone = 0;
        for (var step = 0; step < Steps; step++)
        {
            now += SomeEvents.Pause(random);
            var happened = SomeEvents.Next(random, @case, now);
            if (@case.Apply(happened, now) is not Transition.Changed changed)
            {
                continue;
            }
            if (happened is Pressed press)
            {
                var back = Assert.IsType<Transition.Changed>(changed.Case.Apply(new Undone(press.By), now + TimeSpan.FromMinutes(5))).Case;
                Assert.Equal(WithoutMoved(SaidAnew(@case)), WithoutMoved(SaidAnew(back)));
                Assert.Null(back.TakenAt(Step.AskOwner));
                Assert.Equal((@case.IsFree, @case.IsHeld, @case.HasEnded, @case.IsOpen), (back.IsFree, back.IsHeld, back.HasEnded, back.IsOpen));
                Assert.IsType<Transition.Unchanged>(changed.Case.Apply(new Undone(new Responder("member:stranger", "Stranger")), now));
                Assert.IsType<Transition.Unchanged>(changed.Case.Apply(new Undone(press.By), now + TimeSpan.FromMinutes(5.1)));
                undone++;
            }
            @case = changed.Case;
        }

        Assert.NotEqual(0, undone);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_is_stored_is_what_the_stored_events_give_and_what_is_due_is_what_the_agenda_says(int seed)
    {
        var random = new Random(seed);
        await using var temp = new TempStore();
        var now = Now;
        var id = await temp.WriteAsync(tx =>
        {
            var mention = SomeStored.Mention() with { Assessment = Some.Assessment(0.9, (Priority)random.Next(4)) };
            return new CaseWriter(tx, now, Policy.Default).Open(mention with { Id = tx.AddMention(mention) }, ["care"]).Id;
        });
        for (var step = 0; step < 60; step++)
        {
            now += SomeEvents.Pause(random);
            await temp.WriteAsync(tx =>
            {
                var @case = tx.CaseOf(id)!;
                new CaseWriter(tx, now, Policy.Default).Happen(@case, SomeEvents.Next(random, @case, now));
            });
        }

        var (stored, events) = await temp.ReadAsync(view => (view.CaseOf(id)!, view.EventsOf(id)));
        var due = Agenda.Next(stored, Team);
        Assert.Equal((due?.At, due?.Step), (stored.Due, stored.DueStep));
        Assert.Equal(stored.Version, events.Count);
        Assert.Equal(SomeStored.Json(stored with { Due = null, DueStep = null }), SomeStored.Json(Case.Replay(events.Select(one => (one.Event, one.At)))));
    }

    private static void Check(Case @case, CaseEvent happened)
    {
        Assert.Single(new[] { @case.IsFree, @case.IsHeld, @case.HasEnded }, true);
        Assert.Equal(@case.IsHeld, @case.Owner is not null && !@case.HasEnded);
        if (@case.State == CaseState.Closed)
        {
            Assert.True(@case.Outcome is not null || @case.MergedInto is not null, $"closed by {happened.GetType().Name} without an outcome");
        }
        else
        {
            Assert.NotNull(Agenda.Next(@case, Team));
        }
        if (@case.HasEnded)
        {
            Assert.True(@case.Outcome is not null || @case.MergedInto is not null);
        }
        else
        {
            Assert.Null(@case.Outcome);
            Assert.Null(@case.ClosedAt);
        }
        Assert.All(@case.Taken.Where(taken => taken.Step is not (Step.Repeat or Step.Floor or Step.Lead)).GroupBy(taken => taken.Step), step => Assert.Single(step));
        Assert.True(@case.Promises.Count(promise => promise.Kept is null) <= 1);
    }

    /// <summary>Whoever takes a press back is on it, and who was called for what is free by it may be called again.</summary>
    private static Case SaidAnew(Case @case) => @case with
    {
        Pinged = @case.Pinged && !@case.WaitsForSomebody,
        Taken = [.. @case.Taken.Where(taken => taken.Step != Step.AskOwner && !((taken.Step is Step.Ping or Step.Lead or Step.Manager) && @case.WaitsForSomebody))],
    };

    private static string WithoutMoved(Case @case)
    {
        var body = (JsonObject)JsonSerializer.SerializeToNode(@case, StoreJson.Default.Case)!;
        foreach (var field in MovedByUndo)
        {
            body.Remove(field);
        }
        return body.ToJsonString();
    }
}
