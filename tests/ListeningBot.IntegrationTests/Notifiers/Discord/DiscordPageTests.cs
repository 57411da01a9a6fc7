using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Alerting.Charts;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

/// <summary>
/// Draws cards for the eye. The pages land in the folder named by LISTENINGBOT_PAGES, when it is set; a headless browser makes pictures
/// of them, deploy/card.png among them. Without it the tests only see that every card can be drawn.
/// </summary>
public sealed class DiscordPageTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;

    [Fact]
    public void The_card_of_the_guide_can_be_drawn() => Draw("card", Unclaimed, Claimed);

    [Fact]
    public void Cards_of_strange_texts_can_be_drawn() => Draw(
        "strange",
        Unclaimed with { Who = "Wolfeschlegelsteinhausenbergerdorff von und zu Hohenlohe (@wolfe_1234567890)", Where = "mail · complaints-inbox", Quote = "Ihre Donaudampfschifffahrtsgesellschaftskapitänsmütze ist schon wieder kaputt und niemand antwortet mir seit Wochen auf meine Briefe!", NextStep = "@acme_support has answered: make sure that it helps", AnsweredBy = "@acme_support", AnsweredAt = Now.AddMinutes(-1) },
        Unclaimed with { Who = "محمد (@mhmd)", Quote = "الجهاز لا يعمل منذ أسبوع ولا أحد يرد على رسائلي ولا على مكالماتي أبدا", Priority = Priority.High, Voices = 7 },
        Unclaimed with { Who = "\u202egnp.exe", Quote = "**@everyone** <@123> [refund](https://evil.example) ||x|| https://evil.example/a_b_c\n# BIG\n> quote :smile:", Priority = Priority.Normal },
        Unclaimed with { Who = "山田太郎 (@yamada)", Quote = "注文した商品が二週間たっても届きません。問い合わせにも返事がなく、とても困っています。返金してください。", Priority = Priority.Low },
        Unclaimed with { Deleted = true, Who = "someone", Quote = "", NextStep = "The post was deleted: close it, or write if you already know the customer" });

    [Fact]
    public void The_other_cards_can_be_drawn() => Draw(
        "others",
        Claimed with { State = CaseState.Closed, Outcome = Outcome.WentBeyond, ClosedBy = "Jo Berg", Buttons = [new("Open post", null, "https://social.example/1")] },
        new TrayCard
        {
            Key = new CardKey("tray:1", "care"),
            Version = 1,
            Team = "care",
            Day = new DateOnly(2026, 11, 2),
            Page = 1,
            Pages = 2,
            Entries = [.. Enumerable.Range(1, 5).Select(i => new TrayEntry(i, "Mia Lang (@mia)", "bluesky", "Acme again. Well. Not sure what to say about the new app, it is slower than the old one somehow", $"https://social.example/{i}", Now.AddHours(-i), 0.4, i == 2 ? "dismissed, by Jo Berg" : null))],
        },
        new NoticeCard { Key = new CardKey("notice:1", "ops"), Version = 1, Good = false, Text = "The channel \"inbox\" can't be read: the mail server refused the password. Give a new app password and reload", At = Now.AddMinutes(-2) });

    [Fact]
    public void Cards_of_a_whole_life_can_be_drawn() => Draw(
        "life",
        Of(Opened with { For = Anna }, late: "bluesky was not heard from 10:00 to 10:20 (connection lost)", history: "2nd case in 30 days; the last one: solved on 3 Nov; promise of a call kept"),
        Of(After(new Claimed(Jo), new WantsKnown(Jo, "her money back, and somebody who says sorry"), new HandedOver(Jo, Anna, "knows all"), new Promised(Anna, Now.AddDays(4), "we call her about the refund")),
            late: "bluesky was not heard from 10:00 to 10:20 (connection lost)", history: "2nd case in 30 days; the last one: solved on 3 Nov"),
        Of(After(new Claimed(Jo), new OwnerAnswered(Jo), new WaitsForCustomer(Jo), new Snoozed(Jo, Now.AddHours(20)))),
        Of(After(new Claimed(Jo), new OwnerAnswered(Jo), new SpokeAgain(2, Happiness.AngryAgain, Now))));

    [Fact]
    public void Cards_of_ended_cases_can_be_drawn() => Draw(
        "ends",
        Of(After(new Claimed(Jo), new OwnerAnswered(Jo), new Resolved(Jo, Outcome.WentBeyond))),
        Of(After(new Claimed(Jo), new OwnerAnswered(Jo), new Resolved(Jo, Outcome.Solved), new FollowedUp(Jo), new SpokeAgain(2, Happiness.Happy, Now))),
        Of(After(new Claimed(Jo), new OwnerAnswered(Jo), new Resolved(Jo, Outcome.Solved), new TimeCame(Step.CloseInSilence))),
        Of(After(new Merged(Jo, 34))));

    [Fact]
    public void A_private_card_can_be_drawn()
    {
        var letter = Mention.Post with { Private = true, Kind = "mail", Channel = "inbox", Url = null, Author = new Author { Id = "mia.lang@example.org", Name = "Mia Lang", Handle = "mia.lang@example.org" }, Text = "My order 88-4711-223 never came. Call me: +49 170 1234567 or write to mia.lang@example.org. Mia Lang" };
        var facts = new CaseFacts(Mention with { Post = letter });
        Draw("private", CardWriter.Write(Opened with { Private = true }, facts, Key), CardWriter.Write(After(new Claimed(Jo)) with { Private = true }, facts, Key));
    }

    [Fact]
    public void Threads_can_be_drawn()
    {
        var claimed = After(new Claimed(Jo));
        Draw("thread", DossierWriter.Write(Known(claimed), ThreadKey, new MessageRef("1/2")));
        Draw("thread-resolved", DossierWriter.Write(Known(After(new Claimed(Jo), new OwnerAnswered(Jo), new Resolved(Jo, Outcome.WentBeyond, "new charger sent", "a refund", "a visit"))), ThreadKey, new MessageRef("1/2")));
        Draw("thread-long", DossierWriter.Write(
            Known(claimed) with
            {
                First = Mention with { Assessment = Mention.Assessment with { Reasons = [.. Enumerable.Range(1, 20).Select(i => new Reason("r", 20 - i, $"says “reason number {i} of a long list that goes on”"))] } },
                History = [.. Enumerable.Range(1, 10).Select(i => $"Case {i}, quality, solved on {i} Nov; promise of a call back with a long explanation kept; happy by them, in their own words")],
                Similar = [.. Enumerable.Range(1, 10).Select(i => $"Case {i}, the same trouble with another charger of the same make: solved within {i} h by sending a new one by express")],
                Contacts = [.. Enumerable.Range(1, 15).Select(i => new Contact(ContactKind.Profile, $"https://social.example/mia/{i}/{new string('x', 150)}", "their profile"))],
            },
            ThreadKey,
            new MessageRef("1/2")));
    }

    [Fact]
    public void A_group_can_be_drawn() => Draw("group", Group, Group with { Unclaimed = 0, Top = [], Choices = [], Buttons = [] });

    [Fact]
    public void A_digest_with_its_chart_can_be_drawn()
    {
        var figures = new DigestFigures
        {
            Came = 96,
            NoComplaints = 7,
            Hurts = [("delivery", 40, 3), ("billing", 22, 0), ("quality", 12, 1)],
            Answered = 80,
            AnswerMedian = TimeSpan.FromMinutes(12),
            AnswerP95 = TimeSpan.FromHours(2),
            InTarget = 71,
            Waiting = 4,
            PromisesKept = 9,
            PromisesMissed = 1,
            Ended = new Dictionary<Outcome, int> { [Outcome.Solved] = 52, [Outcome.WentBeyond] = 9, [Outcome.WentAway] = 7 },
            Happy = 12,
            AngryAgain = 2,
        };
        var digest = DigestWriter.Write(new CardKey("digest:1", "care"), "care: 26 Oct to 1 Nov", figures, [.. "Mon Tue Wed Thu Fri Sat Sun".Split(' ').Select((day, i) => new ChartBar(day, i % 3, i, 12 - i))]);
        Draw("digest", digest);
    }

    [Fact]
    public void Pings_with_buttons_can_be_drawn() => DrawBodies(
        "pings",
        new Dictionary<string, byte[]>(),
        Rendering.Of(Ping("Nobody has claimed this critical case yet.") with { Buttons = [new("Claim", new PressTarget(PressAction.Claim, 12), Main: true)] }, new MessageAddress("1", "2")),
        Rendering.Of(Ping("Are you still on it? Without an answer the case is free again soon.") with { Buttons = [new("Still on it", new PressTarget(PressAction.StillOnIt, 12), Main: true), new("Give it back", new PressTarget(PressAction.Release, 12))] }, new MessageAddress("1", "2")),
        AnswerRendering.Of(PressAnswer.Tell(MoreWriter.Write(Opened, new CaseFacts(Mention) { LateBecause = "bluesky showed it 12 min after it was posted", History = "2nd case in 30 days; the last one: solved on 3 Nov" })), "Saved."));

    private static CardKey ThreadKey => new("thread:12", "care");

    private static Dossier Known(Case @case) => new()
    {
        Case = @case,
        First = Mention,
        Mentions = [Mention],
        Events = [(new CardShown("care"), Now), (new Claimed(Jo), Now)],
        Playbook = new SettingsReader(new Sources { Folder = Folder(AppContext.BaseDirectory) }, Program.ChannelKinds, Program.NotifierKinds).Read().AsFarAsRead.Playbook,
        Team = new Team { Name = "care" },
        Contacts = [new Contact(ContactKind.Mail, "mia@mia.example", "https://mia.example/about"), new Contact(ContactKind.Site, "https://mia.example", "their profile")],
        History = ["Case 3, delivery, solved on 3 Nov; promise of a call kept; happy by them"],
        Similar = ["Case 9, quality: solved within 3 h", "Case 4, quality: the customer went away"],
    };

    /// <summary>Where the shipped replies and gestures are.</summary>
    private static string Folder(string below) => File.Exists(Path.Combine(below, "ListeningBot.sln")) ? below : Folder(Directory.GetParent(below)!.FullName);

    private static GroupCard Group => new()
    {
        Key = new CardKey("group:4", "care"),
        Version = 1,
        Team = "care",
        Aspect = "delivery",
        Since = Now.AddMinutes(-10),
        Cases = 2000,
        Unclaimed = 1953,
        Highest = Priority.Critical,
        Top = [.. Enumerable.Range(1, 8).Select(i => new GroupEntry(100 + i, (Priority)(3 - (i / 3)), $"Customer {i} (@c{i})", "My parcel has been lost for two weeks and nobody answers the phone, I want my money back now", Now.AddMinutes(-i)))],
        Choices = [.. Enumerable.Range(1, 25).Select(i => new CardButton($"{100 + i} · critical · Customer {i}: My parcel has been lost", new PressTarget(PressAction.Take, 4, $"{100 + i}")))],
        Buttons = [new("Take next", new PressTarget(PressAction.Take, 4), Main: true)],
    };

    private static Ping Ping(string text) => new(1, Key, new MessageRef("1/2"), text, "ping-1");

    private static readonly Responder Jo = new("member:jo", "Jo Berg");
    private static readonly Responder Anna = new("member:anna", "Anna Sommer");

    private static Case After(params CaseEvent[] events) =>
        events.Aggregate(Opened, (@case, happened) => @case.Apply(happened, Now) is Transition.Changed changed ? changed.Case : throw new InvalidOperationException($"{happened} changes nothing."));

    private static CaseCard Of(Case @case, string? late = null, string? history = null) => CardWriter.Write(@case, new CaseFacts(Mention) { LateBecause = late, History = history }, Key);

    /// <summary>As the program writes it of this post, reasons and all.</summary>
    private static CaseCard Unclaimed => CardWriter.Write(Opened, new CaseFacts(Mention), Key);

    private static CaseCard Claimed => CardWriter.Write(((Transition.Changed)Opened.Apply(new Claimed(new Responder("discord:1", "Jo Berg")), Now)).Case, new CaseFacts(Mention), Key);

    private static CardKey Key => new("case:12", "care");

    private static Case Opened => Case.Open(new Opened(12, 1, Mention.Assessment.Priority, ["care"], Mention.Posted, Now));

    private static Mention Mention
    {
        get
        {
            var post = Some.Post("Charger of my new Acme laptop melted overnight and burnt the desk. Support hung up on me twice!") with { Kind = "bluesky", Channel = "bluesky" };
            return new Mention
            {
                Id = 1,
                Post = post,
                Posted = Now.AddMinutes(-2),
                FirstSeen = Now,
                Assessment = new Scorer().Assess(post.Text, Evidence.None),
                Watches = ["acme"],
                Teams = ["care"],
                Standing = Standing.Case,
                CaseId = 12,
            };
        }
    }

    private static void Draw(string name, params Card[] cards) =>
        DrawBodies(name, cards.OfType<DigestCard>().Select(card => card.Chart).OfType<Picture>().ToDictionary(chart => chart.Name, chart => chart.Png), [.. cards.Select(Rendering.Of)]);

    private static void DrawBodies(string name, IReadOnlyDictionary<string, byte[]> files, params MessageBody[] bodies)
    {
        var messages = bodies.Select(body => JsonSerializer.SerializeToNode(body, PayloadJson.Default.MessageBody)!.AsObject()).ToList();
        Assert.All(messages, message => Assert.Empty(DiscordRules.Faults(message, creates: true)));
        foreach (var width in (int[])[360, 480, 620])
        {
            var page = DiscordPage.Of(messages, width, Now, files);
            Assert.Equal(messages.Count, page.Split("class=message").Length - 1);
            if (Environment.GetEnvironmentVariable("LISTENINGBOT_PAGES") is { Length: > 0 } folder)
            {
                File.WriteAllText(Path.Combine(folder, $"{name}-{width}.html"), page);
            }
        }
    }
}
