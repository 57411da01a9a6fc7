using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Tests.Notifiers.Discord;

public sealed class FittingTests
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly10!", 10, "exactly10!")]
    [InlineData("cut before the torn word", 12, "cut before…")]
    [InlineData("unbreakablelongword", 10, "unbreakab…")]
    [InlineData("漢字漢字漢字", 7, "漢字漢…")]
    [InlineData("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5, "👩‍👩‍👧👩‍👩‍👧…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    public void Text_is_cut_to_columns_at_whole_characters(string text, int columns, string expected)
    {
        Assert.Equal(expected, Fitting.Fit(text, columns));
        Assert.InRange(Fitting.Columns(Fitting.Fit(text, columns)), 0, columns);
    }

    [Theory]
    [InlineData("one two three", 20, 1)]
    [InlineData("one two three", 7, 2)]
    [InlineData("one two three", 5, 3)]
    [InlineData("unbreakable", 4, 3)]
    [InlineData("a unbreakable b", 4, 5)]
    [InlineData("", 5, 1)]
    public void Lines_break_between_words(string text, int columns, int lines)
    {
        Assert.Equal(lines, Fitting.LinesOf(text, columns));
    }

    [Theory]
    [InlineData("Charger of my new Acme laptop melted overnight and burnt the desk", 33, 2)]
    [InlineData("Ihre Donaudampfschifffahrtsgesellschaftskapitänsmütze ist schon wieder kaputt", 33, 2)]
    public void Text_for_two_lines_takes_no_third(string text, int columns, int lines)
    {
        Assert.Equal(lines, Fitting.LinesOf(Fitting.Fit(text, columns, lines), columns));
    }
}
