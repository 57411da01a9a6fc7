using System.Buffers.Binary;
using System.IO.Compression;
using ListeningBot.Core.Alerting.Charts;

namespace ListeningBot.Tests.Alerting.Charts;

public sealed class CaseChartTests
{
    private static readonly ChartBar[] Week = [new("Mon", 1, 3, 8), new("Tue", 0, 2, 5), new("Wed", 4, 9, 22), new("Thu", 0, 0, 3), new("Fri", 0, 1, 0), new("Sat", 0, 0, 0), new("Sun", 0, 0, 1)];

    [Fact]
    public void It_is_a_whole_picture_that_any_reader_can_open()
    {
        var png = CaseChart.Draw(Week);

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((720, 320), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        var data = png.AsSpan().IndexOf("IDAT"u8);
        var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(png, data + 4, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4))), CompressionMode.Decompress))
        {
            zlib.CopyTo(pixels);
        }
        Assert.Equal(320 * (1 + 720 * 3), pixels.Length);
        Assert.True(png.Length < 20_000, $"{png.Length} bytes");
        if (Environment.GetEnvironmentVariable("LISTENINGBOT_PAGES") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, "chart-week.png"), png);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2000)]
    [InlineData(123_456)]
    public void Any_number_of_cases_fits(int cases)
    {
        var day = Enumerable.Range(0, 25).Select(hour => new ChartBar(hour % 4 == 0 ? $"{hour:00}:00" : "", hour == 9 ? cases / 2 : 0, 0, hour == 9 ? cases - cases / 2 : 0)).ToList();

        Assert.NotEmpty(CaseChart.Draw(day));
        Assert.Contains($"{cases} cases", CaseChart.InWords(day), StringComparison.Ordinal);
        Assert.EndsWith("at 08:00 +1.", CaseChart.InWords(day), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_at_all_is_said_in_words()
    {
        Assert.Equal("No cases came.", CaseChart.InWords([new("Mon", 0, 0, 0)]));
        Assert.NotEmpty(CaseChart.Draw([new("Mon", 0, 0, 0)]));
        Assert.NotEmpty(CaseChart.Draw([]));
    }
}
