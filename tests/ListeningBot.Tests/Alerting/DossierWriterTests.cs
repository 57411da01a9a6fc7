using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Alerting;

/// <summary>What the thread tells the owner, in whole pages, with the words that are shipped.</summary>
public sealed class DossierWriterTests
{
    private static readonly DateTimeOffset Posted = ManualClock.Start;
    private static readonly Responder Ana = new("member:ana", "Ana Berg");
    private static readonly Responder Ben = new("member:ben", "Ben Ito");
    private static readonly Member Lead = new() { Id = "lee", Name = "Lee" };
    private static readonly Team Care = new() { Name = "care", Leads = [Lead], Zone = "Europe/Berlin" };
    private static readonly Playbook Shipped = ShippedPlaybook();

    [Fact]
    public void A_fresh_claim_is_told_all_that_it_needs()
    {
        var dossier = After(
            new Opened(12, 1, Priority.High, ["care"], Posted, Posted) { Aspect = "delivery" },
            new Claimed(Ana)) with
        {
            History = ["Case 7, billing, solved on 3 Oct"],
            Earlier = 1,
            Similar = ["case 9 (solved in 3 h, offered a courier): \"my parcel never came\""],
            Contacts = [new Contact(ContactKind.Mail, "mia@example.org", "mia.example/about")],
        };

        Assert.Equal(
            """
            Case 12: Mia Lang (@mia)

            What they want
              Not known yet. Ask:
              Do you still want it, or would you rather have it another way?

            Acknowledge, offer, be quick
              ○ Acknowledge: say that you have read it, and what you understood
              ○ Find out what they want
              ○ Offer: say what you will do, and by when; press Promise
              ○ Be quick: the first answer is due Mon 2 Nov 11:00

            Reply draft (261 characters), to copy
              Hello Mia Lang, you are waiting for something that should be with you by now. I am sorry. I would like to be the one person you talk to until all is well. Please send me the order number in a private message, and I find out where it is. I am on it now. Ana Berg

            What fits the pain
              Severity 3 of 3, grave: money lost (they were charged); reported before (nobody answered them, they had a case before); time lost (they wait).
              • a call from the head of support: ask your lead first (Lee)
              • one person who stays with them until all is well, with a direct number: yours to give
              • a spare part by express, up to 50 EUR: yours to give

            Ways to reach them
              - at the post: https://social.example/1
              - mail: mia@example.org (from mia.example/about)

            This customer
              - Case 7, billing, solved on 3 Oct

            Similar cases
              - case 9 (solved in 3 h, offered a courier): "my parcel never came"

            Why
              - 93 % sure that it is a complaint; about delivery, high priority, negative (-0.6), language en; heard by acme
              - for (+1.2) unanswered: says "nobody answers"
              - for (+0.9) charged: says "charged"
              - for (+0.4) waiting: says "still waiting"
              - against (-0.2) thanks: says "thanks"

            Their posts
              - Mon 2 Nov 10:00, Mia Lang (@mia): Charged twice, still waiting, nobody answers. Thanks.

            So far
              - Mon 2 Nov 10:01: Ana Berg claimed it
            """,
            Text(DossierWriter.Write(dossier, new CardKey("thread:12", "care"), new MessageRef("m"))));
    }

    [Fact]
    public void Whoever_takes_over_reads_what_happened_so_far()
    {
        var dossier = After(
            new Opened(12, 1, Priority.Normal, ["care"], Posted, Posted) { Aspect = "quality" },
            new Claimed(Ana), new OwnerAnswered(Ana), new WantsKnown(Ana, "a new hinge."), new Promised(Ana, Posted + TimeSpan.FromDays(4), "a call"),
            new Noted(Ana, "order 7781", Posted), new LeaderBrought(Ana, new Responder("member:kim", "Kim"), "draft"), new HandedOver(Ana, Ben, "Call her on Friday."));

        var text = Text(DossierWriter.Write(dossier, new CardKey("thread:12", "care"), new MessageRef("m")));

        Assert.Contains(
            """
            What they want
              a new hinge.

            Acknowledge, offer, be quick
              ✓ Acknowledge: Ana Berg answered 2 min after the post
              ✓ What they want is known
              ✓ Offer: promised a call
              ○ Be quick: keep the promise by Fri 6 Nov 10:00
            """,
            text);
        Assert.Contains("You want this: a new hinge. I would like to be", text);
        Assert.Contains("You hear from me by Friday, 6 November, 10:00. Ben Ito", text);
        Assert.EndsWith(
            """
            So far
              - Mon 2 Nov 10:01: Ana Berg claimed it
              - Mon 2 Nov 10:02: Ana Berg answered
              - Mon 2 Nov 10:03: Ana Berg learned what they want: a new hinge.
              - Mon 2 Nov 10:04: Ana Berg promised for Fri 6 Nov 10:00: a call
              - Mon 2 Nov 10:06: Ana Berg brought in Kim
              - Mon 2 Nov 10:07: Ana Berg handed it over to Ben Ito. Call her on Friday.
              - 1 note in this thread
            """,
            text);
    }

