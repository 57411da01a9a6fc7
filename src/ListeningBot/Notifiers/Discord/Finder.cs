using System.Collections.Concurrent;
using System.Text.Json;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Finds cards of ours in a room by the mark that they carry, and pings by the card that they answer and their words. After a start many are looked for at once, so one reading of a room serves
/// all that are asked for within a short time.
/// </summary>
internal sealed class Finder(Rest rest, TimeProvider time)
{
    private const int MostPages = 100;

    /// <summary>Clocks differ: a message may bear an earlier time than the one at which we wanted it.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private readonly OwnAccount _account = new(rest);
    private readonly ConcurrentDictionary<string, Reading> _readings = [];

    /// <summary>Null: surely not there. Throws <see cref="IOException"/> when it can't be told.</summary>
    public async Task<MessageRef?> FindAsync(Room room, CardKey key, DateTimeOffset since, CancellationToken ct)
    {
        var reading = await ReadingAsync(room, since, ct);
        return reading.Found.TryGetValue(key, out var message) ? new MessageAddress(room.Address, message).ToRef() : null;
    }

    /// <summary>The first message of ours that answers a card in these words and is none of the others. Null: surely not there. Throws <see cref="IOException"/> when it can't be told.</summary>
    public async Task<MessageRef?> FindAnswerAsync(Room room, MessageAddress card, string words, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct)
    {
        if (card.Channel != room.Address && Outcomes.IsLeftBehind(await rest.SendAsync(Route.Channel(card.Channel), ct), card.Channel, room))
        {
            return null;
        }
        var reading = card.Channel == room.Address ? await ReadingAsync(room, since, ct) : await ReadAsync(room, card.Channel, since, ct);
        return reading.Answers.Where(answer => answer.To == card.Message && answer.Words == words.Trim()).Select(answer => new MessageAddress(card.Channel, answer.Id).ToRef()).FirstOrDefault(found => !others.Contains(found));
    }

    /// <summary>The same in a thread of the room; one that is not there holds nothing.</summary>
    public async Task<MessageRef?> FindInThreadAsync(Room room, MessageAddress under, CardKey key, DateTimeOffset since, CancellationToken ct) =>
        await rest.SendAsync(Route.Channel(under.Message), ct) switch
        {
            RestReply.Refused { Status: 404, Code: not 0 } => null,
            RestReply.Refused refused when Outcomes.IsLeftBehind(refused, under.Channel, room) => null,
            RestReply.Done => (await ReadAsync(room, under.Message, since, ct)).Found.TryGetValue(key, out var message) ? new MessageAddress(under.Message, message).ToRef() : null,
            var reply => throw NotTold(reply, room),
        };

    /// <summary>A message may have been sent after the last reading.</summary>
    public void ReadAnew(Room room) => _readings.TryRemove(room.Address, out _);

    private async Task<Reading> ReadingAsync(Room room, DateTimeOffset since, CancellationToken ct)
    {
        var reading = _readings.GetValueOrDefault(room.Address);
        if (reading is null || reading.Since > since || time.GetUtcNow() - reading.At > Fresh)
        {
            _readings[room.Address] = reading = await ReadAsync(room, room.Address, since, ct);
        }
        return reading;
    }

    private async Task<Reading> ReadAsync(Room room, string channel, DateTimeOffset since, CancellationToken ct)
    {
        var reading = new Reading(since, time.GetUtcNow(), [], []);
        var self = await _account.IdAsync(ct);
        var after = Snowflake.Before(since - ClockSkew);
        for (var page = 0; page < MostPages; page++)
        {
            var messages = await ListAsync(room, channel, after, ct);
            foreach (var message in messages.Reverse())
            {
                if (message.Field("author")?.Text("id") != self || message.Text("id") is not { } id)
                {
                    continue;
                }
                if (Mark.In(message) is { } mark)
                {
                    reading.Found.TryAdd(mark.Key, id);
                }
                else if (message.Field("message_reference")?.Text("message_id") is { } to)
                {
                    reading.Answers.Add(new Answer(to, (message.Text("content") ?? "").Trim(), id));
                }
            }
            if (messages.Count == 0)
            {
                return page == 0 ? await SurelyEmptyAsync(reading, room, self, ct) : reading;
            }
            after = messages.Max(message => Snowflake.TryParse(message.Text("id"), out var id) ? id : 0);
        }
        throw new IOException($"the room \"{room.Name}\" has too many messages to look through");
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(Room room, string channel, ulong after, CancellationToken ct) =>
        await rest.SendAsync(Route.List(channel, after), ct) switch
        {
            RestReply.Done { Body.ValueKind: JsonValueKind.Array } done => [.. done.Body.EnumerateArray()],
            var reply => throw NotTold(reply, room),
        };

    /// <summary>Without the right to read back, Discord lists nothing instead of refusing.</summary>
    private async Task<Reading> SurelyEmptyAsync(Reading reading, Room room, string self, CancellationToken ct) =>
        (await ChannelRights.OfAsync(rest, room, self, ct)).Missing(ChannelRights.ReadMessageHistory) is { } missing ? throw new RoomClosedException(missing) : reading;

    internal static IOException NotTold(RestReply reply, Room room) => reply switch
    {
        RestReply.Limited limited => new IOException(limited.Reason),
        RestReply.NotSent notSent => new IOException(notSent.Reason),
        RestReply.Unsure unsure => new IOException(unsure.Reason),
        RestReply.Refused { Status: 404, Code: 0 } => new IOException(Outcomes.NotDiscords.Reason),
        RestReply.Refused { Status: 401 or 403 or 404 } refused => new RoomClosedException(Outcomes.Cure(refused, room)),
        RestReply.Refused refused => new IOException(Outcomes.Cure(refused, room)),
        _ => new IOException("Discord's answer could not be read"),
    };

    private sealed record Reading(DateTimeOffset Since, DateTimeOffset At, Dictionary<CardKey, string> Found, List<Answer> Answers);

    /// <param name="To">The message that it answers.</param>
    private sealed record Answer(string To, string Words, string Id);
}
