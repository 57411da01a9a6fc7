using System.Text.RegularExpressions;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Alerting;

/// <summary>What a human may say: whole sentences in the customer's language, whatever is known of them.</summary>
public sealed partial class DraftsTests
{
    private static readonly Responder Ana = new("member:ana", "Ana Berg");
    private static readonly Team Care = new() { Name = "care", Zone = "Europe/Berlin" };
    private static readonly Severity Small = new(0, []);
    private static readonly Playbook Shipped = ShippedPlaybook();

    /// <summary>Said by companies, never by people.</summary>
    private static readonly string[] NobodySaysSo =
    [
        "inconvenience", "valued", "apologize for any", "we value", "your call is", "please be advised", "kindly", "dear customer", "ticket", "reach out",
        "unannehmlichkeiten", "geschätzte", "kundenzufriedenheit", "désagrément", "cher client", "molestias", "estimado cliente",
    ];

    [Fact]
    public void An_answer_acknowledges_offers_and_is_quick()
    {
        var @case = Case("quality") with { Wants = "a new hinge.", Promises = [new Promise(Ana, new DateTimeOffset(2026, 11, 6, 9, 0, 0, TimeSpan.Zero), "a call", ManualClock.Start)] };

        Assert.Equal(
            "Hello Mia Lang, that should not break. I am sorry that it did. You want this: a new hinge. I would like to send you the part by express, at no cost to you. "
            + "A picture and the order number in a private message would help me. I am on it now. You hear from me by Friday, 6 November, 10:00. Ana Berg",
            Drafts.Answer(@case, Mention(), Shipped, new Severity(1, []), Care));
        Assert.Equal(
            "Guten Tag Mia Lang, das darf nicht kaputtgehen. Es tut mir leid, dass es doch passiert ist. Sie wünschen sich: a new hinge. Gern biete ich Ihnen an, das Teil per Express zu schicken, "
            + "ohne Kosten für Sie. Ein Foto und die Bestellnummer als private Nachricht würden mir helfen. Ich bin schon dabei. Sie hören von mir bis Freitag, 6.11., 10:00 Uhr. Ana Berg",
            Drafts.Answer(@case, Mention("de"), Shipped, new Severity(1, []), Care));
    }

    [Fact]
    public void Follow_up_leader_and_question_are_one_person_to_another()
    {
        Assert.Equal("Bonjour Mia Lang, c'est encore Ana Berg. Votre argent est-il arrivé ?", Drafts.FollowUp(Case("refund"), Mention("fr"), Shipped));
        Assert.Equal(
            "Hola, Mia Lang: soy Kim Park. He leído lo que le ha pasado con nosotros y lo siento. Ben Ito se encarga y sigue a su lado; yo también lo sigo hasta que esté bien.",
            Drafts.ForLeader(Case("refund"), Mention("es"), Shipped, "Kim Park", "Ben Ito"));
        Assert.Equal("What would make this right for you?", Drafts.Ask(Case("refund"), Mention("it"), Shipped));
    }

    [Theory]
    [InlineData("Mia Lang", "mia", "Hello Mia Lang, ")]
    [InlineData(null, "mia", "Hello @mia, ")]
    [InlineData("mia@example.org", "@mia", "Hello @mia, ")]
    [InlineData("mia@example.org", "mia@example.org", "Hello, ")]
    [InlineData(null, null, "Hello, ")]
    [InlineData("{owner} [x]", null, "Hello {owner} [x], ")]
    public void Somebody_is_called_by_name_and_never_by_an_address(string? name, string? handle, string start) =>
        Assert.StartsWith(start, Drafts.Answer(Case("quality"), Mention(author: new Author { Name = name, Handle = handle }), Shipped, Small, Care), StringComparison.Ordinal);

