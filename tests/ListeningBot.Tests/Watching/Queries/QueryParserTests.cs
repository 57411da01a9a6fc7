using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Watching.Queries;

public sealed class QueryParserTests
{
    [Theory]
    [InlineData("refund", "\"refund\"")]
    [InlineData("refund late", "(\"refund\" AND \"late\")")]
    [InlineData("refund AND late", "(\"refund\" AND \"late\")")]
    [InlineData("\"still waiting\"", "\"still waiting\"")]
    [InlineData("a OR b c", "(\"a\" OR (\"b\" AND \"c\"))")]
    [InlineData("(a OR b) c", "((\"a\" OR \"b\") AND \"c\")")]
    [InlineData("a -b", "(\"a\" AND NOT \"b\")")]
    [InlineData("a NOT (b OR c)", "(\"a\" AND NOT (\"b\" OR \"c\"))")]
    [InlineData("x a NEAR/5 b", "(\"x\" AND (\"a\" NEAR/5 \"b\"))")]
    [InlineData("(late OR slow) NEAR/3 delivery", "((\"late\" OR \"slow\") NEAR/3 \"delivery\")")]
    [InlineData("refund*", "\"refund*\"")]
    [InlineData("\"want refund*\"", "\"want refund*\"")]
    [InlineData("~refund", "\"~refund\"")]
    [InlineData("#acme @acme", "(\"#acme\" AND \"@acme\")")]
    [InlineData("stars:<=2", "stars:<=2")]
    [InlineData("stars:2", "stars:=2")]
    [InlineData("followers:>1.5M", "followers:>1500000")]
    [InlineData("from:@mia to:acme channel:inbox lang:de", "(from:mia AND to:acme AND channel:inbox AND lang:de)")]
    [InlineData("url:https://www.acme.example/", "url:acme.example")]
    [InlineData("has:link is:reply is:repost", "(has:link AND is:reply AND is:repost)")]
    [InlineData("about:billing priority:high priority:=low", "(about:billing AND priority:>=high AND priority:=low)")]
    [InlineData("channel:\"OR\" from:\"a,b\"", "(channel:\"OR\" AND from:\"a,b\")")]
    [InlineData("/order ?\\d+/", "/order ?\\d+/")]
    [InlineData("/a\\/b/", "/a\\/b/")]
    [InlineData("$brand late", "((\"acme\" OR \"nimbus\") AND \"late\")")]
    [InlineData("“still waiting” （a OR b）", "(\"still waiting\" AND (\"a\" OR \"b\"))")]
    public void Every_construct_is_read(string text, string meant)
    {
        var reading = QueryParser.Read(text, QueryPieces.Read([("brand", "acme OR nimbus")]));

        Assert.Empty(reading.Problems);
        Assert.Equal(meant, QueryText.Of(reading.Root!));
    }

    [Theory]
    [InlineData("c++", "c++")]
    [InlineData("AT&T", "AT&T")]
    [InlineData("can't", "can't")]
    [InlineData("l'acme", "l'acme")]
    [InlineData("nimbus-book", "nimbus-book")]
    [InlineData("10:30", "10:30")]
    [InlineData("https://x.example/a", "https://x.example/a")]
    [InlineData("a/b", "a/b")]
    [InlineData("3.5", "3.5")]
    [InlineData("50%", "50%")]
    public void A_bare_word_with_signs_in_it_is_that_word(string text, string word)
    {
        var term = Assert.IsType<Query.Term>(QueryParser.Read(text).Root);

        Assert.Equal([new TermWord(word)], term.Words);
    }
}
