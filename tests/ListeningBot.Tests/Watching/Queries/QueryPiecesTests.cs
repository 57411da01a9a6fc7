using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Watching.Queries;

public sealed class QueryPiecesTests
{
    [Fact]
    public void A_piece_uses_earlier_and_later_ones()
    {
        var pieces = QueryPieces.Read([("brand", "$maker OR nimbusbook"), ("maker", "nimbus"), ("late", "$brand late")]);

        Assert.All(pieces.All, piece => Assert.Empty(piece.Reading.Problems));
        Assert.Equal(["brand", "maker", "late"], pieces.All.Select(piece => piece.Name));
        Assert.Equal("((\"nimbus\" OR \"nimbusbook\") AND \"late\")", QueryText.Of(QueryParser.Read("$late", pieces).Root!));
    }

    [Theory]
    [InlineData("x $a", "goes in a circle: $a uses $a")]
    [InlineData("x $b", "goes in a circle: $a uses $b uses $a")]
    [InlineData("x $c", "goes in a circle: $a uses $c uses $b uses $a")]
    public void A_circle_is_told_where_it_begins_and_once(string text, string what)
    {
        var pieces = QueryPieces.Read([("a", text), ("b", "y $a"), ("c", "z $b")]);

        var problem = Assert.Single(pieces.All.SelectMany(piece => piece.Reading.Problems), problem => problem.What.Contains("circle", StringComparison.Ordinal));
        Assert.Equal((new QuerySpan(2, 2), what), (problem.At, problem.What));
        Assert.All(pieces.All, piece => Assert.Single(piece.Reading.Problems));
    }

    [Fact]
    public void What_uses_a_piece_with_a_problem_has_one_too()
    {
        var reading = QueryParser.Read("late $brand", QueryPieces.Read([("brand", "nimbus OR")]));

        Assert.Equal(new QueryProblem(new QuerySpan(5, 6), "uses the piece $brand, in which something is wrong", "Mend that piece first."), Assert.Single(reading.Problems));
    }

    [Fact]
    public void Pieces_that_no_query_uses_are_named_also_those_that_only_another_unused_one_uses()
    {
        var pieces = QueryPieces.Read([("brand", "$maker"), ("maker", "nimbus"), ("noise", "$ads"), ("ads", "giveaway")]);

        Assert.Equal(["noise", "ads"], pieces.Unused(["late $brand", "broken AND OR (", "$nobody"]));
        Assert.Empty(pieces.Unused(["$brand ( -$noise"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5stars")]
    [InlineData("our brand")]
    [InlineData("brand's")]
    public void A_name_that_no_query_could_use_is_told(string name) =>
        Assert.Contains("which no query can use", Assert.Single(QueryPieces.Read([(name, "nimbus")]).All).Reading.Problems[0].What);

    [Fact]
    public void Pieces_that_double_each_other_end_at_a_bound()
    {
        var pieces = QueryPieces.Read([("p0", "a b"), .. Enumerable.Range(1, 60).Select(n => ($"p{n}", $"$p{n - 1} OR $p{n - 1} OR x{n}"))]);

        Assert.Empty(pieces.All[8].Reading.Problems);
        Assert.Contains(pieces.All, piece => piece.Reading.Problems is [{ What: "has more than 10000 words and signs, with its pieces put in" }]);
        Assert.NotEmpty(pieces.All[60].Reading.Problems);
    }

    [Fact]
    public void Pieces_in_one_another_end_at_a_bound()
    {
        var pieces = QueryPieces.Read([("p0", "a"), .. Enumerable.Range(1, 450).Select(n => ($"p{n}", $"x $p{n - 1}"))]);

        Assert.Empty(pieces.All[30].Reading.Problems);
        Assert.Contains(pieces.All, piece => piece.Reading.Problems is [{ What: "goes 101 deep, with its pieces put in, more than 100" or "goes 102 deep, with its pieces put in, more than 100" }]);
        Assert.NotEmpty(pieces.All[450].Reading.Problems);
    }

    [Fact]
    public void Beyond_so_many_pieces_each_is_told()
    {
        var pieces = QueryPieces.Read([.. Enumerable.Range(0, 502).Select(n => ($"p{n}", "a"))]);

        Assert.Equal(["p500", "p501"], pieces.All.Where(piece => piece.Reading.Problems.Count > 0).Select(piece => piece.Name));
    }

    [Fact]
    public void A_piece_of_words_stands_beside_near()
    {
        var pieces = QueryPieces.Read([("brand", "nimbus OR nimbusbook"), ("same", "$brand"), ("ads", "free gift")]);

        Assert.Empty(QueryParser.Read("$brand NEAR/5 late", pieces).Problems);
        Assert.Empty(QueryParser.Read("$same NEAR/5 (late OR $brand)", pieces).Problems);
        Assert.Equal("has NEAR beside what is no word", Assert.Single(QueryParser.Read("$ads NEAR/5 late", pieces).Problems).What);
    }
}
