using System.Text;
using System.Text.Json;
using ListeningBot.Channels.Replay;
using ListeningBot.Configuration;

namespace ListeningBot.Demo;

/// <summary>The demo as a configured bot: its posts, watches and settings in a folder, read as any other.</summary>
public sealed class DemoFolder(string path)
{
    private const string Posts = "posts.jsonl";

    /// <summary>Of the written folder; what the environment says does not count.</summary>
    public SettingsReader Reader { get; } = new(new Sources { Folder = path }, Program.ChannelKinds, Program.NotifierKinds);

    /// <summary>Puts the files there.</summary>
    public void Write()
    {
        Directory.CreateDirectory(Path.Combine(path, "config"));
        File.WriteAllText(Path.Combine(path, Posts), TextOf(Posts));
        File.WriteAllText(Path.Combine(path, Sources.Watches), TextOf("watches.yaml"));
        File.WriteAllText(Path.Combine(path, Sources.AppSettings), TextOf("appsettings.json").Replace($"\"{Posts}\"", JsonSerializer.Serialize(Path.GetFullPath(Path.Combine(path, Posts))), StringComparison.Ordinal));
    }

    /// <param name="pace">0: as fast as possible; 1: with the pauses of the story, about half a minute.</param>
    public static Settings Paced(Settings settings, double pace) => settings with
    {
        Channels = [.. settings.Channels.Select(channel => channel with { Options = (ReplayOptions)channel.Options with { Pace = pace } })],
    };

    private static string TextOf(string name)
    {
        using var stream = typeof(DemoFolder).Assembly.GetManifestResourceStream("ListeningBot.Demo." + name) ?? throw new InvalidOperationException($"The demo's {name} is missing from the program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
