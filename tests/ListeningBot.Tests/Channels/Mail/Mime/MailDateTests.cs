using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Tests.Channels.Mail.Mime;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("02-Nov-2026 09:00:00 +0100", "2026-11-02T08:00:00Z")]
    [InlineData(" 2-Nov-2026 09:00:00 -0330", "2026-11-02T12:30:00Z")]
    [InlineData("Mon, 2 Nov 2026 09:00:00 +01:00", "2026-11-02T08:00:00Z")]
    [InlineData("Mon, 2 Nov 2026 09:00:00 GMT+0100", "2026-11-02T08:00:00Z")]
    [InlineData("Mon, 2 November 2026 09:00:00 UT", "2026-11-02T09:00:00Z")]
    [InlineData("Mon, 2 Nov 1999 09:00:00.123 +0000", "1999-11-02T09:00:00Z")]
    [InlineData("Mon (day), 2 Nov 26 (year) 09:00 EDT", "2026-11-02T13:00:00Z")]
    [InlineData("Sun, 29 Feb 2024 23:59:59 -1200", "2024-03-01T11:59:59Z")]
    [InlineData("Mon, 2 Nov 2026 09:00:00 +9999", "2026-11-02T09:00:00Z")]
    public void Dates_are_read(string text, string utc) => Assert.Equal(DateTimeOffset.Parse(utc), MailDate.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Nov")]
    [InlineData("2 Nov 2026")]
    [InlineData("2 Nov 1601 09:00:00 +0000")]
    [InlineData("32 Nov 2026 09:00:00 +0000")]
    [InlineData("2 Nov 2026 25:00:00 +0000")]
    [InlineData("2 Nov 2026 :: +0000")]
    [InlineData("2 Nov 99999 09:00:00 +0000")]
    [InlineData("-2 Nov 2026 0x9:00 +0000")]
    [InlineData("Mon, 2 Nov 2026 9+01:00")]
    public void What_is_no_date_is_none(string? text) => Assert.Null(MailDate.Parse(text));
}