    [Fact]
    public void Who_deleted_or_wrote_to_us_alone_is_not_named()
    {
        Assert.StartsWith("Hello, ", Drafts.FollowUp(Case("quality"), Mention() with { Deleted = true }, Shipped), StringComparison.Ordinal);
        Assert.StartsWith("Hello, ", Drafts.FollowUp(Case("quality") with { Private = true }, Mention(), Shipped), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_names_only_what_anyone_may_give_in_words_of_its_language()
    {
        var playbook = Shipped with
        {
            Gestures =
            [
                new Gesture { Name = "a", Severity = 2, Approve = Approver.Lead, Say = Said("to give you a car") },
                new Gesture { Name = "b", Severity = 1, Say = Said("to send you a card") },
                new Gesture { Name = "c", Severity = 1, Priority = Priority.High, Say = new Dictionary<string, string> { ["de"] = "Ihnen Blumen zu schicken" } },
                new Gesture { Name = "d", Severity = 3, Say = Said("to send you a yacht") },
                new Gesture { Name = "e", Severity = 2, Aspects = ["app"], Say = Said("to fix the app") },
            ],
        };
        var @case = Case("quality") with { Priority = Priority.High };

        Assert.Contains("I would like to send you a card.", Drafts.Answer(@case, Mention(), playbook, new Severity(2, []), Care));
        Assert.Contains("Gern biete ich Ihnen an, Ihnen Blumen zu schicken.", Drafts.Answer(@case, Mention("de"), playbook, new Severity(2, []), Care));
        Assert.DoesNotContain("I would like", Drafts.Answer(@case, Mention(), playbook, Small, Care));
        Assert.Equal(["a", "c", "b"], playbook.GesturesFor("quality", 2, Priority.High).Select(gesture => gesture.Name));
        Assert.Equal(["a", "b"], playbook.GesturesFor("quality", 2, Priority.Normal).Select(gesture => gesture.Name));
    }

    public static TheoryData<string, string> Troubles => new(
        from language in new[] { "en", "de", "fr", "es", "pt" }
        from aspect in Aspects.Names
        select (language, aspect));

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Every_shipped_draft_is_whole_short_and_human(string language, string aspect)
    {
        var known = Case(aspect) with { Wants = "a new hinge", Promises = [new Promise(Ana, ManualClock.Start, "a call", ManualClock.Start)] };
        foreach (var (@case, author) in new[] { (Case(aspect) with { Owner = null }, Author.Unknown), (known, new Author { Name = "Mia" }) })
        {
            foreach (var severity in new[] { Small, new Severity(3, []) })
            {
                Whole(Drafts.Answer(@case, Mention(language, author), Shipped, severity, Care), 450);
            }
            Whole(Drafts.FollowUp(@case, Mention(language, author), Shipped), 200);
            Whole(Drafts.ForLeader(@case, Mention(language, author), Shipped, "Kim", "Ana"), 250);
            Whole(Drafts.Ask(@case, Mention(language, author), Shipped), 120);
        }
    }

    [Fact]
    public void Without_files_there_is_a_plain_english_draft()
    {
        Whole(Drafts.Answer(Case("delivery"), Mention("de"), Playbook.Empty, Small, Care), 300);
        Assert.StartsWith("Hello Mia Lang, I am sorry", Drafts.Answer(Case("delivery"), Mention("de"), Playbook.Empty, Small, Care), StringComparison.Ordinal);
        Assert.StartsWith("Hello Mia Lang, I am Kim.", Drafts.ForLeader(Case("delivery"), Mention(), Playbook.Empty, "Kim", "Ana"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Europe/Berlin", "Friday, 6 November, 10:00")]
    [InlineData("de", "Europe/Berlin", "Freitag, 6.11., 10:00 Uhr")]
    [InlineData("fr", "Europe/Paris", "vendredi 6/11 à 10:00")]
    [InlineData("es", "Europe/Madrid", "viernes 6/11 a las 10:00")]
    [InlineData("pt", "Europe/Lisbon", "2026-11-06 09:00")]
    [InlineData("en", "Etc/UTC", "Friday, 6 November, 09:00 UTC")]
    [InlineData("en", "Mars/Olympus", "Friday, 6 November, 09:00 UTC")]
    public void A_promise_comes_in_the_customers_words_and_the_teams_time(string language, string zone, string words) =>
        Assert.Equal(words, TimeText.InWords(new DateTimeOffset(2026, 11, 6, 9, 0, 0, TimeSpan.Zero), zone, language));

    private static void Whole(string draft, int longest)
    {
        Assert.InRange(draft.Length, 10, longest);
        Assert.DoesNotMatch(Hole(), draft);
        Assert.DoesNotMatch(Money(), draft);
        Assert.All(NobodySaysSo, phrase => Assert.DoesNotContain(phrase, draft, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What a value that is missing leaves behind.</summary>
    [GeneratedRegex(@"[{}\[\]]|  | [,.!]|,,|\.\.|: ?[.!]|\(\)")]
    private static partial Regex Hole();

    [GeneratedRegex(@"[€$£]|\b(EUR|USD|GBP)\b|\d+ ?%")]
    private static partial Regex Money();

    private static Dictionary<string, string> Said(string text) => new() { ["en"] = text };

    private static Case Case(string aspect) => SomeStored.Case(12) with { Priority = Priority.Normal, Aspect = aspect, State = CaseState.Claimed, Owner = Ana };

    private static Mention Mention(string language = "en", Author? author = null)
    {
        var mention = SomeStored.Mention();
        return mention with { Assessment = mention.Assessment with { Lang = language }, Post = mention.Post with { Author = author ?? mention.Post.Author } };
    }

    private static Playbook ShippedPlaybook()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("config/replies.yaml", Configuration.Shipped.Text("config/replies.yaml")).Write("config/gestures.yaml", Configuration.Shipped.Text("config/gestures.yaml"));
        return folder.Settings().Playbook;
    }
}
