using System.Text;
using System.Text.Json.Nodes;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Channels.Bluesky;

internal static class JetstreamFixture
{
    public static IReadOnlyList<byte[]> Frames { get; } = Read();

    /// <summary>A well-formed frame, changed.</summary>
    public static byte[] Frame(Action<JsonNode>? change = null)
    {
        var node = JsonNode.Parse(Frames[0])!;
        change?.Invoke(node);
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }

    /// <summary>What these frames hold, as the pipeline gets it; nothing may be wrong with them.</summary>
    public static PostBatch Batch(params byte[][] frames)
    {
        var events = new JetstreamEvents();
        foreach (var frame in frames)
        {
            Assert.Null(JetstreamParser.Read(frame, events, out _));
        }
        return new JetstreamBatch("sky", events) { Next = new Cursor("1") };
    }

    private static List<byte[]> Read()
    {
        using var stream = typeof(JetstreamFixture).Assembly.GetManifestResourceStream("jetstream.jsonl")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)];
    }
}
