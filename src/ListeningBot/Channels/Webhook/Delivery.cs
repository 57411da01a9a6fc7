using System.Text;
using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Channels.Webhook;

/// <summary>What of a delivery was no post.</summary>
/// <param name="Item">From 1, in the order of the list.</param>
/// <param name="Line">From 1, where it begins in the body.</param>
internal sealed record Refused(int Item, int Line, string Why, string Cure);

/// <summary>What of a delivery was taken, and not as it says.</summary>
/// <param name="Item">From 1, in the order of the list.</param>
/// <param name="Line">From 1, where it begins in the body.</param>
internal sealed record Doubted(int Item, int Line, string Why, string Cure);

/// <summary>One request's posts, on their way into the store.</summary>
/// <param name="at">When it came.</param>
/// <param name="clocksDiffer">How far the sender's clock may be from ours.</param>
internal sealed class Delivery(DateTimeOffset at, TimeSpan clocksDiffer)
{
    private const int Most = 1000;
    private const int KeptAside = 4096;
    private const string Cure = "Send one object such as {\"id\":\"17\",\"text\":\"...\",\"posted\":\"2026-11-03T09:30:00Z\"}, or a list of them; the program's deploy/README.md, \"A webhook\", tells all keys.";
    private const string ClockCure = "Send when it was posted, in UTC (\"2026-11-03T09:30:00Z\") or with its offset (\"+01:00\"), by a right clock; without an offset it is taken for UTC.";
    private readonly TaskCompletionSource<bool> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _items;

    /// <summary>When it came.</summary>
    public DateTimeOffset At => at;
    public List<PostChange> Changes { get; } = [];

    /// <summary>Which items became a post, from 1.</summary>
    public List<int> Taken { get; } = [];
    public List<Refused> Refused { get; } = [];
    public List<Doubted> Doubted { get; } = [];
    public List<BadItem> Aside { get; } = [];

    /// <summary>True once all is durable; false when it could not be stored.</summary>
    public Task<bool> Stored => _stored.Task;

    /// <summary>The first word counts.</summary>
    public void End(bool stored) => _stored.TrySetResult(stored);

    /// <summary>Takes a body apart. Where it stops to be JSON, what stands before that is taken.</summary>
    public static Delivery Read(ReadOnlyMemory<byte> body, string channel, DateTimeOffset now, TimeSpan clocksDiffer)
    {
        var delivery = new Delivery(now, clocksDiffer);
        delivery.Read(body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body, channel);
        return delivery;
    }

    private void Read(ReadOnlyMemory<byte> body, string channel)
    {
        var reader = new Utf8JsonReader(body.Span);
        try
        {
            reader.Read();
            var many = reader.TokenType == JsonTokenType.StartArray;
            while ((!many || reader.Read()) && reader.TokenType != JsonTokenType.EndArray)
            {
                var begin = (int)reader.TokenStartIndex;
                reader.Skip();
                if (++_items > Most)
                {
                    Refuse(body[begin..], LineAt(body, begin), $"is beyond the {Most} that one delivery may hold", "Send the rest in another delivery.");
                    return;
                }
                Take(body, begin, (int)reader.BytesConsumed, channel);
                if (!many)
                {
                    break;
                }
            }
            reader.Read();
        }
        catch (JsonException e)
        {
            var begin = (int)Math.Min(reader.BytesConsumed, body.Length);
            _items++;
            Refuse(body[begin..], (int)(e.LineNumber ?? 0) + 1, $"is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of the body)", Cure);
        }
    }

    private void Take(ReadOnlyMemory<byte> body, int begin, int end, string channel)
    {
        var item = body[begin..end];
        if (WrittenPost.Read(item, channel, "webhook", out var why) is not { } post)
        {
            Refuse(item, LineAt(body, begin), why!, Cure);
            return;
        }
        Changes.Add(post.At(at));
        Taken.Add(_items);
        if (post.Post.Posted - at is { } ahead && ahead > clocksDiffer)
        {
            Doubted.Add(new Doubted(_items, LineAt(body, begin), $"has a \"posted\" that is {Wording.InWords(ahead)} ahead: it counts as posted when it came", ClockCure));
        }
    }

    private void Refuse(ReadOnlyMemory<byte> item, int line, string why, string cure)
    {
        Refused.Add(new Refused(_items, line, why, cure));
        Aside.Add(new BadItem($"item {_items} of a delivery, line {line}, {why}", Encoding.UTF8.GetString(item.Span[..Math.Min(item.Length, KeptAside)])));
    }

    private static int LineAt(ReadOnlyMemory<byte> body, int offset) => body.Span[..offset].Count((byte)'\n') + 1;
}
