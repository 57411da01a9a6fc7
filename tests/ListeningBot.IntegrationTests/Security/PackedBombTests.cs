using System.IO.Compression;
using ListeningBot.Configuration;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;

namespace ListeningBot.IntegrationTests.Security;

/// <summary>A packed answer is read up to its cap of unpacked bytes, whatever it is packed with and however often; what is thrown away takes no memory.</summary>
public sealed class PackedBombTests
{
    private const int Unpacked = 256 * 1024 * 1024;
    private const long MostMemory = 64L * 1024 * 1024;
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(60), 1024 * 1024);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("br, gzip")]
    [InlineData("gzip, br, deflate")]
    [InlineData("zstd")]
    [InlineData("x-gzip")]
    [InlineData("compress")]
    [InlineData("identity")]
    public async Task It_ends_at_the_cap(string encoding)
    {
        await using var site = await LocalFeed.StartedAsync();
        var bomb = Bomb(encoding);
        site.At("/", FeedAnswers.Bytes(bomb, "application/rss+xml", encoding == "raw deflate" ? "deflate" : encoding));
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = [site.HostAndPort] }, TimeProvider.System);
        await AskAsync(web, site);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var read = await AskAsync(web, site);

        Assert.InRange(read, -1, Limits.MaxBytes);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, MostMemory);
    }

    /// <summary>Many gzip members behind each other, each of nothing: work without bytes.</summary>
    [Fact]
    public async Task Empty_members_without_end_end_with_the_answer()
    {
        await using var site = await LocalFeed.StartedAsync();
        var member = FeedAnswers.Gzip([]);
        site.At("/", FeedAnswers.Bytes([.. Enumerable.Repeat(member, 20_000).SelectMany(one => one)], "text/plain", "gzip"));
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = [site.HostAndPort] }, TimeProvider.System);

        Assert.InRange(await AskAsync(web, site), -1, Limits.MaxBytes);
    }

    /// <summary>The length of the body, or -1 when it was refused.</summary>
    private static async Task<int> AskAsync(WebReader web, LocalFeed site)
    {
        try
        {
            return (await web.GetAsync(new WebGet(site.Url("/")) { Limits = Limits }, default)).Body.Length;
        }
        catch (WebFaultException e) when (e.Fault is WebFault.TooLarge or WebFault.Garbled or WebFault.CutOff)
        {
            return -1;
        }
    }

    private static byte[] Bomb(string encodings)
    {
        var packed = Array.Empty<byte>();
        foreach (var (encoding, first) in encodings.Split(", ").Select((encoding, i) => (encoding, i == 0)))
        {
            using var into = new MemoryStream();
            using (var packer = Packer(encoding, into))
            {
                if (first)
                {
                    var zeros = new byte[1024 * 1024];
                    for (var written = 0; written < (encoding is "gzip" or "deflate" or "raw deflate" or "br" or "x-gzip" ? Unpacked : 8 * 1024 * 1024); written += zeros.Length)
                    {
                        packer.Write(zeros);
                    }
                }
                else
                {
                    packer.Write(packed);
                }
            }
            packed = into.ToArray();
        }
        return packed;
    }

    private static Stream Packer(string encoding, Stream into) => encoding switch
    {
        "gzip" or "x-gzip" => new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(into, CompressionLevel.Fastest, leaveOpen: true),
        "raw deflate" => new DeflateStream(into, CompressionLevel.Fastest, leaveOpen: true),
        "br" => new BrotliStream(into, CompressionLevel.Fastest, leaveOpen: true),

        // What nobody asked for comes as it is.
        _ => new BufferedStream(into),
    };
}
