using ListeningBot.Channels;
using ListeningBot.Channels.Replay;
using ListeningBot.Configuration;

namespace ListeningBot.Demo;

/// <summary>A morning of the made-up company Nimbus Computers: posts, letters, reviews, news and an outage, pressed into half a minute.</summary>
public static class DemoPosts
{
    private const string Resource = "ListeningBot.Demo.posts.jsonl";

    /// <summary>The lines, as <see cref="ReplayOptions"/> describes them.</summary>
    public static Stream Open() => typeof(DemoPosts).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException("The demo's posts are missing from the program.");

    /// <summary>The demo's one channel; its lines say which channel each post is shown under.</summary>
    /// <param name="pace">0: as fast as possible; 1: with the pauses of the story, about half a minute.</param>
    public static ChannelSettings Channel(double pace)
    {
        var options = new ReplayOptions { Source = Open, Pace = pace };
        return new ChannelSettings("demo", Kind, options);
    }

    private static ChannelKind Kind { get; } = ReplayKind.Create();
}
