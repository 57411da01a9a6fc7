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
}
