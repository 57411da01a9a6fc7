using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A request as the local feed service got it.</summary>
public sealed record SeenRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A web site whose every path answers as a test says (see <see cref="FeedAnswers"/>); unknown paths are 404.</summary>
public sealed class LocalFeed : LocalService
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    /// <summary>"127.0.0.1:PORT", as Http:AllowPrivateHosts wants it.</summary>
    public string HostAndPort => $"127.0.0.1:{Port}";

    public static async Task<LocalFeed> StartedAsync()
    {
        var feed = new LocalFeed();
        await feed.StartAsync();
        return feed;
    }

    public Uri Url(string path) => new(Address + path);

    public int SeenAt(string path) => _seen.Count(request => request.Path == path);

    /// <summary>From now on <paramref name="path"/> answers like this.</summary>
    public LocalFeed At(string path, RequestDelegate answer)
    {
        _answers[path] = answer;
        return this;
    }

    protected override void Map(WebApplication app) => app.Run(async context =>
    {
        var path = context.Request.Path.Value ?? "/";
        _seen.Enqueue(new SeenRequest(path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        await (_answers.TryGetValue(path, out var answer) ? answer : FeedAnswers.Status(404))(context);
    });
}
