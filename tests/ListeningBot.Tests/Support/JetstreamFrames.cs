using System.Text.Json;
using System.Text.Json.Nodes;

namespace ListeningBot.Tests.Support;

/// <summary>Frames in the shape of Jetstream's `/subscribe`; time_us is given by the service when it sends them.</summary>
public static class JetstreamFrames
{
    public static JsonObject Post(string rkey, string text, string did = "did:plc:mia", DateTimeOffset? createdAt = null, string? parent = null, string? root = null, string operation = "create")
    {
        var record = new JsonObject { ["$type"] = "app.bsky.feed.post", ["createdAt"] = (createdAt ?? ManualClock.Start).ToString("O"), ["langs"] = new JsonArray("en"), ["text"] = text };
        if (parent is not null)
        {
            record["reply"] = new JsonObject { ["parent"] = Ref(parent), ["root"] = Ref(root ?? parent) };
        }
        return Commit(did, operation, rkey, record);
    }

    public static JsonObject Deletion(string rkey, string did = "did:plc:mia") => Commit(did, "delete", rkey, record: null);

    public static JsonObject Account(string did, string status) => new()
    {
        ["did"] = did,
        ["kind"] = "account",
        ["account"] = new JsonObject { ["active"] = false, ["did"] = did, ["seq"] = 1, ["status"] = status },
    };

    public static JsonObject Identity(string did, string handle) => new()
    {
        ["did"] = did,
        ["kind"] = "identity",
        ["identity"] = new JsonObject { ["did"] = did, ["handle"] = handle, ["seq"] = 1 },
    };

    private static JsonObject Commit(string did, string operation, string rkey, JsonObject? record)
    {
        var commit = new JsonObject { ["rev"] = "3m" + rkey, ["operation"] = operation, ["collection"] = "app.bsky.feed.post", ["rkey"] = rkey };
        if (record is not null)
        {
            commit["record"] = record;
            commit["cid"] = "bafyrei" + rkey;
        }
        return new JsonObject { ["did"] = did, ["kind"] = "commit", ["commit"] = commit };
    }

    /// <param name="post">"did/rkey".</param>
    private static JsonObject Ref(string post) => new() { ["cid"] = "bafyrei", ["uri"] = "at://" + post.Replace("/", "/app.bsky.feed.post/", StringComparison.Ordinal) };

    public static byte[] Bytes(JsonObject frame, long timeUs)
    {
        var stamped = frame.DeepClone().AsObject();
        stamped["time_us"] = timeUs;
        return JsonSerializer.SerializeToUtf8Bytes(stamped);
    }
}
