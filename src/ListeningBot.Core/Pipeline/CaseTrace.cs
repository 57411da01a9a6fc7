using System.Diagnostics;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// One trace for each trouble, from the post to the claim and on. It begins when a post is heard, before it is recorded: the name of its first span ("00-trace-span-01", as the W3C writes it) is kept with the
/// mention and its case, so that what happens hours later, on whatever machine, stands in the same trace. Each span lasts as long as its own work, never as long as somebody waits.
/// Attributes are names of the configuration, numbers and words of this program: no words of customers, no names, no addresses.
/// </summary>
public static class CaseTrace
{
    /// <summary>When a post was read long after it was posted, the trace begins when we saw it, not with the wait before.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static ActivitySource Source { get; } = new("ListeningBot");

    /// <summary>Somebody listens; else nothing of this costs anything.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>The first span of a heard post's trace: not ended, and not current. Null: this one is not sampled.</summary>
    public static Activity? Begin(string channel)
    {
        var current = Activity.Current;
        Activity.Current = null;
        var post = Source.StartActivity("post");
        Activity.Current = current;
        if (post is not { Recorded: true })
        {
            return null;
        }
        post.SetTag("listeningbot.channel", channel);
        return post;
    }

    /// <summary>The post is recorded: ends its first span and adds the steps of its way.</summary>
    /// <param name="joined">The first span of the case that it became part of, when it opened none; null or not a trace: none.</param>
    public static void End(Activity post, Post heard, BatchClock clock, string? joined)
    {
        var recorded = clock.Fetched + clock.Elapsed;
        var begun = heard.Posted is { } posted && posted < clock.Seen && clock.Seen - posted <= LongestWait ? posted : clock.Seen;
        if (heard.Posted is { } at)
        {
            post.SetTag("listeningbot.posted_to_seen_seconds", Math.Max(0, (clock.Seen - at).TotalSeconds));
        }
        if (ActivityContext.TryParse(joined, null, isRemote: true, out var @case))
        {
            post.AddLink(new ActivityLink(@case));
        }
        var current = Activity.Current;
        Step(post, "listen", begun, clock.Fetched);
        Step(post, "match and score", clock.Fetched, clock.Fetched + clock.Scored);
        Step(post, "record", clock.Fetched + clock.Scored, recorded);
        post.SetStartTime(begun.UtcDateTime);
        post.SetEndTime(recorded.UtcDateTime);
        post.Stop();
        Activity.Current = current;
    }

    /// <summary>Something that happens to a case now; it is ended by disposing it. Null: nobody listens, or the case has no trace.</summary>
    /// <param name="trace">The first span of the case.</param>
    public static Activity? Start(string name, ActivityKind kind, string? trace) =>
        IsOn && ActivityContext.TryParse(trace, null, isRemote: true, out var first) ? Source.StartActivity(name, kind, first) : null;

    private static void Step(Activity post, string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var step = Source.StartActivity(name, ActivityKind.Internal, post.Context, startTime: from);
        step?.SetEndTime(to.UtcDateTime);
    }
}
