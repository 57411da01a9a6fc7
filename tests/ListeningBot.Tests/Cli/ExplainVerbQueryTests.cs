using ListeningBot.Cli;
using ListeningBot.Tests.Configuration;

namespace ListeningBot.Tests.Cli;

/// <summary>Which parts of a query fit, and the first that does not.</summary>
public sealed class ExplainVerbQueryTests
{
    private const string Watches = """
        pieces:
          brand: 'nimbus OR nimbusbook'
          noise: 'weather OR "nimbus cloud*"'
        watches:
          - name: asked
            query: '$brand AND (refund* OR late) NOT $noise stars:<=2'
            exclude: [job offer]
          - name: near
            query: 'nimbus NEAR/2 fire'
          - name: by whom
            query: 'nimbus followers:>1k from:@mayor lang:de'
        """;

    [Theory]
    [InlineData("asked", "my nimbusbook, no refunds ever", 1.0, "nimbusbook, refund*, stars:<=2")]
    [InlineData("asked", "my nimbusbook, no refunds ever", 4.0, "stars:<=2 does not fit: it has 4 stars")]
    [InlineData("asked", "my nimbusbook, no refunds ever", null, "stars:<=2 does not fit: no --stars are given")]
    [InlineData("asked", "my lamp is late", 1.0, "$brand: has none of nimbus, nimbusbook")]
    [InlineData("asked", "my nimbus broke", 1.0, "has none of refund*, late")]
    [InlineData("asked", "nimbus clouds came late", 1.0, "ruled out by nimbus cloud*")]
    [InlineData("asked", "nimbus late, a job offer", 1.0, "ruled out by job offer")]
    [InlineData("near", "nimbus one two three fire", null, "nimbus and fire stand more than 2 words apart")]
    [InlineData("near", "nimbus is nice", null, "has no fire")]
    public void A_watch_says_what_it_found_or_the_first_part_that_does_not_fit(string watch, string text, double? stars, string why) =>
        Assert.Contains($"  {why}  ", Row(Run(new ExplainVerbPost(text) { Stars = stars }), watch), StringComparison.Ordinal);

    [Fact]
    public void Each_part_is_listed_with_pieces_by_their_names()
    {
        var lines = Run(new ExplainVerbPost("nimbus is late") { Stars = 5 });

        var at = Array.IndexOf(lines, "Query of asked");
        Assert.Equal(
            [
                "  part             fits  because",
                "  $brand           yes   nimbus",
                "  refund* OR late  yes   late",
                "  NOT $noise       yes",
                "  stars:<=2        no    stars:<=2 does not fit: it has 5 stars",
            ],
            lines[(at + 1)..(at + 6)]);
    }

    [Fact]
    public void Author_followers_and_language_are_as_they_are_given()
    {
        var post = new ExplainVerbPost("nimbus kaputt und niemand hilft mir") { Author = "@mayor", Followers = 2000, Lang = "de" };

        Assert.Contains("  nimbus, lang:de, from:mayor, followers:>1000  ", Row(Run(post), "by whom"), StringComparison.Ordinal);
        Assert.Contains("  followers:>1k does not fit: its author has 20  ", Row(Run(post with { Followers = 20 }), "by whom"), StringComparison.Ordinal);
        Assert.Contains("  from:@mayor does not fit: no --author is given  ", Row(Run(post with { Author = null }), "by whom"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_query_found_is_marked_in_the_text() =>
        Assert.Equal("My [nimbusbook], no [refunds]", Run(new ExplainVerbPost("My nimbusbook, no refunds") { Stars = 1 })[0]);

    [Fact]
    public void A_query_that_was_typed_stands_in_the_place_of_all_watches_and_may_use_their_pieces()
    {
        var lines = Run(new ExplainVerbPost("my nimbusbook broke") { Query = "$brand ~break" });

        Assert.Equal("My [nimbusbook] [broke]", Run(new ExplainVerbPost("My nimbusbook broke") { Query = "$brand ~break" })[0]);
        Assert.Contains("Query of tried", lines);
        Assert.DoesNotContain(lines, line => line.Contains("asked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nimbus AND", "--query:1:8: watch \"tried\": query expects a word after AND.", Exit.BadInput)]
    [InlineData("nimbus or late", "--query:1:8: watch \"tried\": query has \"or\", which is taken as a word", Exit.Done)]
    public void What_is_wrong_with_a_query_that_was_typed_is_told_with_its_place(string query, string told, int exit) =>
        Assert.StartsWith(told, Run(new ExplainVerbPost("nimbus") { Query = query }, exit)[0], StringComparison.Ordinal);

    [Theory]
    [InlineData(9.0, null, "Stars go from 1 to 5. Give --stars 2.")]
    [InlineData(null, -1L, "Nobody has fewer than 0 followers. Give --followers 1500.")]
    public void What_no_post_can_have_is_refused(double? stars, long? followers, string why) =>
        Assert.Equal(why, Run(new ExplainVerbPost("nimbus") { Stars = stars, Followers = followers }, Exit.BadInput)[^1]);

    private static string Row(string[] lines, string watch) => lines.First(line => line.StartsWith($"  {watch} ", StringComparison.Ordinal)) + "  ";

    private static string[] Run(ExplainVerbPost post, int exit = Exit.Done)
    {
        using var folder = ConfigurationFolder.With(watches: Watches);
        var output = new StringWriter();
        var paper = new VerbPaper(output, null);
        Assert.Equal(exit, ExplainVerb.Run(folder.Reader, post, TimeProvider.System, paper, paper));
        return output.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
