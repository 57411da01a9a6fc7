using System.Text;
using ListeningBot.Cli;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Configuration;

namespace ListeningBot.Tests.Cli;

public sealed class ExplainVerbTests
{
    private const string App = "{ \"Channels\": { \"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" }, \"inbox\": { \"Kind\": \"box\", \"User\": \"u\", \"Password\": \"p\" } } }";

    private const string Watches = """
        watches:
          - name: brand
            find: [nimbus, nimbusbook]
            exclude: [cumulonimbus clouds]
          - name: letters
            team: post
            everything: true
            channels: [inbox]
          - name: german
            find: [nimbus]
            languages: [de]
          - name: blogs only
            find: [nimbusbook]
            channels: [blogs]
            alert: 1
        """;

    private const string Complaint = "My nimbusbook died again, third time, and Nimbus support ignores me. I want a refund now!";

    [Fact]
    public void A_complaint_is_marked_reasoned_and_goes_to_its_room()
    {
        var (exit, lines) = Run(Complaint);

        Assert.Equal(Exit.Done, exit);
        Assert.Equal("My [nimbusbook] died again, third time, and [Nimbus] support ignores me. I want a refund now!", lines[0]);
        Assert.StartsWith("a complaint (", lines[1]);
        Assert.Contains(lines, l => l.StartsWith("  +", StringComparison.Ordinal));
        Assert.Matches("^  brand +nimbusbook, nimbus +a case for care \\(console\\): 0\\.\\d\\d reaches 0\\.35$", Row(lines, "brand"));
        Assert.Contains("every post of inbox; try --channel", Row(lines, "letters"));
        Assert.EndsWith("not for it: en is none of its languages", Row(lines, "german"));
        Assert.Matches("nimbusbook \\(only on blogs\\) +maybe tray of care: 0\\.\\d\\d is below 1$", Row(lines, "blogs only"));
        Assert.Equal("One card for: care.", lines[^1]);
    }

    [Fact]
    public void A_channel_decides_which_watches_listen()
    {
        var (_, lines) = Run(Complaint, "inbox");

        Assert.Contains("everything", Row(lines, "letters"));
        Assert.Contains("a case for post (written to you alone: room private, console)", Row(lines, "letters"));
        Assert.Contains("listens only on blogs", Row(lines, "blogs only"));
        Assert.Equal("One card for: care, post.", lines[^1]);
    }

    [Fact]
    public void What_is_ruled_out_says_by_which_words()
    {
        var (_, lines) = Run("nimbus under cumulonimbus clouds");
        Assert.Contains("ruled out by cumulonimbus clouds", Row(lines, "brand"));
    }

    [Fact]
    public void A_text_that_nobody_listens_for_is_passed_by()
    {
        var (exit, lines) = Run("lovely weather");
        Assert.Equal((Exit.Done, "No watch matches: the bot would pass it by."), (exit, lines[^1]));
    }

    [Fact]
    public void Praise_goes_to_the_maybe_list()
    {
        var (_, lines) = Run("I love my nimbus laptop, thank you so much!");
        Assert.Equal("No card; in the daily maybe list of: care.", lines[^1]);
    }

    [Fact]
    public void An_unknown_channel_is_told()
    {
        var (exit, lines) = Run("x", "inbxo");
        Assert.Equal((Exit.BadInput, "No enabled channel is named \"inbxo\". Did you mean \"inbox\"?"), (exit, lines[0]));
    }

    [Fact]
    public void An_empty_text_is_told()
    {
        var (exit, lines) = Run(" \n");
        Assert.Equal(Exit.BadInput, exit);
        Assert.StartsWith("The text is empty", lines[0]);
    }

    [Fact]
    public void Bad_watches_are_told_instead()
    {
        using var folder = ConfigurationFolder.With(watches: "watches: 1");
        var errors = new StringWriter();
        Assert.Equal(Exit.BadInput, ExplainVerb.Run(folder.Reader, new ExplainVerbPost("x"), TimeProvider.System, new VerbPaper(new StringWriter(), null), new VerbPaper(errors, null)));
        Assert.Contains("watches is not a list", errors.ToString());
    }

    [Fact]
    public void A_manager_without_the_operators_passwords_gets_an_explanation()
    {
        using var folder = ConfigurationFolder.With(App.Replace(", \"Password\": \"p\"", ""), Watches);
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.Equal(Exit.Done, ExplainVerb.Run(folder.Reader, new ExplainVerbPost(Complaint), TimeProvider.System, new VerbPaper(output, null), new VerbPaper(errors, null)));
        Assert.Contains("One card for: care.", output.ToString());
        Assert.Contains("`check` shows them", errors.ToString());
    }

    [Fact]
    public void What_we_write_ourselves_is_no_case()
    {
        using var folder = ConfigurationFolder.With(App, "ours: [\"@nimbuscares\"]\n" + Watches);
        var output = new StringWriter();
        Assert.Equal(Exit.Done, ExplainVerb.Run(folder.Reader, new ExplainVerbPost(Complaint, Author: "@nimbuscares"), TimeProvider.System, new VerbPaper(output, null), new VerbPaper(new StringWriter(), null)));
        Assert.EndsWith("Its author is one of ours: never a case; in the thread of one it counts as our answer." + Environment.NewLine, output.ToString(), StringComparison.Ordinal);
    }

    private const string Responders = """
        members:
          - id: anna
            name: Anna Berg
            languages: [de]
          - id: ben
            name: Ben Moss
            languages: [en]
        teams:
          - name: care
            zone: Europe/Berlin
            members: [anna, ben]
            rota:
              - mon-fri 09:00-17:00: [anna, ben]
            targets:
              first answer: { normal: 45 min }
          - name: money
            members: ben
            changes:
              - 2026-11-02: ben away
        routes:
          - aspect: refund
            author: "@mayor"
            team: [money, care]
        vips: ["@mayor", "@paper"]
        """;

    [Fact]
    public void The_team_is_shown_with_who_is_there_and_by_when_they_act()
    {
        var lines = Run(new ExplainVerbPost("my nimbus parcel came late and the box was damaged, disappointed"), Support.ManualClock.Start);
        Assert.Equal(
            [
                "Teams, and their times for normal priority (in working time)",
                "  team  on call now  first answer  ping  lead  manager",
                "  care  Ben Moss     45 min        1 h   3 h   6 h",
                "",
                "No rule of routes fits: it goes to the teams of its watches.",
                "One card for: care.",
            ],
            lines[^6..]);
        Assert.Contains("  care  nobody until Tue 2026-11-03 09:00  45 min        1 h   3 h   6 h", Run(new ExplainVerbPost("my nimbus parcel came late and the box was damaged, disappointed"), Support.ManualClock.Start.AddHours(9)));
    }

    [Fact]
    public void At_night_a_critical_case_calls_all_members()
    {
        var lines = Run(new ExplainVerbPost("my nimbus caught fire"), Support.ManualClock.Start.AddHours(9));
        Assert.Contains("  care  nobody, so all members  15 min        3 min  10 min  20 min", lines);
    }

    [Fact]
    public void The_rule_that_decided_is_shown()
    {
        var lines = Run(new ExplainVerbPost("I want a refund for my nimbus, it is broken", Author: "@mayor"), Support.ManualClock.Start);
        Assert.StartsWith("  money  nobody until Tue 2026-11-03 00:00  ", lines[^6], StringComparison.Ordinal);
        Assert.Equal(
            [
                "Rule 1 (aspect refund, author @mayor) sends it to money, then care.",
                "Its author is one of the vips: one step more urgent, up to high.",
                "One card for: money, care.",
            ],
            lines[^3..]);
    }

    /// <summary>Where no watch hears it, that of the first watch.</summary>
    [Theory]
    [InlineData("I want a refund for my nimbus, it is broken", "@mayor", "money")]
    [InlineData("my nimbus parcel came late and the box was damaged, disappointed", null, "care")]
    [InlineData("I love my nimbus laptop, thank you so much!", null, "care")]
    [InlineData("lovely weather", null, "sales")]
    public void The_thread_is_that_of_the_team_whose_case_it_would_be(string text, string? author, string team)
    {
        var watches = Watches.ReplaceLineEndings("\n").Replace("watches:\n", "watches:\n  - name: first\n    team: sales\n    find: [acme]\n", StringComparison.Ordinal);
        using var folder = ConfigurationFolder.With(App, watches).Write("config/responders.yaml", Responders).Write("config/replies.yaml", "ask:\n  en:\n    any: Tell {team} what you want.\n");
        var output = new StringWriter();

        Assert.Equal(Exit.Done, ExplainVerb.Run(folder.Reader, new ExplainVerbPost(text, Author: author, Thread: true), new Support.ManualClock(), new VerbPaper(output, null), new VerbPaper(output, null)));

        Assert.Contains($"Tell {team} what you want.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_on_trial_calls_nobody()
    {
        using var folder = ConfigurationFolder.With(watches: "watches:\n  - name: brand\n    find: [nimbus]\n    shadow: true\n");
        var output = new StringWriter();
        ExplainVerb.Run(folder.Reader, new ExplainVerbPost(Complaint), TimeProvider.System, new VerbPaper(output, null), new VerbPaper(output, null));
        Assert.EndsWith("Only watches on trial match: shown in the room for trials, and nobody is called.", output.ToString().TrimEnd());
    }

    [Fact]
    public void A_rule_for_a_watch_on_trial_does_not_count_where_a_real_one_matches_too()
    {
        using var folder = ConfigurationFolder.With(App, Watches + "\n  - name: tried\n    find: [refund]\n    shadow: true\n").Write("config/responders.yaml", "teams:\n  - name: care\n  - name: money\nroutes:\n  - watch: tried\n    team: money\n");
        var output = new StringWriter();
        ExplainVerb.Run(folder.Reader, new ExplainVerbPost(Complaint), TimeProvider.System, new VerbPaper(output, null), new VerbPaper(output, null));
        Assert.EndsWith("No rule of routes fits: it goes to the teams of its watches." + Environment.NewLine + "One card for: care.", output.ToString().TrimEnd());
    }

    /// <summary>Ten and seven in Berlin, where care works; of sales nobody says when it does not.</summary>
    [Theory]
    [InlineData(0, "care, sales")]
    [InlineData(9, "sales, care")]
    public void Of_the_teams_that_hear_it_the_first_at_work_answers(int hours, string teams)
    {
        var watches = Watches + "\n  - name: second\n    team: sales\n    find: [nimbus]\n";

        Assert.Equal($"One card for: {teams}.", Run(new ExplainVerbPost(Complaint), Support.ManualClock.Start.AddHours(hours), watches)[^1]);
    }

    private static string[] Run(ExplainVerbPost post, DateTimeOffset now, string watches = Watches)
    {
        using var folder = ConfigurationFolder.With(App, watches).Write("config/responders.yaml", Responders);
        var (output, clock) = (new StringWriter(), new Support.ManualClock());
        clock.Advance(now - Support.ManualClock.Start);
        Assert.Equal(Exit.Done, ExplainVerb.Run(folder.Reader, post, clock, new VerbPaper(output, null), new VerbPaper(output, null)));
        return output.ToString().TrimEnd().Split(Environment.NewLine);
    }

    [Fact]
    public void Control_characters_of_a_text_do_not_reach_the_terminal()
    {
        var (_, lines) = Run("nimbus \u001b[31mred\u0007 \ud800");
        Assert.DoesNotContain(string.Concat(lines), char.IsControl);
    }

    [Fact]
    public void Hits_that_overlap_are_marked_as_one()
    {
        var pieces = ExplainVerbMarks.Pieces(Encoding.UTF8.GetBytes("äh nimbus fibre!"), [new WatchHit("nimbus", 4, 6), new WatchHit("nimbus fibre", 4, 12), new WatchHit("h", 2, 1)]);
        Assert.Equal([("ä", false), ("h", true), (" ", false), ("nimbus fibre", true), ("!", false)], pieces);
    }

    private static string Row(string[] lines, string watch) => Assert.Single(lines, l => l.StartsWith($"  {watch} ", StringComparison.Ordinal));

    private static (int Exit, string[] Lines) Run(string text, string? channel = null)
    {
        using var folder = ConfigurationFolder.With(App, Watches);
        var output = new StringWriter();
        var paper = new VerbPaper(output, null);
        var exit = ExplainVerb.Run(folder.Reader, new ExplainVerbPost(text, channel), TimeProvider.System, paper, paper);
        return (exit, output.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
