using System.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

/// <summary>What would take for ever, or all the memory, if the work for a text grew faster than the text.</summary>
public sealed class HostileTextsTests
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData("a")]
    [InlineData("#")]
    [InlineData("é")]
    [InlineData("返")]
    [InlineData("refunds ")]
    [InlineData("late refund ")]
    [InlineData("#aB")]
    [InlineData("#RefundLate ")]
    [InlineData("can't ")]
    [InlineData("@acme ")]
    [InlineData("https://a.example/x ")]
    public void A_megabyte_of_the_same_is_matched_with_bounded_hits(string unit)
    {
        Watch[] watches =
        [
            .. Queries("refund*", "~refund late", "(refund* OR late) NEAR/3 (late OR re* OR \"b a\")", "\"a b a b a b a b\" OR \"返返返返返返\"", "a NEAR/100 b", "/a{3,9}b/ OR /(a|b)*c/", "to:acme", "url:a.example", "NOT (refund NEAR/5 nothing)"),
            Some.Watch("list", "refund*", "late", "#aB", "aB aB", "返", "can"),
        ];
        var set = WatchSet.Build(watches, Ours.Nobody);
        var text = string.Concat(Enumerable.Repeat(unit, Megabyte / Encoding.UTF8.GetByteCount(unit)));

        var found = set.Find(Some.Post(text), null);

        Assert.All(found, match => Assert.InRange(match.Hits.Count, 0, 2_000));
        Assert.Equal(found.Count > 0, set.Matches(Encoding.UTF8.GetBytes(text), "posts"));
    }

    [Fact]
    public void A_hundred_thousand_watches_of_one_word_and_one_of_fifty_thousand_words_are_one_matcher()
    {
        var many = Enumerable.Range(0, 100_000).Select(i => Watching("w" + i, new Query.All([Term("acme"), Term("word" + i)])));
        var large = new Watch { Name = "large", Team = "care", Find = [.. Enumerable.Range(0, 50_000).Select(i => "term" + i)], Exclude = ["hiring"] };
        var set = WatchSet.Build([.. many, large], Ours.Nobody);

        Assert.False(set.Matches("acme and nothing else"u8, "posts"));
        Assert.Equal(["w77777"], set.Find("acme word77777"u8, "posts").Select(match => match.Watch.Name));
        Assert.Equal(["large"], set.Find(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 50_000).Select(i => "term" + i))), "posts").Select(match => match.Watch.Name));
        Assert.False(set.Matches("term4711 hiring"u8, "posts"));
    }

    [Fact]
    public void Queries_nested_as_deep_as_can_be_written_do_not_overflow_the_stack()
    {
        var deep = string.Concat(Enumerable.Repeat("NOT (x OR ", 9)) + "acme" + new string(')', 9);
        List<(string, string)> pieces = [("p0", deep)];
        pieces.AddRange(Enumerable.Range(1, 2).Select(i => ($"p{i}", deep.Replace("acme", $"$p{i - 1}", StringComparison.Ordinal))));
        var set = WatchSet.Build([QueryMatchingTests.Watching("$p2", QueryPieces.Read(pieces))], Ours.Nobody);

        Assert.NotEqual(set.Matches("acme"u8, "posts"), set.Matches("others"u8, "posts"));
    }

    [Fact]
    public void The_longest_query_is_matched_like_a_short_one()
    {
        var words = Enumerable.Range(0, 1_100).Select(i => $"w{i:x}*").ToArray();
        var set = WatchSet.Build([.. Queries(string.Join(" OR ", words), string.Join(' ', words))], Ours.Nobody);

        Assert.Single(set.Find("w44bxyz"u8, "posts"));
        Assert.Equal(2, set.Find(Encoding.UTF8.GetBytes(string.Join(' ', words)), "posts").Count);
    }

    private static IEnumerable<Watch> Queries(params string[] queries) => queries.Select(query => QueryMatchingTests.Watching(query));

    private static Watch Watching(string name, Query query) => new() { Name = name, Team = "care", Query = new WatchQuery(name, query) };

    private static Query.Term Term(string word) => new([new TermWord(word)], word);
}
