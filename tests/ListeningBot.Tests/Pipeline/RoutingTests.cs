using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;
using ListeningBot.Tests.Teams;

namespace ListeningBot.Tests.Pipeline;

public sealed class RoutingTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();

    private static readonly Responders Responders = new()
    {
        Teams = [SomeTeam.Care(), new Team { Name = "money", Members = [SomeTeam.Carl] }],
        Routes =
        [
            new RouteRule { Aspects = ["billing", "refund"], AtLeast = Priority.High, Teams = ["money", "care"] },
            new RouteRule { Languages = ["fr"], Teams = ["money"] },
            new RouteRule { Channels = ["replay"], Watches = ["acme"], Authors = new Ours(["@boss"]), Teams = ["care"] },
        ],
        Vips = new Ours(["@mayor", "*@paper.example"]),
    };

    private Policy _policy = Policy.Default with { Responders = Responders };

    [Theory]
    [InlineData("billing", "en", Priority.High, "mia", "money care")]
    [InlineData("billing", "en", Priority.Normal, "mia", "")]
    [InlineData("billing", "en", Priority.Normal, "mayor", "money care")]
    [InlineData("billing", "en", Priority.Low, "mayor", "")]
    [InlineData("refund", "fr", Priority.Critical, "mia", "money care")]
    [InlineData("quality", "fr", Priority.Low, "mia", "money")]
    [InlineData("quality", "und", Priority.Low, "boss", "care")]
    public void The_first_rule_that_fits_wins(string aspect, string lang, Priority priority, string handle, string teams) =>
        Assert.Equal(teams, string.Join(' ', Responders.RouteOf(new RouteQuery(["acme"], aspect, lang, priority, "posts", "replay", "1", handle)).Teams));

    [Fact]
    public void A_route_says_why()
    {
        var route = Responders.RouteOf(new RouteQuery(["acme"], "billing", "en", Priority.High, "posts", "replay", "ed@paper.example", null));
        Assert.Equal(["Rule 1 (aspect billing or refund, priority at least high) sends it to money, then care.", "Its author is one of the vips: one step more urgent, up to high."], route.Why);
    }

    [Theory]
    [InlineData(Priority.Low, Priority.Normal)]
    [InlineData(Priority.Normal, Priority.High)]
    [InlineData(Priority.High, Priority.High)]
    [InlineData(Priority.Critical, Priority.Critical)]
    public void A_vip_is_raised_by_one_step_up_to_high(Priority said, Priority raised)
    {
        Assert.Equal(raised, new Route([], Vip: true, []).Raised(said));
        Assert.Equal(said, new Route([], Vip: false, []).Raised(said));
    }

    [Fact]
    public async Task A_case_goes_where_the_rules_say_and_the_same_authors_next_post_finds_it()
    {
        await Record(Heard(Some.Post(id: "1"), Priority.High, "billing"));
        await Record(Heard(Some.Post("and now the parcel as well", id: "2"), Priority.Normal, "delivery"));

        var @case = await Case(1);
        Assert.Equal(["money", "care"], @case.Teams);
        Assert.Equal(2, @case.Voices);
        Assert.Null(await _temp.ReadAsync(view => view.CaseOf(2)));
    }

    [Fact]
    public async Task A_vips_case_is_more_urgent()
    {
        await Record(Heard(Some.Post() with { Author = new Author { Id = "9", Handle = "mayor" } }, Priority.Normal));
        Assert.Equal(Priority.High, (await Case(1)).Priority);
    }

    [Fact]
    public async Task It_is_for_the_one_on_call_with_the_least_live_cases_who_speaks_the_language()
    {
        for (var i = 1; i <= 4; i++)
        {
            await Record(Heard(By(i), Priority.Normal, lang: i == 4 ? "de" : "en"));
        }
        Assert.Equal(["anna", "ben"], new[] { (await Case(1)).For!.Id, (await Case(2)).For!.Id }.Select(id => id["member:".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal("member:anna", (await Case(4)).For!.Id);

        await Happen(1, new Claimed(new Responder("member:anna", "Anna Berg")));
        await Record(Heard(By(5), Priority.Normal), Heard(By(6), Priority.Normal));

        Assert.Equal(("member:ben", "member:ben"), ((await Case(5)).For!.Id, (await Case(6)).For!.Id));
    }

    [Fact]
    public async Task Who_is_named_is_pinged_and_when_nobody_is_on_call_everyone()
    {
        await Record(Heard(By(1), Priority.Critical));
        var named = (await Case(1)).For!.Id == "member:anna" ? "discord:1" : "discord:2";
        await _temp.WriteAsync(tx => new CaseWriter(tx, Now.AddMinutes(3), _policy).TakeStepDue(tx.CaseOf(1)!));
        Assert.Equal([named], await PingedIn("case:1"));

        var night = SomeTeam.Care() with { Rota = [new(SomeTeam.Hours(SomeTeam.EachDay, "03:00-03:01"), [SomeTeam.Anna])] };
        _policy = Policy.Default with { Responders = new Responders { Teams = [night] } };
        await Record(Heard(By(2), Priority.Critical));
        Assert.Null((await Case(2)).For);
        await _temp.WriteAsync(tx => new CaseWriter(tx, Now.AddMinutes(3), _policy).TakeStepDue(tx.CaseOf(2)!));
        Assert.Equal(["discord:1", "discord:2", "discord:3"], await PingedIn("case:2"));
    }

    /// <summary>One room hears it for the owner and for the lead.</summary>
    [Theory]
    [InlineData(false, false, false, 1)]
    [InlineData(true, false, false, 1)]
    [InlineData(true, true, false, 1)]
    [InlineData(true, false, true, 2)]
    public async Task What_is_late_is_said_again_only_to_people_who_have_not_heard_it(bool annaAnswers, bool annaLeads, bool benLeads, int said)
    {
        _policy = Policy.Default with
        {
            Responders = new Responders { Teams = [new Team { Name = "care", Members = annaAnswers ? [DeskRig.Anna] : [], Leads = annaLeads ? [DeskRig.Anna] : benLeads ? [DeskRig.Ben] : [] }] },
        };
        await Record(Heard(By(1), Priority.Critical));

        await _temp.WriteAsync(tx => new CaseWriter(tx, Now.AddHours(1), _policy).Happen(tx.CaseOf(1)!, new TimeCame(Step.TargetMissed)));

        Assert.Equal(said, (await _temp.ReadAsync(view => view.PingsOf("case:1"))).Count(ping => ping.Text.Contains("is late", StringComparison.Ordinal)));
    }

    /// <summary>It is ten in Berlin.</summary>
    [Theory]
    [InlineData("12:00-20:00", "08:00-16:00", Priority.High, false, "money care")]
    [InlineData("12:00-20:00", "08:00-16:00", Priority.Critical, false, "money care")]
    [InlineData("08:00-16:00", "08:00-16:00", Priority.High, false, "care money")]
    [InlineData("12:00-20:00", "11:00-12:00", Priority.High, false, "money care")]
    [InlineData("12:00-20:00", "08:00-16:00", Priority.High, true, "care money")]
    public async Task Of_the_teams_that_heard_it_the_first_at_work_answers_unless_a_rule_names_one(string care, string money, Priority priority, bool byRule, string teams)
    {
        _policy = Policy.Default with
        {
            Responders = new Responders
            {
                Teams = [SomeTeam.Care() with { Rota = [SomeTeam.Shift(care, SomeTeam.Anna)] }, SomeTeam.Care() with { Name = "money", Rota = [SomeTeam.Shift(money, SomeTeam.Carl)] }],
                Routes = byRule ? [new RouteRule { Watches = ["acme"], Teams = ["care", "money"] }] : [],
            },
        };
        var heard = Heard(By(1), priority);
        await Record(heard with { Watches = [.. heard.Watches, Some.Watch() with { Name = "bills", Team = "money" }] });

        Assert.Equal(teams, string.Join(' ', (await Case(1)).Teams));
    }

    [Fact]
    public async Task Whoever_is_at_work_is_called_for_what_a_team_that_sleeps_heard_too()
    {
        _policy = Policy.Default with
        {
            Responders = new Responders { Teams = [SomeTeam.Care() with { Rota = [SomeTeam.Shift("12:00-20:00", SomeTeam.Anna)] }, new Team { Name = "money", Members = [SomeTeam.Carl] }] },
        };
        var heard = Heard(By(1), Priority.High);
        await Record(heard with { Watches = [.. heard.Watches, Some.Watch() with { Name = "bills", Team = "money" }] });

        await _temp.WriteAsync(tx =>
        {
            tx.CardShown(new("case:1", "money"), 1, new("m1"), Now);
            new CaseWriter(tx, Now.AddMinutes(15), _policy).TakeStepDue(tx.CaseOf(1)!);
        });

        Assert.Equal(["discord:3"], (await _temp.ReadAsync(view => view.PingsToDo("money", Now.AddMinutes(15), 10))).SelectMany(ping => ping.To));
    }

    [Theory]
    [InlineData(Priority.Normal)]
    [InlineData(Priority.Critical)]
    public async Task A_word_about_what_was_heard_at_night_waits_for_who_is_on_call_in_the_morning_unless_it_is_critical(Priority priority)
    {
        var early = SomeTeam.Care() with { Rota = [SomeTeam.Shift("12:00-20:00", SomeTeam.Anna)] };
        _policy = Policy.Default with { Responders = new Responders { Teams = [early] } };
        await Record(Heard(By(1), priority));
        await Happen(1, new AnsweredByUs("@care", Now));

        await Record(Heard(By(1) with { Key = By(2).Key, InReplyTo = By(1).Key }, Priority.Low));
        await _temp.WriteAsync(tx => tx.CardShown(new("case:1", "care"), 1, new("m1"), Now));
        await _temp.ReopenAsync();

        Assert.Equal(priority == Priority.Critical ? ["discord:1 discord:2 discord:3"] : Array.Empty<string>(), await CalledBy(Now.AddMinutes(119)));
        Assert.Equal(priority == Priority.Critical ? ["discord:1 discord:2 discord:3"] : new[] { "discord:1" }, await CalledBy(Now.AddMinutes(120)));
        Assert.Equal(priority == Priority.Critical ? (DateTimeOffset?)null : Now.AddMinutes(120), await _temp.ReadAsync(view => view.NextTryIn("care", Now)));
    }

    /// <summary>The case was normal until these words; what was to wait for the morning waits no more either.</summary>
    [Theory]
    [InlineData("closed")]
    [InlineData("edited")]
    [InlineData("asked before")]
    public async Task Words_that_make_a_case_critical_are_said_at_night(string how)
    {
        var early = SomeTeam.Care() with { Rota = [SomeTeam.Shift("12:00-20:00", SomeTeam.Anna)] };
        _policy = Policy.Default with { Responders = new Responders { Teams = [early] } };
        var burns = Heard(By(1) with { Key = By(2).Key, InReplyTo = By(1).Key }, Priority.Critical);
        burns = burns with { Assessment = burns.Assessment with { Urgency = 0.99 } };
        await Record(Heard(By(1), Priority.Normal));
        await Happen(1, new Claimed(new Responder("member:anna", "Anna Berg")));
        await Happen(1, new OwnerAnswered(new Responder("member:anna", "Anna Berg")));
        await _temp.WriteAsync(tx => tx.CardShown(new("case:1", "care"), 1, new("m1"), Now));

        if (how == "closed")
        {
            await Happen(1, new Resolved(new Responder("member:anna", "Anna Berg"), Outcome.Solved));
            await Happen(1, new TimeCame(Step.CloseInSilence));
        }
        if (how == "asked before")
        {
            await Record(Heard(By(1) with { Key = By(3).Key, InReplyTo = By(1).Key }, Priority.Low));
            Assert.Empty(await CalledBy(Now));
        }
        await Record(how == "edited" ? Heard(By(1) with { Text = "it caught fire and my hand is burned" }, Priority.Critical) with { Kind = ChangeKind.Edited } : burns);

        Assert.Equal((Priority.Critical, CaseState.Claimed), ((await Case(1)).Priority, (await Case(1)).State));
        Assert.Contains(await CalledBy(Now), to => to.Split(' ').Contains("discord:1"));
    }

    [Fact]
    public async Task What_somebody_says_by_a_press_is_said_at_once_at_any_hour()
    {
        var early = SomeTeam.Care() with { Rota = [SomeTeam.Shift("12:00-20:00", SomeTeam.Anna)] };
        _policy = Policy.Default with { Responders = new Responders { Teams = [early] } };
        await Record(Heard(By(1), Priority.Normal));

        await Happen(1, new HandedOver(new Responder("member:anna", "Anna Berg"), new Responder("member:ben", "Ben Moss"), "She waits for a call."));
        await _temp.WriteAsync(tx => tx.CardShown(new("case:1", "care"), 1, new("m1"), Now));

        Assert.Equal(["discord:2"], await CalledBy(Now));
    }

    [Fact]
    public void As_long_as_nobody_is_described_whoever_is_in_the_room_may_act_then_people_and_roles()
    {
        var hoursOnly = new Responders { Teams = [new Team { Name = "care", Zone = "Europe/Berlin" }] };
        var led = new Responders { Teams = [new Team { Name = "care", Leads = [SomeTeam.Anna], Roles = ["discord:77"] }] };
        Assert.True(hoursOnly.MayAct("discord:9", []));
        Assert.Equal((true, false, true), (led.MayAct("discord:1", []), led.MayAct("discord:9", []), led.MayAct("discord:9", ["discord:77"])));
    }

    private async Task<string[]> CalledBy(DateTimeOffset at) =>
        [.. (await _temp.ReadAsync(view => view.PingsToDo("care", at, 10))).Select(ping => string.Join(' ', ping.To))];

    private async Task<IReadOnlyList<string>> PingedIn(string subject)
    {
        await _temp.WriteAsync(tx => tx.CardShown(new(subject, "care"), 1, new("care-message-" + subject), Now));
        return (await _temp.ReadAsync(view => view.PingsToDo("care", Now.AddHours(1), 10))).Single(ping => ping.Key.Subject == subject).To;
    }

    private static Post By(int number) => Some.Post($"Order {number}: {Guid.NewGuid()} never came and nobody answers", id: $"{number}") with { Author = new Author { Id = $"author{number}" } };

    private static Heard Heard(Post post, Priority priority, string aspect = "quality", string lang = "en") =>
        new(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(0.9, priority) with { Aspect = aspect, Lang = lang }, ByUs: false);

    private Task Record(params Heard[] heard) => _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", null, false, null, heard, [], [], heard.Length), _policy, Now));

    private Task Happen(long id, CaseEvent happened) => _temp.WriteAsync(tx => new CaseWriter(tx, Now, _policy).Happen(tx.CaseOf(id)!, happened));

    private async Task<Case> Case(long id) => (await _temp.ReadAsync(view => view.CaseOf(id)))!;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
