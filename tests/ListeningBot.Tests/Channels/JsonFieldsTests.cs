using System.Text.Json;
using ListeningBot.Channels;

namespace ListeningBot.Tests.Channels;

public sealed class JsonFieldsTests
{
    [Theory]
    [InlineData("-62135596801")]
    [InlineData("-99999999999")]
    [InlineData("-1e300")]
    [InlineData("1e300")]
    [InlineData("1e999")]
    [InlineData("10000000000000")]
    [InlineData("\"-70000000000\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"9999-99-99T99:99:99Z\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void A_time_that_can_not_be_is_none(string written)
    {
        using var json = JsonDocument.Parse($$"""{"at":{{written}}}""");

        Assert.Null(json.RootElement.Time("at"));
    }

    [Theory]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("\"1760000000\"", "2025-10-09T08:53:20Z")]
    [InlineData("1760000000.25", "2025-10-09T08:53:20.25Z")]
    [InlineData("1760000000250", "2025-10-09T08:53:20.25Z")]
    [InlineData("-3600", "1969-12-31T23:00:00Z")]
    [InlineData("\"2031-01-02T03:04:05+02:00\"", "2031-01-02T01:04:05Z")]
    public void A_time_is_read_however_it_is_written(string written, string meant)
    {
        using var json = JsonDocument.Parse($$"""{"at":{{written}}}""");

        Assert.Equal(DateTimeOffset.Parse(meant), json.RootElement.Time("at"));
    }

    [Theory]
    [InlineData("""{"\ud800 and much more":1,"id":"a"}""")]
    [InlineData("""{"id":"a","\udc00\udc00\udc00":1}""")]
    public void A_name_that_is_no_text_hides_at_most_its_object_and_never_throws(string hostile)
    {
        using var json = JsonDocument.Parse(hostile);

        Assert.True(json.RootElement.Text("id") is null or "a");
        Assert.Null(json.RootElement.Text("title_that_is_missing"));
        Assert.Null(json.RootElement.Time("created_at"));
        Assert.Empty(json.RootElement.Items("children", "of", "it"));
        Assert.False(json.RootElement.IsTrue("deleted"));
    }
}
