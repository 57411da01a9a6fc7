using System.Globalization;
using System.Text;
using System.Text.Json;
using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;
using ListeningBot.Hosting;
using ListeningBot.Notifiers.Console;
using ListeningBot.Storage;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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
            foreach (var line in (shown.ToString() + said).ReplaceLineEndings("\n").Split('\n'))
            {
                AssertHarmless(line);
                Assert.True(!json || line.Length == 0 || JsonDocument.Parse(line) is not null);
            }
        }
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

    private static void AssertHarmless(string line) => Assert.DoesNotContain(line.EnumerateRunes(), rune =>
        rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (rune == Rune.ReplacementChar && line.Any(char.IsSurrogate) && !line.Contains('\ufffd')));

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
