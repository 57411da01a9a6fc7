using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Notifiers.Console;
using ListeningBot.Tests.Notifiers.Discord;
using ListeningBot.Tests.Support;
using Spectre.Console;

namespace ListeningBot.Tests.Notifiers.Console;

public sealed class ConsoleNotifierTests
{
    private const string Nasty = "Ana\u001b[2J\n\u202Egone";

    [Fact]
    public async Task Nothing_that_others_wrote_commands_the_terminal_or_breaks_the_line()
    {
        using var written = new StringWriter();
        var notifier = new ConsoleNotifier(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written) }), new ManualClock());
        var room = new Room("care", "console", "");
        var first = new Mention
        {
            Id = 1,
            Post = Some.Post(Nasty) with { Author = new Author { Name = Nasty } },
            Posted = ManualClock.Start,
            FirstSeen = ManualClock.Start,
            Assessment = Some.Assessment(),
            Watches = ["acme"],
            Teams = ["care"],
            Standing = Standing.Case,
        };
        var @case = Case.Open(new Opened(1, 1, first.Assessment.Priority, ["care"], first.Posted, first.FirstSeen));
        var answered = @case with { AnsweredBy = Nasty, AnsweredAt = ManualClock.Start };
        var known = new MessageRef("case:1");

        foreach (var shown in new[] { @case, answered, answered with { State = CaseState.Claimed, Owner = new Responder("discord:1", Nasty) } })
        {
            await notifier.PutAsync(room, CardWriter.Write(shown, new CaseFacts(first), new CardKey("case:1", "care")), shown == @case ? null : known, CancellationToken.None);
        }

        Assert.DoesNotContain('\u001b', written.ToString());
        Assert.DoesNotContain('\u202E', written.ToString());
        Assert.Equal(2, written.ToString().Split('\n').Count(line => line.StartsWith("  · ", StringComparison.Ordinal)));
        Assert.DoesNotContain(written.ToString().Split('\n'), line => line.StartsWith("gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_priority_is_told_of_a_changed_case_only_when_it_is_another_than_was_shown()
    {
        using var written = new StringWriter();
        var notifier = new ConsoleNotifier(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written) }), new ManualClock());
        var card = Cards.Case("my parcel burns", CaseState.Shown) with { Owner = null, AnsweredBy = null, AnsweredAt = null, Voices = 1, Priority = Core.Scoring.Priority.High };
        await notifier.PutAsync(new Room("care", "console", ""), card, null, CancellationToken.None);
        written.GetStringBuilder().Clear();

        foreach (var priority in (Core.Scoring.Priority[])[Core.Scoring.Priority.High, Core.Scoring.Priority.Critical, Core.Scoring.Priority.Critical])
        {
            await notifier.PutAsync(new Room("care", "console", ""), card with { Priority = priority }, ConsoleNotifier.Printed(card.Key), CancellationToken.None);
        }

        // Another start knows not what was shown before.
        var later = new ConsoleNotifier(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written) }), new ManualClock());
        await later.PutAsync(new Room("care", "console", ""), card with { Priority = Core.Scoring.Priority.Critical }, ConsoleNotifier.Printed(card.Key), CancellationToken.None);

        Assert.Equal(
            ["  · case 12 changed: “my parcel burns”", "  · case 12 changed: now critical: “my parcel burns”", "  · case 12 changed: “my parcel burns”", "  · case 12 changed: “my parcel burns”"],
            written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
    }

    [Fact]
    public void A_group_and_a_digest_are_lines_of_text()
    {
        var group = new GroupCard
        {
            Key = new CardKey("group:4", "care"),
            Version = 1,
            Team = "care",
            Aspect = "delivery",
            Since = ManualClock.Start,
            Cases = 2000,
            Unclaimed = 1953,
            Highest = Core.Scoring.Priority.Critical,
            Top = [new GroupEntry(101, Core.Scoring.Priority.High, Nasty, "lost", ManualClock.Start)],
            Choices = [],
        };
        var digest = new DigestCard { Key = new CardKey("digest:1", "care"), Version = 1, Title = "care, 2 Nov", Sections = [new Section("What came", ["412 posts"], SectionLook.List)], Chart = new Picture("digest.png", "Cases a day", [1]) };

        Assert.Equal(["CRITICAL · 2000 cases about delivery · care · since 10 min", "1953 without an owner or an answer", "    high  case 101 · Ana [2J  gone: “lost”", "All: listeningbot cases list --team care"], ConsoleCards.Lines(group, ManualClock.Start.AddMinutes(10)));
        Assert.Equal(["care, 2 Nov", "What came", "  - 412 posts", "Cases a day"], ConsoleCards.Lines(digest));
    }

    /// <summary>What stands on the console can't be edited: a case that joins later would never be seen there.</summary>
    [Fact]
    public async Task Each_case_of_a_group_is_printed_once_with_its_number_and_its_words()
    {
        using var written = new StringWriter();
        var (notifier, room) = (new ConsoleNotifier(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written) }), new ManualClock()), new Room("care", "console", ""));
        await notifier.PutAsync(room, Group(7, 7), null, CancellationToken.None);
        await notifier.PutAsync(room, Group(7, 9), ConsoleNotifier.Printed(Group(7, 9).Key), CancellationToken.None);
        await notifier.PutAsync(room, Group(8, 9), ConsoleNotifier.Printed(Group(7, 9).Key), CancellationToken.None);

        Assert.Equal(
            [
                "HIGH · case 7 about delivery · care · since a moment", "1 without an owner or an answer; further ones join this card", "    high  case 7 · Mia: “lost”",
                "  · 3 cases about delivery · care now, 3 without an owner or an answer", "  · case 8 · Mia: lost", "  · case 9 · Mia: lost", "  · All: listeningbot cases list --team care",
                "  · 3 cases about delivery · care now, 2 without an owner or an answer",
            ],
            written.ToString().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0));
    }

    private static GroupCard Group(long first, long last) => new()
    {
        Key = new CardKey("group:4", "care"),
        Version = 1,
        Team = "care",
        Aspect = "delivery",
        Since = ManualClock.Start,
        Cases = (int)(last - 6),
        Unclaimed = (int)(last - first + 1),
        Highest = Core.Scoring.Priority.High,
        Top = [new GroupEntry(first, Core.Scoring.Priority.High, "Mia", "lost", ManualClock.Start)],
        Choices = [.. Enumerable.Range((int)first, (int)(last - first + 1)).Select(number => new CardButton($"{number} · Mia: lost", new PressTarget(PressAction.Take, 4, $"{number}")))],
    };

    [Fact]
    public void A_post_without_a_date_was_seen_and_nobody_says_when_it_was_posted()
    {
        var first = new Mention { Id = 1, Post = Some.Post() with { Posted = null }, Posted = ManualClock.Start, FirstSeen = ManualClock.Start, Assessment = Some.Assessment(), Watches = ["acme"], Teams = ["care"], Standing = Standing.Case };
        var @case = Case.Open(new Opened(1, 1, first.Assessment.Priority, ["care"], first.Posted, first.FirstSeen));

        Assert.Contains("· seen 10 min ago", ConsoleCards.Lines(CardWriter.Write(@case, new CaseFacts(first), new CardKey("case:1", "care")), ManualClock.Start.AddMinutes(10))[0], StringComparison.Ordinal);
        Assert.Contains("Its source gives no date; seen 2026-11-02 09:00 UTC\n", MoreWriter.Write(@case, new CaseFacts(first)), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_state_is_told_in_few_words()
    {
        var jo = new Responder("discord:1", "Jo");
        var first = new Mention { Id = 1, Post = Some.Post(), Posted = ManualClock.Start, FirstSeen = ManualClock.Start, Assessment = Some.Assessment(), Watches = ["acme"], Teams = ["care"], Standing = Standing.Case };
        var @case = Case.Open(new Opened(1, 1, first.Assessment.Priority, ["care"], first.Posted, first.FirstSeen));
        List<string> told = [];
        foreach (var happened in (CaseEvent[])[new CardShown("care"), new Claimed(jo), new OwnerAnswered(jo), new WaitsForCustomer(jo), new Resolved(jo, Outcome.Solved), new FollowedUp(jo), new TimeCame(Step.CloseInSilence)])
        {
            @case = Assert.IsType<Transition.Changed>(@case.Apply(happened, ManualClock.Start)).Case;
            told.Add(ConsoleCards.State(CardWriter.Write(@case, new CaseFacts(first), new CardKey("case:1", "care"))));
        }

        Assert.Equal(["", "Jo has it", "Jo has answered", "Jo waits for the customer", "resolved, says Jo", "Jo has asked how it is", "closed by Jo"], told);
        Assert.Contains("Silent: not a word from them since", ConsoleCards.Lines(CardWriter.Write(@case, new CaseFacts(first), new CardKey("case:1", "care")), ManualClock.Start));
    }

    [Fact]
    public void No_text_in_any_card_commands_the_terminal_turns_a_line_or_makes_one()
    {
        foreach (var nasty in (string[])["a\u001b[2Jb", "a\u009b31mb", "a\r\nb\u2028c\u2029d", "a\u202eb\u2066c", "a\0\a\bb", "\t"])
        {
            foreach (var card in Cards.All(nasty))
            {
                IReadOnlyList<string> lines = card switch
                {
                    CaseCard @case => ConsoleCards.Lines(@case, ManualClock.Start),
                    GroupCard group => ConsoleCards.Lines(group, ManualClock.Start),
                    DigestCard digest => ConsoleCards.Lines(digest),
                    TrayCard tray => ConsoleCards.Lines(tray),
                    NoticeCard notice => ConsoleCards.Lines(notice),
                    _ => [],
                };
                Assert.All(lines, line => Assert.DoesNotMatch(@"[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]", line));
            }
        }
    }
}
