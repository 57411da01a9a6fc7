using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Channels.Feeds;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Channels.Mail.Mime;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Net;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Reach;

namespace ListeningBot.Tests.Security;

/// <summary>
/// Whatever is repeated without end costs what its length costs. Four times the text may cost sixteen times as much only where the work is quadratic; so that a busy machine is not
/// taken for that, it counts only when it also takes over half a second, three times in a row.
/// </summary>
public sealed class LinearWorkTests
{
    /// <summary>LISTENINGBOT_LENGTH tries longer texts.</summary>
    private static readonly int Small = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_LENGTH") ?? "16384", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly int Large = 4 * Small;
    private const int Tries = 3;

    private static readonly string[] Pieces =
    [
        "<", "<a ", "<a b=", "<!--", "<![CDATA[", "</", "&", "&amp", "&#", "<p hidden>", "<div>", "</div>", "<script>", "<title>", "<p style='a:b;'>", "<item>", "<a><b>", "\"", "'", "{", "[", "(", ")", "((", "[[", "\\", "\\u", ":", "::", ";", ",", ".", "..", "a.", "a@", "@", "@a.", "mia@a.b ",
        " ", "  ", "\t", "\n", "\r\n", "\n\n", "> ", "-", "--", "- ", "_", "__", "*", "**", "~", "|", "`", "```", "#", "# ", "=", "=?", "=?utf-8?q?", "=?utf-8?b?QQ==?= ", "=\r\n", "%", "%20", "$", "^", "+", "0", "1 ", "12:", "1.1.", "2026-", "99 ",
        "a", "a ", "ab ", "é", "e\u0301", "\u0301", "\u200b", "\u202e", "\u200d", "漢", "漢字 ", "👩\u200d", "\ud800", "\0", "www.", "http://", "https://a.", "https://a/", "see it ", "on a wrote ", "from: ", "sent from my ", "call +49 ", "AND ", "OR ", "NOT ", "NEAR/2 ", "-a ", "a* ", "\"a ", "/a/ ", "acme ", "at ", "a AT b ", " DOT ", "(at) ", "user-agent: *\ndisallow: /*a\n", "*a",
    ];

    private static readonly (string Name, Action<string> Do)[] Readers =
    [
        ("html as text", text => HtmlText.ToPlain(text, 100_000)),
        ("main text of a page", text => PageText.MainOf(text, 20_000)),
        ("feeds of a page", text => PageText.Feeds("<link>" + text, new Uri("https://a.example/"))),
        ("html of a letter", text => LetterText.Own(LetterHtml.ToMarked(text, 100_000), "Re: " + text[..100], answers: true)),
        ("a letter", text => LetterText.Own(text, "Re: x", answers: true)),
        ("a header", text => EncodedWords.Decode(Encoding.UTF8.GetBytes(text))),
        ("header fields", text => HeaderFields.Parse(Encoding.UTF8.GetBytes("Subject: " + text))),
        ("quoted printable", text => TransferEncoding.Decode(Encoding.UTF8.GetBytes(text), "quoted-printable")),
        ("base64", text => TransferEncoding.Decode(Encoding.UTF8.GetBytes(text), "base64")),
        ("format flowed", text => FlowedText.Unfold(text, deleteSpace: true)),
        ("a feed", text => ReadFeed("<rss version=\"2.0\"><channel><item><title>" + text)),
        ("a feed's text", text => ReadFeed("<rss version=\"2.0\"><channel><item><title>a</title><description>" + Escaped(text) + "</description></item></channel></rss>")),
        ("a json feed", text => ReadFeed("{\"items\":[" + text)),
        ("a feed's date", text => FeedDate.Parse(text)),
        ("robots.txt", text => RobotsTxt.Parse("User-agent: *\nDisallow: " + text).Allow("/" + text[..1000])),
        ("ways to reach somebody", text => _ = TextContacts.In(text, "https://a.example/", anyLink: true).Count()),
        ("a seen post", text => SeenPost.Of(text, text[..1000], out _)),
        ("a query", text => QueryParser.Read(text)),
        ("masking", text => Masking.Of(text, "Mia Lang")),
        ("folding", text => FoldedWords.LinksOf(text).Count()),
        ("a card's line", text => Escaping.Line(text, 90)),
        ("a card's lines", text => Escaping.Lines(text, 4000)),
        ("a draft's block", text => Escaping.Code(text)),
        ("a terminal's line", text => OnTerminal.Line(text)),
        ("json settings", text => JsonTree.Read("{\"a\":\"" + text, "a", new Problems())),
        ("secrets in settings", text => OwnSecrets.TakenOut(Encoding.UTF8.GetBytes("{\"a\":[" + text))),
        ("yaml", text => YamlTree.Read("watches: " + text, "a", "watches:", new Problems())),
        ("a calendar", text => Core.Teams.Calendars.HolidayCalendar.Read("BEGIN:VCALENDAR\r\n" + text)),
        ("an address", text => Core.Posts.WebAddress.Of("https://a.example/?" + text)),
    ];

