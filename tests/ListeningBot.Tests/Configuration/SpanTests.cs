using System.Globalization;
using ListeningBot.Configuration.Teams;

namespace ListeningBot.Tests.Configuration;

/// <summary>Spans as managers write them in config/responders.yaml.</summary>
public sealed class SpanTests
{
    [Theory]
    [InlineData("2026-12-24", "2026-12-24T00:00 2026-12-25T00:00")]
    [InlineData("2026-12-24 09:00-13:00", "2026-12-24T09:00 2026-12-24T13:00")]
    [InlineData("2026-12-24 22:00-02:00", "2026-12-24T22:00 2026-12-25T02:00")]
    [InlineData("2026-08-03 to 2026-08-14", "2026-08-03T00:00 2026-08-15T00:00")]
    [InlineData("2026-08-03 12:00 to 2026-08-14 09:00", "2026-08-03T12:00 2026-08-14T09:00")]
    [InlineData("2026-12-23 18:00 to 2026-12-27 00:00", "2026-12-23T18:00 2026-12-27T00:00")]
    [InlineData("2026-12-23 18:00 to 2026-12-27 24:00", "2026-12-23T18:00 2026-12-28T00:00")]
    public void Midnight_ends_the_day_only_as_24_00(string written, string meant) =>
        Assert.Equal(meant, TimeWords.Span(written) is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.From:yyyy-MM-dd'T'HH:mm} {span.To:yyyy-MM-dd'T'HH:mm}") : null);

    [Theory]
    [InlineData("2026-12-24 to 2026-12-24 00:00")]
    [InlineData("2026-12-24 09:00 to 2026-12-24 08:00")]
    public void What_ends_before_it_begins_is_none(string written) => Assert.Null(TimeWords.Span(written));
}
