using ListeningBot.Channels.Mail;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Channels.Mail;

public sealed class MailCursorTests
{
    private static readonly MailCursor Some = new(9, 7, 55, 3, new DateOnly(2026, 11, 2), [1, ulong.MaxValue]);

    [Fact]
    public void A_cursor_is_read_as_it_was_written()
    {
        var read = MailCursor.Read(Some.ToCursor(), 9)!;
        Assert.Equal(Some.Recent, read.Recent);
        Assert.Equal(Some with { Recent = read.Recent }, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12:7")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"Of\":9,\"Validity\":-1}")]
    public void What_is_no_cursor_begins_anew(string value) => Assert.Null(MailCursor.Read(new Cursor(value), 9));

    [Fact]
    public void The_cursor_of_another_folder_begins_anew() => Assert.Null(MailCursor.Read(Some.ToCursor(), 10));

    [Fact]
    public void It_never_goes_back_and_keeps_a_bounded_memory()
    {
        var after = Some.After(54, new DateOnly(2026, 11, 1), Enumerable.Range(100, 2000).Select(n => (ulong)n));
        Assert.Equal((55u, Some.Day, MailCursor.MaxRecent), (after.Uid, after.Day, after.Recent.Count));
        Assert.Equal(2099ul, after.Recent[^1]);
        Assert.InRange(after.ToCursor().Value.Length, 0, 20_000);
    }
}
