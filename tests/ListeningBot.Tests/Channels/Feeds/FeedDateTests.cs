using System.Globalization;
using ListeningBot.Channels.Feeds;

namespace ListeningBot.Tests.Channels.Feeds;

public sealed class FeedDateTests
{
    [Theory]
    [InlineData("Mon, 02 Nov 2026 09:05:07 GMT", "2026-11-02T09:05:07Z")]
    [InlineData("Mon, 2 Nov 2026 09:05:07 +0100", "2026-11-02T08:05:07Z")]
    [InlineData("2 Nov 26 09:05 EST", "2026-11-02T14:05:00Z")]
    [InlineData("02 Nov 99 09:05:07 PDT", "1999-11-02T16:05:07Z")]
    [InlineData("Mon, 02 Nov 2026 09:05:07", "2026-11-02T09:05:07Z")]
    [InlineData("Mon, 02 Nov 2026", "2026-11-02T00:00:00Z")]
    [InlineData("Monday, 02 November 2026 09:05:07 CEST", "2026-11-02T07:05:07Z")]
    [InlineData("Mon 02 Nov 2026 09:05:07 -05:00", "2026-11-02T14:05:07Z")]
    [InlineData("Mon, 02-Nov-2026 09:05:07 UTC", "2026-11-02T09:05:07Z")]
    [InlineData("Mon, 02 Nov 2026 24:00:00 GMT", "2026-11-03T00:00:00Z")]
    [InlineData("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z")]
    [InlineData("Mon, 02 Nov 2026 09:05:07 GMT+2", "2026-11-02T07:05:07Z")]
    [InlineData("Mon, 02 Nov 2026 09:05:07 XYZ", "2026-11-02T09:05:07Z")]
    [InlineData("Mon, 02 Nov 2026 09:05:07 +0000 (UTC)", "2026-11-02T09:05:07Z")]
    [InlineData("  Mon,  02\n Nov 2026   09:05:07 Z ", "2026-11-02T09:05:07Z")]
    [InlineData("Mo., 02 Nov 2026 09:05:07 +0100", "2026-11-02T08:05:07Z")]
    [InlineData("Mon Nov  2 09:05:07 2026", "2026-11-02T09:05:07Z")]
    [InlineData("Mon Nov 2 09:05:07 UTC 2026", "2026-11-02T09:05:07Z")]
    [InlineData("November 2, 2026 9:05 PM", "2026-11-02T21:05:00Z")]
    [InlineData("Nov 2nd, 2026, 12:05 am", "2026-11-02T00:05:00Z")]
    [InlineData("2026-11-02T09:05:07Z", "2026-11-02T09:05:07Z")]
    [InlineData("2026-11-02T09:05:07.250+01:00", "2026-11-02T08:05:07Z")]
    [InlineData("2026-11-02T09:05+0100", "2026-11-02T08:05:00Z")]
    [InlineData("2026-11-02 09:05:07", "2026-11-02T09:05:07Z")]
    [InlineData("2026-11-02T09:05:07 UTC", "2026-11-02T09:05:07Z")]
    [InlineData("2026-11-02", "2026-11-02T00:00:00Z")]
    [InlineData("2026-11", "2026-11-01T00:00:00Z")]
    [InlineData("2026/11/02 09:05", "2026-11-02T09:05:00Z")]
    [InlineData("20261102T090507Z", "2026-11-02T09:05:07Z")]
    [InlineData("20261102", "2026-11-02T00:00:00Z")]
    [InlineData("\u0662\u0660\u0662\u0666-\u0661\u0661-\u0660\u0662T\u0660\u0669:\u0660\u0665:\u0660\u0667Z", "2026-11-02T09:05:07Z")]
    [InlineData("Mon, 0\u09E8 Nov 2026 0\u0AEF:05:07 GMT", "2026-11-02T09:05:07Z")]
    [InlineData("1793610307", "2026-11-02T09:05:07Z")]
    [InlineData("1793610307000", "2026-11-02T09:05:07Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public void Dates_of_feeds_are_read(string text, string utc) =>
        Assert.Equal(utc, FeedDate.Parse(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("Mon, 32 Nov 2026 09:05:07 GMT")]
    [InlineData("Mon, 02 Nox 2026 09:05:07 GMT")]
    [InlineData("2026-13-02")]
    [InlineData("2026-02-30")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    [InlineData("99999999999999999999")]
    [InlineData("Nov 2")]
    [InlineData("2026-11-02T25:00:00Z")]
    [InlineData("{{date}}")]
    public void Garbage_is_no_date(string? text) => Assert.Null(FeedDate.Parse(text));

    [Fact]
    public void Random_text_never_fails()
    {
        var random = new Random(7);
        const string Signs = "0123456789 :-+./,TZMonNovGMTap()\u2212\u0664\u06F8";
        for (var i = 0; i < 20_000; i++)
        {
            FeedDate.Parse(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Signs[random.Next(Signs.Length)])));
        }
        Assert.Null(FeedDate.Parse(new string('1', 100_000)));
    }
}
