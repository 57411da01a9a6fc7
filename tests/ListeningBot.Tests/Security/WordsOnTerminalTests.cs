using System.Globalization;
using System.Text;
using System.Text.Json;
using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;
using ListeningBot.Hosting;
using ListeningBot.Notifiers.Console;
using ListeningBot.Storage;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ListeningBot.Tests.Security;

/// <summary>Whatever a customer or a service writes: on a terminal, in a log, in exports and labels it moves no cursor, forges no line, turns nothing and hides nothing.</summary>
public sealed class WordsOnTerminalTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();

    public static TheoryData<string> Corpus =>
    [
        "\u001b[2J\u001b[1;1Hgone", "\u001b]0;title\a", "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\", "\u001b[31mred\u001b[0m", "\u001bP+q544e\u001b\\", "\u001b]52;c;cm0gLXJm\a", "\u001b[6n", "\u009b31mc1", "\u009d0;t\u009c", "\u0090x\u009c",
        "a\r\nINFO: forged", "a\nforged", "a\rover", "a\u0085next", "a\u2028line\u2029para", "a\vb\fc", "tab\there", "back\b\b\bspace", "bell\a", "nul\0nul", "del\u007f", "\u0001\u0002\u0003\u000e\u000f",
        "\u202eevil\u202c", "\u202dx", "\u202ax\u202bx", "\u2066a\u2067b\u2068c\u2069", "\u200e\u200f\u061c", "\u200bzero\u2060width\ufeff", "soft\u00adhyphen", "\u180e", "\U000E0041\U000E0042\U000E007F tags", "\u206a\u206f", "\ufff9a\ufffab\ufffb", "\U0001D173music\U0001D17A", "\u110bd",
        "half \ud800 pair", "\udc00 other half", "\ud83d", "x" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307".PadRight(8) + "y", "\ufe0f\ufe0e\U000E0100", "раураl", "ﷺ", "漢字かな", "👩‍👩‍👧 🏳️‍🌈", "[bold]markup[/] [link=x]", "{0} {Message} %s %n", "=cmd|'/c calc'!A1", "\"quoted\\", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void One_line_stays_one_harmless_line(string words)
    {
        foreach (var shown in (string[])[OnTerminal.Line(words), CheckVerbSheet.Plain(words), ConsoleCards.Clean(words)])
        {
            AssertHarmless(shown);
        }
        Assert.Equal("plain words stay", OnTerminal.Line("plain words stay"));
        Assert.Equal("👩‍👧 漢字 é", OnTerminal.Line("👩‍👧 漢字 é"));
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task No_verb_prints_it_raw(string words)
    {
        await _rig.HearAsync(Some.Post("acme laptop is broken " + words) with { Title = words, Place = words, Url = "https://a.example/" + words, Author = new Author { Id = "a1", Handle = words, Name = words } });
        await _rig.PressAsync(PressAction.Claim, 1);
        foreach (var json in (bool[])[false, true])
        {
            var (shown, said) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
            await new CasesVerbList(null, [], All: true, Limit: 10).WriteAsync(_rig.Temp.Store, json, shown, new VerbPaper(said, null), CancellationToken.None);
            await CasesVerbShow.RunAsync(_rig.Temp.Store, 1, json, shown, said, CancellationToken.None);
            Assert.Contains("acme laptop is broken", shown.ToString(), StringComparison.Ordinal);
            AssertHarmless(shown, said, json);
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task What_could_not_be_dealt_with_is_not_printed_raw(string words)
    {
        var post = Some.Post(words) with { Author = new Author { Id = words, Handle = words, Name = words } };
        await _rig.Temp.WriteAsync(tx =>
        {
            tx.AddDead(new DeadLetter(DeadKind.Item, words, words, words) { Raw = words }, _rig.Clock.GetUtcNow());
            tx.AddDead(new DeadLetter(DeadKind.Card, words, words, words) { Raw = words, Work = new DeadChange(ChangeKind.Added, post.Key, post) }, _rig.Clock.GetUtcNow());
            tx.AddDead(new DeadLetter(DeadKind.Press, words, words, words) { Work = new DeadNote(new ThreadNote(words, new Responder(words, words), [], words, _rig.Clock.GetUtcNow())) }, _rig.Clock.GetUtcNow());
        });
        foreach (var json in (bool[])[false, true])
        {
            var (shown, said) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
            await DeadVerbList.WriteAsync(_rig.Temp.Store, 10, json, _rig.Clock.GetUtcNow(), shown, new VerbPaper(shown, null), CancellationToken.None);
            foreach (var id in (long[])[1, 2, 3])
            {
                Assert.Equal(Exit.Done, await DeadVerbList.ShowAsync(_rig.Temp.Store, id, json, shown, said, CancellationToken.None));
            }
            AssertHarmless(shown, said, json);
        }
    }

    /// <summary>Why a channel is dark can be what its server wrote; a channel is named by people.</summary>
    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task What_a_service_said_of_itself_is_not_printed_raw(string words)
    {
        var now = _rig.Clock.GetUtcNow();
        await _rig.Temp.WriteAsync(tx =>
        {
            tx.MoveCursor("posts " + words, new Cursor(words), now);
            tx.AddGap("posts " + words, new Gap(now.AddHours(-1), Gap.NoEnd, words) { Fate = GapFate.Open }, now);
        });
        var program = new ProgramState(new Uri("http://127.0.0.1:8473"), words, now, new MachineSeen(words, [words], [(words, [words])], [words], 0, words), [new PartSeen("channel", "posts " + words, "failing", now, words, null, 0), new PartSeen("room", words, words, now, words, null, 0)]);
        var state = new StatusState(now, words, 0, program, await _rig.Temp.ReadAsync(view => StoreState.Of(view, now)), words);
        foreach (var json in (bool[])[false, true])
        {
            var shown = new StringWriter { NewLine = "\n" };
            await new GapsVerbList(null, now.AddDays(-7), now).WriteAsync(_rig.Temp.Store, json, shown, new VerbPaper(shown, null), CancellationToken.None);
            if (json)
            {
                await shown.WriteLineAsync(StatusVerbJson.Of(state, [.. StatusNeeds.Of(state)]).ToJsonString());
            }
            else
            {
                new StatusVerbScreen(state, [.. StatusNeeds.Of(state)]).WriteTo(new VerbPaper(shown, null));
            }
            AssertHarmless(shown, new StringWriter(), json);
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void A_text_that_is_explained_is_not_printed_raw(string words)
    {
        using var folder = ConfigurationFolder.With("{}", ConfigurationFolder.OneWatch);
        var (shown, said) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });

        Assert.Equal(Exit.Done, ExplainVerb.Run(folder.Reader, new ExplainVerbPost("nimbus " + words, Author: words, Thread: true) { Lang = words }, _rig.Clock, new VerbPaper(shown, null), new VerbPaper(said, null)));
        Assert.Equal(Exit.BadInput, ExplainVerb.Run(folder.Reader, new ExplainVerbPost("nimbus", Channel: words), _rig.Clock, new VerbPaper(shown, null), new VerbPaper(said, null)));

        AssertHarmless(shown, said, json: false);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Json_says_the_same_and_shows_nothing_raw(string words)
    {
        var post = Some.Post(words) with { Title = words };
        var line = ReadVerbLine.Of(post);

        AssertHarmless(line);
        Assert.Equal(Whole(words), JsonDocument.Parse(line).RootElement.GetProperty("text").GetString());
        AssertHarmless(CasesVerbJson.Of(new { words }));
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void A_log_record_stays_one_line(string words)
    {
        var written = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(LogLevel.Warning, "ListeningBot." + words, new EventId(7), words, new InvalidOperationException(words, new IOException(words)), (state, _) => state);

        new LineFormatter(TimeProvider.System).Write(entry, null, written);

        Assert.EndsWith("\n", written.ToString(), StringComparison.Ordinal);
        AssertHarmless(written.ToString()[..^1]);
    }

    /// <summary>As it is where nobody looks at it: in the journal, in a file, in a collector.</summary>
    [Theory]
    [MemberData(nameof(Corpus))]
    public void A_log_record_in_a_pipe_is_one_object_in_one_line(string words)
    {
        using var services = new ServiceCollection().AddLogging(Logs.AddJsonLines).BuildServiceProvider();
        var written = new StringWriter { NewLine = "\n" };
        var state = new Dictionary<string, object?> { ["why"] = words };
        var entry = new LogEntry<Dictionary<string, object?>>(LogLevel.Warning, "ListeningBot." + words, new EventId(7), state, new InvalidOperationException(words, new IOException(words)), (_, _) => words);

        services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == ConsoleFormatterNames.Json).Write(entry, null, written);

        Assert.EndsWith("\n", written.ToString(), StringComparison.Ordinal);
        var line = written.ToString().TrimEnd();
        AssertHarmless(line);
        Assert.Equal(Whole(words), JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString());
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void A_label_of_a_metric_stays_in_its_quotes(string words)
    {
        var labels = MetricText.Labels([new("channel", words)]);

        Assert.DoesNotContain('\n', labels);
        var inside = labels["channel=\"".Length..^1];
        Assert.Equal(-1, inside.Replace("\\\\", "", StringComparison.Ordinal).Replace("\\\"", "", StringComparison.Ordinal).IndexOf('"'));
    }

    /// <summary>As it is when half a character became U+FFFD.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void AssertHarmless(StringWriter shown, StringWriter said, bool json)
    {
        foreach (var line in (shown.ToString() + said).Split('\n'))
        {
            AssertHarmless(line);
            Assert.True(!json || line.Length == 0 || JsonDocument.Parse(line) is not null);
        }
    }

    private static void AssertHarmless(string line) => Assert.DoesNotContain(line.EnumerateRunes(), rune =>
        rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (rune == Rune.ReplacementChar && line.Any(char.IsSurrogate) && !line.Contains('\ufffd')));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
