namespace ListeningBot.Channels;

/// <summary>A way to put a made-up complaint into a channel's source, so that it comes in like a customer's.</summary>
public interface ICanaryPath
{
    /// <summary>Puts it there. Throws <see cref="IOException"/> or <see cref="Core.Pipeline.ChannelException"/> with a sentence for operators, no secret in it.</summary>
    /// <param name="id">Unique, of letters, digits and dashes.</param>
    Task SendAsync(string id, string title, string text, CancellationToken ct);
}
