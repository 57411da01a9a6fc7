using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
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
    public void A_thread_a_group_and_a_digest_can_be_drawn()
    {
        Draw("thread", Thread);
        Draw("group", Group);
        Draw("digest", new DigestCard
        {
            Key = new CardKey("digest:1", "care"),
            Version = 1,
            Title = "care · the week from 26 Oct to 1 Nov",
            Sections =
            [
                new Section("What came", ["412 posts, 96 cases: 40 delivery, 22 billing, 34 other"], SectionLook.List),
                new Section("First answer", ["p50 12 min, p95 2 h, counted from the post"], SectionLook.List),
                new Section("How it ended", ["61 solved, 9 of them beyond the fix", "7 went away", "12 complainers turned promoters"], SectionLook.List),
            ],
        });
    }

    [Fact]
    public void Pings_with_buttons_can_be_drawn() => DrawBodies(
        "pings",
        Rendering.Of(Ping("Nobody has claimed this critical case yet.") with { Buttons = [new("Claim", new PressTarget(PressAction.Claim, 12), Main: true)] }, new MessageAddress("1", "2")),
        Rendering.Of(Ping("Are you still on it? Without an answer the case is free again soon.") with { Buttons = [new("Still on it", new PressTarget(PressAction.StillOnIt, 12), Main: true), new("Give it back", new PressTarget(PressAction.Release, 12))] }, new MessageAddress("1", "2")),
        AnswerRendering.Of(PressAnswer.Tell(MoreWriter.Write(Opened, new CaseFacts(Mention) { LateBecause = "bluesky showed it 12 min after it was posted", History = "2nd case in 30 days; the last one: solved on 3 Nov" })), "Saved."));

    private static DossierCard Thread => new()
    {
        Key = new CardKey("thread:12", "care"),
        Version = 1,
        Under = new MessageRef("1/2"),
        Title = "Case 12: Mia Lang (@mia)",
        Sections =
        [
            new Section("What they want", ["Not known yet: ask."]),
            new Section("How much it hurts", ["3 of 5: money lost, support hung up twice"]),
            new Section("Checklist", ["Acknowledge: say what went wrong, in their words", "Offer: what you can do now", "Be quick: they wait for 12 minutes"], SectionLook.List),
            new Section("Reply draft", ["Hello Mia,", "", "a charger that melts is not all right, and being hung up on is worse. I am sorry.", "I am Jo, I stay with you until this is solved. Shall I send a new one today?", "", "Jo"], SectionLook.Copy),
            new Section("Gesture", ["up to 50 EUR: a new charger by express (no approval needed)"]),
            new Section("Ways to reach them", ["profile: https://social.example/mia", "page: https://mia.example"], SectionLook.List),
            new Section("Why", [.. Enumerable.Range(1, 20).Select(i => $"for (+{20 - i}.0): says “reason number {i} of a long list”")], SectionLook.List),
            new Section("Similar cases", ["case 9, quality: solved in 3 h", "case 4, quality: the customer went away"], SectionLook.List),
        ],
    };

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

    private static void Draw(string name, params Card[] cards) => DrawBodies(name, [.. cards.Select(Rendering.Of)]);

    private static void DrawBodies(string name, params MessageBody[] bodies)
    {
        var messages = bodies.Select(body => JsonSerializer.SerializeToNode(body, PayloadJson.Default.MessageBody)!.AsObject()).ToList();
        Assert.All(messages, message => Assert.Empty(DiscordRules.Faults(message, creates: true)));
        foreach (var width in (int[])[360, 480, 620])
        {
            var page = DiscordPage.Of(messages, width, Now);
            Assert.Equal(messages.Count, page.Split("class=message").Length - 1);
            if (Environment.GetEnvironmentVariable("LISTENINGBOT_PAGES") is { Length: > 0 } folder)
            {
                File.WriteAllText(Path.Combine(folder, $"{name}-{width}.html"), page);
            }
        }
    }
}
