using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Benchmarks;

/// <summary>
/// One Jetstream frame (a post of about 1.3 kB), parsed to what matching needs: its text and the keys of its thread. Ours against the two usual
/// ways of .NET, in one run. Then with matching: 1,000 watches, none of which matches.
/// </summary>
[MemoryDiagnoser]
public class JetstreamParsing
{
    private const int Frames = 256;
    private readonly JetstreamEvents _events = new();
    private readonly JetstreamBatch _batch;
    private byte[][] _frames = [];
    private WatchSet _watches = WatchSet.Build([], Ours.Nobody);

    public JetstreamParsing() => _batch = new JetstreamBatch("sky", _events) { Next = new Cursor("1") };

    [GlobalSetup]
    public void Prepare()
    {
        _frames = [.. Enumerable.Range(0, Frames).Select(Frame)];
        Console.WriteLine($"// mean frame: {_frames.Average(f => f.Length):0} bytes");
        _watches = WatchSet.Build(
            [.. Enumerable.Range(0, 1000).Select(n => new Watch { Name = "watch " + n, Team = "care", Find = [$"brand{n}", $"product line {n}"] })],
            Ours.Nobody);
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Ours_Utf8JsonReader_no_strings()
    {
        _events.Clear();
        var length = 0;
        foreach (var frame in _frames)
        {
            JetstreamParser.Read(frame, _events, out _);
        }
        for (var i = 0; i < _batch.Count; i++)
        {
            length += _batch.TextOf(i).Length + (_batch.IsReply(i) ? 1 : 0);
        }
        return length;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public int Records_by_source_generator()
    {
        var length = 0;
        foreach (var frame in _frames)
        {
            var parsed = JsonSerializer.Deserialize(frame, RivalJson.Default.RivalEvent)!;
            length += parsed.Commit!.Record!.Text!.Length + (parsed.Commit.Record.Reply is null ? 0 : 1);
        }
        return length;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int JsonDocument_and_GetString()
    {
        var length = 0;
        foreach (var frame in _frames)
        {
            using var document = JsonDocument.Parse(frame);
            var record = document.RootElement.GetProperty("commit").GetProperty("record");
            length += record.GetProperty("text").GetString()!.Length + (record.TryGetProperty("reply", out _) ? 1 : 0);
        }
        return length;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Ours_with_matching_1000_watches()
    {
        _events.Clear();
        foreach (var frame in _frames)
        {
            JetstreamParser.Read(frame, _events, out _);
        }
        var matched = 0;
        for (var i = 0; i < _batch.Count; i++)
        {
            matched += _watches.Matches(_batch.TextOf(i), "sky") ? 1 : 0;
        }
        return matched;
    }

    /// <summary>A post with two hundred and some characters, an answer, a mention, a link and two pictures, as such posts look on the wire.</summary>
    private static byte[] Frame(int n)
    {
        var words = "I have been without a working line since the weekend, the hotline says ten minutes and means two hours, and the technician who never came is listed as a visit that went well. Number of tries so far: " + n + " 🙃";
        var did = "did:plc:" + string.Concat(Enumerable.Repeat("k7x2m4qa", 3));
        var frame = $$$"""
            {"did":"{{{did}}}","time_us":{{{1793606400000000 + n}}},"cursor":{{{88213000000 + n}}},"kind":"commit","commit":{"rev":"3mabcdefghij2","operation":"create","collection":"app.bsky.feed.post","rkey":"3mabcdefgh{{{n:000}}}","record":{"$type":"app.bsky.feed.post","createdAt":"2026-11-02T08:59:58.412Z","embed":{"$type":"app.bsky.embed.images","images":[{"alt":"A router with a red light","aspectRatio":{"height":1500,"width":2000},"image":{"$type":"blob","ref":{"$link":"bafkreiabcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstu"},"mimeType":"image/jpeg","size":318822}}]},"facets":[{"$type":"app.bsky.richtext.facet","features":[{"$type":"app.bsky.richtext.facet#mention","did":"{{{did}}}"}],"index":{"byteEnd":22,"byteStart":0}}],"langs":["en"],"reply":{"parent":{"cid":"bafyreiabcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstu","uri":"at://{{{did}}}/app.bsky.feed.post/3mparentabcde"},"root":{"cid":"bafyreiabcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstu","uri":"at://{{{did}}}/app.bsky.feed.post/3mrootabcdefg"}},"text":"{{{words}}}"},"cid":"bafyreiabcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstu"}}
            """;
        return Encoding.UTF8.GetBytes(frame);
    }
}

internal sealed record RivalEvent(string? Did, [property: JsonPropertyName("time_us")] long TimeUs, string? Kind, RivalCommit? Commit);

internal sealed record RivalCommit(string? Operation, string? Collection, string? Rkey, RivalRecord? Record);

internal sealed record RivalRecord(string? Text, string? CreatedAt, string[]? Langs, RivalReply? Reply);

internal sealed record RivalReply(RivalRef? Parent, RivalRef? Root);

internal sealed record RivalRef(string? Uri, string? Cid);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RivalEvent))]
internal sealed partial class RivalJson : JsonSerializerContext;
