using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>A way in which a request goes wrong.</summary>
public sealed record LocalFault(LocalFault.Way How, string? Method, string? Path)
{
    /// <param name="proceed">Does what was asked; its answer is kept back until the fault lets it out.</param>
    public delegate Task Way(HttpContext context, Func<Task<(int Status, JsonNode? Body)>> proceed);

    public int Left { get; set; } = 1;

    public bool Fits(string method, string path) => (Method is null || Method == method) && (Path is null || path.Contains(Path, StringComparison.Ordinal));

    /// <summary>Never answers.</summary>
    public static Way Hang { get; } = (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>The socket ends before anything is done.</summary>
    public static Way CutBefore { get; } = (context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>It is done, and the socket ends before the answer.</summary>
    public static Way CutAfter { get; } = async (context, proceed) =>
    {
        await proceed();
        context.Abort();
    };

    public static Way Garbage { get; } = async (context, proceed) =>
    {
        await proceed();
        context.Response.StatusCode = 200;
        await context.Response.WriteAsync("<html>Whoops</html>");
    };

    public static Way Status(int status, int code = 0) => async (context, _) =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(new JsonObject { ["message"] = "made to fail", ["code"] = code }.ToJsonString());
    };

    /// <summary>Answers 429 as documented under "Exceeding A Rate Limit".</summary>
    public static Way TooMany(double seconds, bool global = false, string? scope = null) => async (context, _) =>
    {
        await WriteTooManyAsync(context, seconds, global, scope ?? (global ? "global" : "user"));
    };

    internal static async Task WriteTooManyAsync(HttpContext context, double seconds, bool global, string scope)
    {
        context.Response.StatusCode = 429;
        context.Response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Scope"] = scope;
        if (global)
        {
            context.Response.Headers["X-RateLimit-Global"] = "true";
        }
        await context.Response.WriteAsync(new JsonObject { ["message"] = "You are being rate limited.", ["retry_after"] = seconds, ["global"] = global }.ToJsonString());
    }
}