    public static TheoryData<string> Names => [.. Readers.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Four_times_the_text_costs_about_four_times_as_much(string name)
    {
        var read = Readers.Single(reader => reader.Name == name).Do;
        foreach (var piece in Pieces)
        {
            read(Of(piece, 2_000));
            var why = "";
            for (var attempt = 0; attempt < Tries && (attempt == 0 || why.Length > 0); attempt++)
            {
                why = IsTooSlow(read, piece);
            }
            Assert.True(why.Length == 0, $"{name} of \"{piece}\": {why}");
        }
    }

    [Fact]
    public void Quadratic_work_would_be_seen()
    {
        var found = 0;
        Assert.Contains(Enumerable.Range(0, Tries), _ => IsTooSlow(Quadratic, "ab").Length > 0);
        Assert.InRange(found, 0, 1);

        void Quadratic(string text)
        {
            for (var i = 0; i < 2 * text.Length; i++)
            {
                for (var k = 0; k < text.Length; k++)
                {
                    found = text[k] == 'x' ? 1 : found;
                }
            }
        }
    }

    /// <summary>Patterns of ours that go back are bounded in time as well; a pattern without a bound would be a new one.</summary>
    [Fact]
    public void Every_pattern_of_ours_has_a_bound_or_never_goes_back()
    {
        var patterns = new[] { typeof(Program).Assembly, typeof(IStore).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0)
            .Select(method => (Where: $"{method.DeclaringType!.Name}.{method.Name}", Regex: (Regex)method.Invoke(null, null)!))
            .ToList();

        Assert.InRange(patterns.Count, 50, 1000);
        Assert.All(patterns, pattern => Assert.True(pattern.Regex.Options.HasFlag(RegexOptions.NonBacktracking) || pattern.Regex.MatchTimeout <= TimeSpan.FromSeconds(10), pattern.Where));
    }

    [Fact]
    public void A_pattern_of_a_watch_never_goes_back_is_short_and_is_refused_where_it_can_not_be()
    {
        foreach (var pattern in (string[])["(a+)+$", "(a|a)*$", "(.*)*x", "([a-z]+)*1", "(a?){30}a{30}"])
        {
            var reading = QueryParser.Read($"/{pattern}/ acme");
            Assert.True(reading.Root is not null || reading.Problems.Count > 0, pattern);
        }
        foreach (var pattern in (string[])["(a)\\1", "(?=a)b", "(?<!a)b", "(?>a+)b", "\\Ga", new string('a', 5_000), string.Join('|', Enumerable.Range(0, 2_000)), "(((((((((((((((((((((a{1000}){1000}", "[", "(?<a"])
        {
            Assert.NotEmpty(QueryParser.Read($"/{pattern}/").Problems);
        }
    }

    private static string IsTooSlow(Action<string> read, string piece)
    {
        var (small, large) = (Cost(read, Of(piece, Small)), Cost(read, Of(piece, Large)));
        return large.Time > TimeSpan.FromSeconds(0.5) && large.Time > 10 * small.Time ? $"{small.Time.TotalMilliseconds:0} ms for {Small} characters, {large.Time.TotalMilliseconds:0} ms for {Large}"
            : large.Bytes > 64L * 1024 * 1024 && large.Bytes > 10 * small.Bytes ? $"{small.Bytes} bytes for {Small} characters, {large.Bytes} for {Large}"
            : "";
    }

    private static (TimeSpan Time, long Bytes) Cost(Action<string> read, string text)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var begin = TimeProvider.System.GetTimestamp();
        read(text);
        return (TimeProvider.System.GetElapsedTime(begin), GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private static string Of(string piece, int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1));

    private static string Escaped(string text) => System.Net.WebUtility.HtmlEncode(text).Replace("\0", "", StringComparison.Ordinal);

    private static void ReadFeed(string text)
    {
        try
        {
            FeedReader.Read(text, new Uri("https://a.example/"));
        }
        catch (NotAFeedException)
        {
            // Told as what it is.
        }
    }
}
