namespace ListeningBot.Cli;

/// <summary>How verbs ask the running program on this machine: straight, never by a proxy, and not where it is sent on to.</summary>
internal static class OwnPort
{
    private const int LongestAnswer = 4 << 20;

    public static HttpClient NewClient(TimeSpan patience) =>
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = patience, MaxResponseContentBufferSize = LongestAnswer };
}
