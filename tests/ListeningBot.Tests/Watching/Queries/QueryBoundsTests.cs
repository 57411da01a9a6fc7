using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Watching.Queries;

/// <summary>Hostile texts: read to their end or refused, never a hang or an overflow.</summary>
public sealed class QueryBoundsTests
{
    [Theory]
    [InlineData("(")]
    [InlineData("-(")]
    [InlineData("NOT ")]
    [InlineData("-(a OR ")]
    [InlineData("\"")]
    [InlineData("/")]
    [InlineData("/a/ ")]
    [InlineData("$")]
    [InlineData("stars:")]
    [InlineData("a NEAR/5 ")]
    [InlineData("a OR b ")]
    [InlineData("'a ")]
    [InlineData("~*")]
    [InlineData(")")]
    [InlineData("\\")]
    public void The_same_again_up_to_the_end_is_read(string scrap)
    {
        var text = string.Concat(Enumerable.Repeat(scrap, QueryParser.MaxLength / scrap.Length));
        var reading = QueryParser.Read(text);

        Assert.True(reading.Root is null == reading.Problems.Count > 0);
        Assert.InRange(reading.Problems.Count + reading.Warnings.Count, 0, 40);
        Assert.NotNull(QueryParser.ReadTerm(text).Problems);
    }

    [Fact]
    public void Too_many_parentheses_are_told_once()
    {
        var reading = QueryParser.Read(new string('(', 41) + "a" + new string(')', 41));

        Assert.Equal((new QuerySpan(40, 1), "has more than 40 parentheses or NOTs in one another"), (Assert.Single(reading.Problems).At, reading.Problems[0].What));
        Assert.Empty(QueryParser.Read(new string('(', 39) + "a" + new string(')', 39)).Problems);
    }

    [Fact]
    public void Too_long_a_text_is_told_before_it_is_read() =>
        Assert.Equal("has 10001 characters, more than 10000", Assert.Single(QueryParser.Read(new string('a', 10_001)).Problems).What);

    [Fact]
    public void A_phrase_of_more_than_200_characters_is_told()
    {
        Assert.Empty(QueryParser.Read($"\"{new string('a', 99)} {new string('b', 99)}\"").Problems);
        Assert.Equal("has 201 characters in one phrase, more than 200", Assert.Single(QueryParser.Read($"\"{new string('a', 100)} {new string('b', 100)}\"").Problems).What);
    }

    /// <summary>Each doubles the ways to read a text like "#AaAa #AaAa": fifty took longer than anybody waits.</summary>
    [Fact]
    public void A_phrase_of_more_than_five_beginnings_is_told()
    {
        Assert.Empty(QueryParser.Read("\"aa* bb* cc* dd* ee* f\" gg*").Problems);
        Assert.Equal("has 6 words with * in one phrase, more than 5", Assert.Single(QueryParser.Read("\"aa* bb* cc* dd* ee* ff*\"").Problems).What);
        Assert.Single(QueryParser.ReadTerm("aa* bb* cc* dd* ee* ff*").Problems);
    }

    [Fact]
    public void A_query_of_a_thousand_words_is_read()
    {
        var reading = QueryParser.Read(string.Join(" OR ", Enumerable.Range(0, 1000).Select(n => $"w{n}")));

        Assert.Equal(1000, Assert.IsType<Query.Any>(reading.Root).Parts.Count);
        Assert.Empty(reading.Warnings);
    }

    [Theory]
    [InlineData("/a{1000}/", true)]
    [InlineData("/a{1001}/", false)]
    [InlineData("/(a{30}){30}/", true)]
    [InlineData("/((a|b){50}c){50}/", false)]
    [InlineData("/[a-z]{500,900}/", true)]
    [InlineData("/(((a{9}){9}){9}){9}/", false)]
    [InlineData("/\\p{L}{900}/", true)]
    [InlineData("/a{99999999999999999999}/", false)]
    [InlineData("/x{2,}y/", true)]
    [InlineData("/{x/", true)]
    public void A_pattern_that_repeats_too_much_is_told_before_it_is_built(string query, bool fits)
    {
        var problems = QueryParser.Read(query).Problems;

        Assert.True(fits ? problems.Count == 0 : Assert.Single(problems).What.EndsWith("which repeats too much", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_twenty_patterns_are_told()
    {
        Assert.Empty(QueryParser.Read(string.Join(" OR ", Enumerable.Range(0, 20).Select(n => $"/a{n}/"))).Problems);
        Assert.Equal("has 21 regular expressions, more than 20", Assert.Single(QueryParser.Read(string.Join(" OR ", Enumerable.Range(0, 21).Select(n => $"/a{n}/"))).Problems).What);
    }

    [Fact]
    public void A_pattern_takes_linear_time_and_no_account_of_capitals()
    {
        var pattern = QueryPattern.Of("(a+)+b");

        Assert.True(pattern.Options.HasFlag(System.Text.RegularExpressions.RegexOptions.NonBacktracking));
        Assert.DoesNotMatch(pattern, new string('a', 100_000));
        Assert.Matches(pattern, "AAB");
    }
}
