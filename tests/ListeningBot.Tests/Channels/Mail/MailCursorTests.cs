using ListeningBot.Channels.Mail;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Channels.Mail;

public sealed class MailCursorTests
{
    private static readonly FolderPlace Some = new(9, 7, 55, 3, new DateOnly(2026, 11, 2), [1, ulong.MaxValue]);

    private static MailCursor With(params FolderPlace[] places)
    {
        var cursor = new MailCursor();
        foreach (var place in places)
        {
            cursor.Set(place);
        }
        return cursor;
    }

    private static void AssertSame(FolderPlace expected, FolderPlace? read)
    {
        Assert.Equal(expected.Recent, read!.Recent);
        Assert.Equal(expected with { Recent = read.Recent }, read);
    }

    [Fact]
    public void A_cursor_is_read_as_it_was_written()
    {
        var other = Some with { Of = ulong.MaxValue, Uid = 4, Recent = [] };

        AssertSame(Some, MailCursor.Read(With(Some).ToCursor()).PlaceOf(9));
        var both = MailCursor.Read(With(other, Some).ToCursor());
        AssertSame(Some, both.PlaceOf(9));
        AssertSame(other, both.PlaceOf(ulong.MaxValue));
    }

    [Fact]
    public void A_cursor_from_when_there_was_one_folder_goes_on_where_it_was() =>
        AssertSame(Some, MailCursor.Read(new Cursor("{\"Of\":9,\"Validity\":7,\"Uid\":55,\"FirstUntil\":3,\"Day\":\"2026-11-02\",\"Recent\":[1,18446744073709551615]}")).PlaceOf(9));

    [Theory]
    [InlineData("")]
    [InlineData("12:7")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null,{}]")]
    [InlineData("[7]")]
    [InlineData("{\"Of\":9,\"Validity\":-1}")]
    public void What_is_no_cursor_begins_anew(string value) => Assert.Null(MailCursor.Read(new Cursor(value)).PlaceOf(9));

    [Fact]
    public void The_place_of_another_folder_begins_anew() => Assert.Null(MailCursor.Read(With(Some).ToCursor()).PlaceOf(10));

    [Fact]
    public void A_folder_that_is_read_no_more_is_forgotten()
    {
        var cursor = With(Some, Some with { Of = 10 });
        cursor.Keep([10]);
        Assert.Null(MailCursor.Read(cursor.ToCursor()).PlaceOf(9));
        Assert.NotNull(MailCursor.Read(cursor.ToCursor()).PlaceOf(10));
    }

    [Fact]
    public void It_never_goes_back_and_keeps_a_bounded_memory()
    {
        var after = Some.After(54, new DateOnly(2026, 11, 1), Enumerable.Range(100, 2000).Select(n => (ulong)n));
        Assert.Equal((55u, Some.Day, FolderPlace.MaxRecent), (after.Uid, after.Day, after.Recent.Count));
        Assert.Equal(2099ul, after.Recent[^1]);
        Assert.InRange(With(after).ToCursor().Value.Length, 0, 20_000);
    }
}
