using ListeningBot.Configuration;

namespace ListeningBot.Net;

/// <summary>The one HTTP client of all channels and notifiers, with its limits on size, time and address.</summary>
public sealed class WebReader(HttpSettings settings, TimeProvider time)
{
    public HttpSettings Settings { get; } = settings;
    public TimeProvider Time { get; } = time;
}
