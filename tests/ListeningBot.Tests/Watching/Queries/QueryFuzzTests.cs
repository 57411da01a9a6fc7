using System.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Watching.Queries;

/// <summary>What holds of any text: LISTENINGBOT_QUERIES says how many are tried.</summary>
public sealed class QueryFuzzTests
{
    private const int InTests = 20_000;

    private static readonly string[] s_scraps =
    [
        "refund", "late", "Acme", "AT&T", "c++", "can't", "10:30", "3.5", "50%", "退款", "คืนเงิน", "استرداد", "😡", "👩‍👩‍👧", "#tag", "@name", "$brand", "$noise", "$deep", "$nobody", "$50",
        "AND", "OR", "NOT", "NEAR/5", "NEAR/0", "NEAR", "NEAR/999", "and", "or", "near/3", "&&", "||", "|", "&", "!", "-", "--", "~", "*", "(", ")", "(", ")", "\"", "\"", "“", "”", "«", "»", "'", "/", "/", "\\", "\\\"", ":", ",", ";",
        "refund*", "~refund", "re*d", "*x", "\"still waiting\"", "\"want refund*\"", "/ab+c/", "/(/", "/x?/", "/(?=a)/", "/a{99}/", "stars:<=2", "stars:", "stars:7", "stars:>=1", "followers:>1k", "followers:1.5M", "from:@mia",
        "from:*@acme.example", "from:", "to:acme", "channel:\"my inbox\"", "channel:inbox", "lang:de", "lang:english", "url:https://www.acme.example/a/?b=c", "url:www.www.acme.example", "url:acme.example/ü/%20", "has:link",
        "is:reply", "is:repost", "is:anything", "about:billing", "priority:high", "priority:=low", "strs:2", "note:", "https://x.example/a", "（", "）", "：", "＂", "－", "＊", "～", "－", "—", ":(", "refund(s)",
        "\uD800", "\uDC00", "\u200B", "\u00AD", "\u202E", "\0", "\n", "\t", "\u3000", "e\u0301", "ﬁ", "İ", "ß", "\uFFFD", "\uFEFF",
    ];

    private static readonly QueryPieces s_pieces = QueryPieces.Read([("brand", "acme OR \"acme bikes\""), ("noise", "-giveaway -$brand"), ("deep", "$brand ($noise OR stars:1)")]);

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("LISTENINGBOT_QUERIES"), out var count) ? count : InTests;

    [Fact]
    public void Any_text_is_read_to_a_query_or_to_problems_inside_of_it()
    {
        var (random, good) = (new Random(1), 0);
        for (var i = 0; i < Count; i++)
        {
            var text = Scraps(random);
            var reading = QueryParser.Read(text, s_pieces);
            Holds(text, reading);
            good += reading.Root is null ? 0 : 1;
            Holds(text, QueryParser.ReadTerm(text));
        }
        Assert.InRange(good, Count / 20, Count);
    }

    [Fact]
    public void What_was_read_is_read_again_from_how_it_is_written_out()
    {
        var random = new Random(2);
        for (var i = 0; i < Count; i++)
        {
            var text = Scraps(random);
            foreach (var root in new[] { QueryParser.Read(text, s_pieces).Root, QueryParser.ReadTerm(text).Root }.OfType<Query>())
            {
                var written = QueryText.Of(root);
                var again = QueryParser.Read(written);
                Assert.True(again.Root is not null, $"{Show(text)} is written as {Show(written)}, which has problems: {string.Join(" / ", again.Problems)}");
                Assert.True(QueryText.Of(again.Root) == written, $"{Show(text)} is written as {Show(written)}, and that as {Show(QueryText.Of(again.Root))}");
            }
        }
    }

    [Fact]
    public void Any_pieces_are_read_also_in_circles()
    {
        var random = new Random(3);
        for (var i = 0; i < Count / 20; i++)
        {
            var pieces = Enumerable.Range(0, random.Next(8)).Select(n => ($"p{random.Next(6)}", $"{Scraps(random)} $p{random.Next(6)} $p{random.Next(6)}")).ToList();
            var read = QueryPieces.Read(pieces);
            Assert.All(read.All, piece => Holds(piece.Text, piece.Reading));
            _ = read.Unused(pieces.Select(piece => piece.Item2));
        }
    }

    private static void Holds(string text, QueryReading reading)
    {
        Assert.True(reading.Root is null == reading.Problems.Count > 0, Show(text));
        foreach (var note in reading.Problems.Concat(reading.Warnings).Concat(reading.Wide is { } wide ? [wide] : []))
        {
            Assert.True(note.At.Start >= 0 && note.At.Length >= 0 && note.At.End <= text.Length, $"{Show(text)}: {note}");
            Assert.True(note.Cure.Length > 0 && note.What.Length > 0, $"{Show(text)}: {note}");
        }
    }

    private static string Scraps(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 9); i > 0; i--)
        {
            text.Append(s_scraps[random.Next(s_scraps.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        }
        return text.ToString();
    }

    private static string Show(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' or ' ' ? $"{c}" : $"\\u{(int)c:X4}"));
}
