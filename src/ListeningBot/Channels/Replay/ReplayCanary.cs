using System.Text.Json;

namespace ListeningBot.Channels.Replay;

/// <summary>A line at the end of a file that is followed.</summary>
internal sealed class ReplayCanary(ReplayOptions options) : ICanaryPath
{
    public async Task SendAsync(string id, string title, string text, CancellationToken ct)
    {
        try
        {
            await File.AppendAllTextAsync(options.Path, "\n" + JsonSerializer.Serialize(new { id, text, author = new { id = "listeningbot-canary", name = "Canary" } }) + "\n", ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"\"{options.Path}\" can't be written to ({e.GetType().Name}). Let the program append to it, or set Canary to false there.", e);
        }
    }
}
