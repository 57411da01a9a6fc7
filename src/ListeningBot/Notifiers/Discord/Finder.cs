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
    /// <summary>In one go.</summary>
    private const int MostPages = 100;

    /// <summary>Clocks differ: a message may bear an earlier time than the one at which we wanted it.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>What was begun and nobody has asked for since is begun anew: of what it met, much may be deleted.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);
    private readonly OwnAccount _account = new(rest);
    private readonly ConcurrentDictionary<string, Reading> _readings = [];

    /// <summary>By channel. Whoever reads on takes it out meanwhile.</summary>
    private readonly ConcurrentDictionary<string, Reading> _unfinished = [];

    /// <summary>Null: surely not there. Throws <see cref="IOException"/> when it can't be told.</summary>
    public async Task<MessageRef?> FindAsync(Room room, CardKey key, DateTimeOffset since, CancellationToken ct)
    {
        var reading = await ReadingAsync(room, since, ct);
        return reading.Found.TryGetValue(key, out var message) ? new MessageAddress(room.Address, message).ToRef() : null;
    }

    /// <summary>The first message of ours that answers a card in one of these wordings and is none of the others. Null: surely not there. Throws <see cref="IOException"/> when it can't be told.</summary>
    public async Task<MessageRef?> FindAnswerAsync(Room room, MessageAddress card, IReadOnlyList<string> words, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct)
    {
        if (card.Channel != room.Address && Outcomes.IsLeftBehind(await rest.SendAsync(Route.Channel(card.Channel), ct), card.Channel, room))
        {
            return null;
        }
        var reading = card.Channel == room.Address ? await ReadingAsync(room, since, ct) : await ReadAsync(room, card.Channel, since, ct);
        return reading.Answers.Where(answer => answer.To == card.Message && words.Any(one => answer.Words == one.Trim())).Select(answer => new MessageAddress(card.Channel, answer.Id).ToRef()).FirstOrDefault(found => !others.Contains(found));
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

    /// <summary>A message may have been sent after the last reading; an unfinished one still comes to it.</summary>
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

    /// <summary>A reading that Discord's limits cut short goes on where it was: so one of any length comes to its end.</summary>
    private async Task<Reading> ReadAsync(Room room, string channel, DateTimeOffset since, CancellationToken ct)
    {
        var reading = _unfinished.TryRemove(channel, out var begun) && begun.Since <= since && time.GetUtcNow() - begun.At < Stale ? begun : new Reading(since);
        try
        {
            await ReadOnAsync(reading, room, channel, ct);
            return reading;
        }
        catch (IOException e) when (e is not RoomClosedException)
        {
            _unfinished[channel] = reading;
            throw;
        }
        finally
        {
            reading.At = time.GetUtcNow();
        }
    }

    private async Task ReadOnAsync(Reading reading, Room room, string channel, CancellationToken ct)
    {
        var self = await _account.IdAsync(ct);
        for (var page = 0; page < MostPages; page++)
        {
            var messages = await ListAsync(room, channel, reading.After, ct);
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
                if (page == 0)
                {
                    await BeSureOfEmptyAsync(room, self, ct);
                }
                return;
            }
            var last = messages.Max(message => Snowflake.TryParse(message.Text("id"), out var id) ? id : 0);
            reading.After = last > reading.After ? last : throw new IOException("Discord's list of messages could not be read");
        }
        throw new RoomBusyException($"the room \"{room.Name}\" has too many messages to look through at once", TimeSpan.FromSeconds(1));
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(Room room, string channel, ulong after, CancellationToken ct) =>
        await rest.SendAsync(Route.List(channel, after), ct) switch
        {
            RestReply.Done { Body.ValueKind: JsonValueKind.Array } done => [.. done.Body.EnumerateArray()],
            var reply => throw NotTold(reply, room),
        };

    /// <summary>Without the right to read back, Discord lists nothing instead of refusing.</summary>
    private async Task BeSureOfEmptyAsync(Room room, string self, CancellationToken ct)
    {
        if ((await ChannelRights.OfAsync(rest, room, self, ct)).Missing(ChannelRights.ReadMessageHistory) is { } missing)
        {
            throw new RoomClosedException(missing);
        }
    }

    internal static IOException NotTold(RestReply reply, Room room) => reply switch
    {
        RestReply.Limited limited => new RoomBusyException(limited.Reason, limited.After),
        RestReply.NotSent notSent => new IOException(notSent.Reason),
        RestReply.Unsure unsure => new IOException(unsure.Reason),
        RestReply.Refused { Status: 404, Code: 0 } => new IOException(Outcomes.NotDiscords.Reason),
        RestReply.Refused { Status: 401 or 403 or 404 } refused => new RoomClosedException(Outcomes.Cure(refused, room)),
        RestReply.Refused refused => new IOException(Outcomes.Cure(refused, room)),
        _ => new IOException("Discord's answer could not be read"),
    };

    private sealed class Reading(DateTimeOffset since)
    {
        public DateTimeOffset Since => since;

        /// <summary>When it came as far as it is.</summary>
        public DateTimeOffset At { get; set; }

        /// <summary>The last message that was read.</summary>
        public ulong After { get; set; } = Snowflake.Before(since - ClockSkew);
        public Dictionary<CardKey, string> Found { get; } = [];
        public List<Answer> Answers { get; } = [];
    }

    /// <param name="To">The message that it answers.</param>
    private sealed record Answer(string To, string Words, string Id);
}
