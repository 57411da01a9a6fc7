using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
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

    private static void Draw(string name, params Card[] cards)
    {
        var messages = cards.Select(card => JsonSerializer.SerializeToNode(Rendering.Of(card), PayloadJson.Default.MessageBody)!.AsObject()).ToList();
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