    [Fact]
    public void After_the_fix_it_asks_for_the_customers_word()
    {
        var dossier = After(
            new Opened(12, 1, Priority.Normal, ["care"], Posted, Posted) { Aspect = "quality" },
            new Claimed(Ana), new Resolved(Ana, Outcome.WentBeyond, "new hinge sent", "a hinge", "a sleeve"));

        Assert.StartsWith(
            """
            Case 12: Mia Lang (@mia)

            How it ended
              Ana Berg has resolved this case: solved, and we went beyond.
              2 min after the post
              Note: new hinge sent
              Offered: a hinge
              Beyond the fix: a sleeve
              Silent: not a word from them since

            Ask in person, with no form (71 characters), to copy
              Hello Mia Lang, it is Ana Berg again. Does it work as it should by now?

            Ways to reach them
            """,
            Text(DossierWriter.Write(dossier, new CardKey("thread:12", "care"), new MessageRef("m"))));
    }

    [Fact]
    public void A_closed_case_has_no_draft()
    {
        var closed = After(new Opened(12, 1, Priority.Normal, ["care"], Posted, Posted), new Dismissed(Ana));
        Assert.DoesNotContain(DossierWriter.Write(closed, new CardKey("thread:12", "care"), new MessageRef("m")).Sections, section => section.Look == SectionLook.Copy);
    }

    [Fact]
    public void What_was_deleted_leaves_no_words_behind()
    {
        var dossier = After(new Opened(12, 1, Priority.High, ["care"], Posted, Posted), new Claimed(Ana));
        var gone = dossier.First with
        {
            Deleted = true,
            Post = dossier.First.Post with { Text = "", Title = null },
            Assessment = dossier.First.Assessment with { Reasons = [.. dossier.First.Assessment.Reasons.Select(reason => reason with { Text = reason.Name })] },
        };

        var text = Text(DossierWriter.Write(dossier with { First = gone, Mentions = [gone] }, new CardKey("thread:12", "care"), new MessageRef("m")));

        Assert.DoesNotContain("Mia", text);
        Assert.DoesNotContain("mia", text);
        Assert.DoesNotContain("still waiting", text);
        Assert.DoesNotContain("social.example", text);
        Assert.Contains("Mon 2 Nov 10:00, deleted by its author", text);
    }

