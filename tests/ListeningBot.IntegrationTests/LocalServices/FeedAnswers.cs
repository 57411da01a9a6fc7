using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>What a site can do to us, good and bad.</summary>
public static class FeedAnswers
{
    private static readonly Lazy<byte[]> Bomb = new(() => Brotli(new byte[1024 * 1024], times: 1024));

    public static RequestDelegate Text(string text, string contentType = "application/rss+xml; charset=utf-8") =>
        Bytes(Encoding.UTF8.GetBytes(text), contentType);

    public static RequestDelegate Bytes(byte[] body, string? contentType, string? encoding = null) => async context =>
    {
        context.Response.ContentType = contentType;
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Answers 304 to who already has <paramref name="etag"/>.</summary>
    public static RequestDelegate Tagged(string text, string etag, string? lastModified = null) => async context =>
    {
        context.Response.Headers.ETag = etag;
        context.Response.Headers.LastModified = lastModified;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = 304;
            return;
        }
        await Text(text)(context);
    };

    public static RequestDelegate Status(int status, string? retryAfter = null, string body = "") => async context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }
        await context.Response.WriteAsync(body, context.RequestAborted);
    };

    public static RequestDelegate RedirectTo(string address, int status = 302) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = address;
        return Task.CompletedTask;
    };

    /// <summary>Takes the request and says nothing until the asker leaves.</summary>
    public static RequestDelegate Hang() => Gone;

    /// <summary>Sends the beginning, then nothing more.</summary>
    public static RequestDelegate Stall(string beginning) => async context =>
    {
        await context.Response.WriteAsync(beginning, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Gone(context);
    };

    /// <summary>Sends the beginning of a longer answer and cuts the connection.</summary>
    public static RequestDelegate CutOff(string beginning) => async context =>
    {
        context.Response.ContentType = "application/rss+xml";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(beginning) + 1000;
        await context.Response.WriteAsync(beginning);
        await context.Response.Body.FlushAsync();
        context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
    };

    /// <summary>1 GiB of zeros in about a kilobyte.</summary>
    public static RequestDelegate BrotliBomb() => context => Bytes(Bomb.Value, "application/rss+xml", "br")(context);

    public static byte[] Brotli(byte[] body, int times = 1) => Packed(body, times, packed => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true));

    public static byte[] Gzip(byte[] body) => Packed(body, 1, packed => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true));

    public static byte[] Deflate(byte[] body) => Packed(body, 1, packed => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true));

    private static byte[] Packed(byte[] body, int times, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            for (var i = 0; i < times; i++)
            {
                stream.Write(body);
            }
        }
        return packed.ToArray();
    }

    private static async Task Gone(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var left = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
