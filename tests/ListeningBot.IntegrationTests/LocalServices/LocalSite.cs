using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A web service whose one answerer decides by the whole request, query and body included.</summary>
public sealed class LocalSite : LocalService
{
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    /// <summary>The clock by which it answers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public RequestDelegate Answer { get; set; } = FeedAnswers.Status(404);

    /// <summary>Paths with their queries.</summary>
    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    protected override void Map(WebApplication app) => app.Run(context =>
    {
        _seen.Enqueue(new SeenRequest(
            context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        context.Response.Headers.Date = Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        return Answer(context);
    });
}
