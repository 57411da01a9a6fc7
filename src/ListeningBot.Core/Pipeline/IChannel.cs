using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>A connected account, feed or inbox that we listen on.</summary>
public interface IChannel
{
    /// <summary>
    /// Reads from <paramref name="since"/> (null: first contact, start 24 hours back). The next batch is asked for only after the last one is durable.
    /// An empty batch means "alive, nothing new". Ends only when the source is finite and read to its end; a source that fails throws
    /// <see cref="ChannelException"/> and is read again after a pause. Changed watches restart the enumeration.
    /// </summary>
    IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, CancellationToken ct);

    /// <summary>False where others bring what they have: what came while nobody listened can't be asked for, and nobody knows whether it was sent again.</summary>
    bool ReadsBack => true;
}

/// <summary>A source can't be read. The message says what, where and the cure, to an operator; it holds no secret and no customer text.</summary>
public class ChannelException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>When the service said how long to wait.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>It did not: this pause is our own.</summary>
    public bool IsOwnPause { get; init; }

    /// <summary>The service broke, not our asking (an answer of 5xx): it likely passes by itself, and soon.</summary>
    public bool Passes { get; init; }

    /// <summary>Only a human can mend it (refused sign-in): tried again rarely, and at once when the configuration changes.</summary>
    public bool NeedsOperator { get; init; }
}
