using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>How an answer goes wrong.</summary>
public enum FaultKind
{
    TooMany,
    TooManySeconds,
    TooManyDate,
    TooManyAbsurd,
    ServerError,

    /// <summary>The request took effect; its answer is cut off, or never comes.</summary>
    AcceptedThenCut,
    AcceptedThenSilent,
    Garbage,
    Truncated,
    SlowDrip,
    Reset,
    WrongType,
    WrongEncoding,
    Huge,
}

/// <summary>Stands before a local web service and makes a share of its answers wrong; counts what it was asked for.</summary>
public sealed class FaultyFront(Uri target, int seed) : LocalService
{
    /// <summary>The more often a kind stands here, the more often it comes. What costs the asker its whole patience comes seldom, so that there are many calls.</summary>
    private static readonly FaultKind[] Mix =
    [
        FaultKind.TooMany, FaultKind.TooManySeconds, FaultKind.TooManySeconds, FaultKind.TooManyDate, FaultKind.TooManyAbsurd,
        FaultKind.ServerError, FaultKind.ServerError, FaultKind.ServerError, FaultKind.ServerError,
        FaultKind.AcceptedThenCut, FaultKind.AcceptedThenCut, FaultKind.AcceptedThenCut, FaultKind.AcceptedThenSilent,
        FaultKind.Garbage, FaultKind.Garbage, FaultKind.Truncated, FaultKind.Truncated, FaultKind.SlowDrip,
        FaultKind.Reset, FaultKind.Reset, FaultKind.Reset, FaultKind.WrongType, FaultKind.WrongEncoding, FaultKind.Huge,
    ];

    private const int Drops = 20;
    private static readonly string[] Absurd = ["soon", "-5", "0x10", "1e999", "Thu, 01 Jan 1970 00:00:00 GMT", ""];
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
    private readonly ConcurrentDictionary<FaultKind, int> _wrong = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> _asked = new();
    private readonly Random _random = new(seed);
    private int _calls;
    private int _tooMany;

    /// <summary>Of all answers, from 0 to 1.</summary>
    public double Share { get; set; }

    /// <summary>Nobody is there: every connection ends at once.</summary>
    public bool Down { get; set; }

    /// <summary>How far the clock is ahead by which answers are dated.</summary>
    public TimeSpan Ahead { get; set; }
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Answers of 429.</summary>
    public int TooMany => Volatile.Read(ref _tooMany);
    public IReadOnlyDictionary<FaultKind, int> Wrong => _wrong;
    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>The most requests for one path within any second.</summary>
    public int MostASecondForAPath => _asked.Values.Select(MostASecond).DefaultIfEmpty(0).Max();

    /// <summary>The same for the host as a whole.</summary>
    public int MostASecondInAll => MostASecond(_asked.Values.SelectMany(times => times));

    protected override void Map(WebApplication app) => app.Run(ServeAsync);

    private static int MostASecond(IEnumerable<long> times)
    {
        var (most, window) = (0, new Queue<long>());
        foreach (var time in times.Order())
        {
            window.Enqueue(time);
            while (time - window.Peek() >= TimeSpan.TicksPerSecond)
            {
                window.Dequeue();
            }
            most = Math.Max(most, window.Count);
        }
        return most;
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        _asked.GetOrAdd(context.Request.Path.Value ?? "/", _ => new()).Enqueue(TimeProvider.System.GetUtcNow().Ticks);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + Ahead).ToString("R", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        if (Down)
        {
            context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
            return;
        }
        if (Choose() is not { } kind)
        {
            await PassAsync(context, await ForwardAsync(context));
            return;
        }
        _wrong.AddOrUpdate(kind, 1, (_, count) => count + 1);
        await SpoilAsync(context, kind);
    }

    private FaultKind? Choose()
    {
        lock (_random)
        {
            return _random.NextDouble() < Share ? Mix[_random.Next(Mix.Length)] : null;
        }
    }

    private Task SpoilAsync(HttpContext context, FaultKind kind) => kind switch
    {
        FaultKind.TooMany => TooManyAsync(context, null),
        FaultKind.TooManySeconds => TooManyAsync(context, "1"),
        FaultKind.TooManyDate => TooManyAsync(context, TimeProvider.System.GetUtcNow().AddSeconds(1).ToString("R", CultureInfo.InvariantCulture)),
        FaultKind.TooManyAbsurd => TooManyAsync(context, Absurd[Calls % Absurd.Length]),
        FaultKind.ServerError => FeedAnswers.Status(500 + (Calls % 5), body: "<html>oops</html>")(context),
        FaultKind.AcceptedThenCut => AcceptedThenAsync(context, cut: true),
        FaultKind.AcceptedThenSilent => AcceptedThenAsync(context, cut: false),
        FaultKind.Garbage => FeedAnswers.Bytes([0, 255, 254, 60, 123, 34, 13, 10, 7], "application/json")(context),
        FaultKind.Truncated => TruncatedAsync(context),
        FaultKind.SlowDrip => SlowAsync(context),
        FaultKind.Reset => ResetAsync(context),
        FaultKind.WrongType => FeedAnswers.Text("<!doctype html><title>Please sign in to this network</title>", "text/html")(context),
        FaultKind.WrongEncoding => FeedAnswers.Bytes("no gzip at all"u8.ToArray(), "application/json", "gzip")(context),
        _ => FeedAnswers.Bytes(new byte[12 * 1024 * 1024], "application/json")(context),
    };

    private async Task TooManyAsync(HttpContext context, string? retryAfter)
    {
        Interlocked.Increment(ref _tooMany);
        await FeedAnswers.Status(429, retryAfter)(context);
    }

    private async Task AcceptedThenAsync(HttpContext context, bool cut)
    {
        (await ForwardAsync(context)).Dispose();
        await (cut ? ResetAsync(context) : FeedAnswers.Hang()(context));
    }

    private async Task TruncatedAsync(HttpContext context)
    {
        using var answer = await ForwardAsync(context);
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await foreach (var piece in PiecesAsync(answer, context.RequestAborted))
        {
            await context.Response.Body.WriteAsync(piece[..(piece.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            break;
        }
        await ResetAsync(context);
    }

    /// <summary>All of it, but slowly.</summary>
    private async Task SlowAsync(HttpContext context)
    {
        using var answer = await ForwardAsync(context);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        var drops = 0;
        await foreach (var piece in PiecesAsync(answer, context.RequestAborted))
        {
            foreach (var part in piece.ToArray().Chunk(Math.Max(1, piece.Length / Drops)))
            {
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);

                // A stream that dripped for ever would fall behind without end.
                await Task.Delay(TimeSpan.FromMilliseconds(drops++ < Drops ? 100 : 0), TimeProvider.System, context.RequestAborted);
            }
        }
    }

    private static Task ResetAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        return Task.CompletedTask;
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context)
    {
        var asked = context.Request;
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(target, asked.Path.Value + asked.QueryString.Value));
        using var body = new MemoryStream();
        await asked.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }
        foreach (var (name, values) in asked.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Content-Length" or "Transfer-Encoding" or "Accept-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
    }

    private static async Task PassAsync(HttpContext context, HttpResponseMessage answer)
    {
        using var _ = answer;
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Content-Length" or "Connection")))
        {
            context.Response.Headers[name] = values.ToArray();
        }
        await foreach (var piece in PiecesAsync(answer, context.RequestAborted))
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>Piece by piece as it comes, because a stream has no end.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            yield return buffer.AsMemory(0, read);
        }
    }
}