    [Fact]
    public void A_private_case_shows_no_name_number_or_address()
    {
        var dossier = After(
            new Opened(12, 1, Priority.High, ["care"], Posted, Posted) { Private = true },
            new Claimed(Ana), new WantsKnown(Ana, "call +49 170 1234567 or mia.lang@example.org"), new HandedOver(Ana, Ben, "order 77812345"));
        var letter = dossier.First with
        {
            Post = dossier.First.Post with
            {
                Private = true,
                Text = "Order 77812345: call me at +49 170 1234567, Mia Lang, mia.lang@example.org",
                Url = null,
                Channel = "inbox",
                Kind = "mail",
                Author = new Author { Id = "mia.lang@example.org", Name = "Mia Lang", Handle = "mia.lang@example.org", Url = "https://mia.example" },
            },
        };

        var text = Text(DossierWriter.Write(
            dossier with { First = letter, Mentions = [letter], Contacts = [new Contact(ContactKind.Mail, "mia.lang@example.org", "the letter")] }, new CardKey("thread:12", "private"), new MessageRef("m")));

        Assert.All(["Mia Lang", "mia.lang", "1234567", "77812345", "mia.example"], secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("answer their letter in inbox", text);
        Assert.Contains("Hello, ", text);
    }

    [Fact]
    public void Whatever_a_customer_writes_the_page_stays_bounded_and_each_line_a_line()
    {
        var hostile = string.Concat(Enumerable.Repeat("**[x](https://evil.example)** @everyone \u202E\u0000\r\n{owner}[{name}] 😡\ud800", 3000));
        var dossier = After(new Opened(12, 1, Priority.High, ["care"], Posted, Posted), [new Claimed(Ana), .. Enumerable.Range(0, 200).Select(_ => new WantsKnown(Ana, hostile))]);
        var loud = dossier.First with
        {
            Post = dossier.First.Post with { Text = hostile, Author = new Author { Name = hostile, Handle = hostile, Url = "https://a.example/" + hostile } },
            Assessment = dossier.First.Assessment with { Reasons = [.. Enumerable.Range(0, 200).Select(i => new Reason($"n{i}", 1, $"{i} {hostile}"))] },
        };

        var card = DossierWriter.Write(dossier with { First = loud, Mentions = [.. Enumerable.Range(1, 500).Select(i => loud with { Id = i })], History = [hostile], Similar = [hostile] }, new CardKey("thread:12", "care"), new MessageRef("m"));

        Assert.True(card.Title.Length < 100);
        Assert.All(card.Sections, section => Assert.True(section.Lines.Count <= 22, $"{section.Title} has {section.Lines.Count} lines"));
        Assert.All(card.Sections.SelectMany(section => section.Lines), line =>
        {
            Assert.DoesNotContain(line, c => char.IsControl(c) || c == '\u202E');
            Assert.True(line.Length <= 1500, $"{line.Length}");
        });
        Assert.True(Text(card).Length < 40_000, $"{Text(card).Length}");
    }

    [Fact]
    public void The_same_dossier_gives_the_same_words()
    {
        var dossier = After(new Opened(12, 1, Priority.High, ["care"], Posted, Posted), new Claimed(Ana));
        Assert.Equal(Text(DossierWriter.Write(dossier, new CardKey("thread:12", "care"), new MessageRef("m"))), Text(DossierWriter.Write(dossier, new CardKey("thread:12", "care"), new MessageRef("m"))));
    }

    /// <summary>A case after these events, a minute apart, with the customer's post.</summary>
    private static Dossier After(Opened opened, params IReadOnlyList<CaseEvent> events)
    {
        var happened = events.Prepend(opened).Select((happening, i) => (happening, Posted + TimeSpan.FromMinutes(i))).ToList();
        var first = new Mention
        {
            Id = 1,
            Post = Some.Post("Charged twice, still waiting, nobody answers. Thanks."),
            Posted = Posted,
            FirstSeen = Posted,
            Assessment = Some.Assessment(0.93) with { Reasons = [new Reason("unanswered", 1.2, "says \"nobody answers\""), new Reason("charged", 0.9, "says \"charged\""), new Reason("waiting", 0.4, "says \"still waiting\""), new Reason("thanks", -0.2, "says \"thanks\"")] },
            Watches = ["acme"],
            Teams = ["care"],
            Standing = Standing.Case,
        };
        return new Dossier { Case = Case.Replay(happened), First = first, Mentions = [first], Events = happened, Playbook = Shipped, Team = Care };
    }

    private static string Text(DossierCard card) => string.Join("\n", card.Sections.Select(section =>
        $"\n{section.Title}{(section.Look == SectionLook.Copy ? ", to copy" : "")}\n{string.Join("\n", section.Lines.Select(line => (section.Look == SectionLook.List ? "  - " : "  ") + line))}").Prepend(card.Title));

    private static Playbook ShippedPlaybook()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("config/replies.yaml", Configuration.Shipped.Text("config/replies.yaml")).Write("config/gestures.yaml", Configuration.Shipped.Text("config/gestures.yaml"));
        return folder.Settings().Playbook;
    }
}
