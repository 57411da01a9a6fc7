using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>A channel that an operator chose.</summary>
/// <param name="IsForum">It holds posts, each a thread, and no messages of its own.</param>
internal sealed record Chosen(string Id, string Guild, string Name, bool IsForum);

/// <summary>Where a message stands.</summary>
/// <param name="Thread">The thread's name when it stands in one.</param>
internal sealed record Spot(Chosen Of, string Channel, string? Thread)
{
    /// <summary>The first message of a forum's post bears the post's id.</summary>
    public bool IsPost(string message) => Of.IsForum && message == Channel;
}

/// <summary>The chosen channels and the threads below them. Threads that the bot itself began, under cards, are none of them.</summary>
internal sealed class Places
{
    private const int MostThreads = 10_000;
    private static readonly long[] Threads = [10, 11, 12];
    private static readonly long[] Forums = [15, 16];
    private static readonly long[] Texts = [0, 2, 5, 13];
    private readonly Asking _asking;
    private readonly Dictionary<string, Chosen> _chosen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Spot?> _threads = new(StringComparer.Ordinal);

    private Places(Asking asking, string self) => (_asking, Self) = (asking, self);

    /// <summary>The bot's own account.</summary>
    public string Self { get; }
    public IReadOnlyCollection<Chosen> Chosen => _chosen.Values;

    /// <summary>Chosen channels that can't be read, by their ids: each a sentence with the cure but without its full stop.</summary>
    public Dictionary<string, string> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Looks at each chosen channel. Throws <see cref="ChannelException"/> when Discord can't be asked, or none of them can be read.</summary>
    public static async Task<Places> OfAsync(Asking asking, DiscordChannelOptions options, string name, CancellationToken ct)
    {
        var own = await asking.NeedAsync(Route.Application, ct);
        if (own.Whole("flags") is { } flags && (flags & DiscordKind.MayReadMessages) == 0)
        {
            throw new ChannelException($"Discord gives this bot no words of messages: {CloseCodes.NotesCure}, and start this program again. Until then nothing that people write there is heard.") { NeedsOperator = true };
        }
        var self = (await asking.NeedAsync(Route.Me, ct)).Text("id") ?? "";
        var places = new Places(asking, self);
        foreach (var id in options.Channels.Distinct(StringComparer.Ordinal))
        {
            await places.ChooseAsync(new Room(name, options.Notifier, id), ct);
        }
        return places._chosen.Count > 0 ? places : throw new ChannelException(string.Join("; ", places.Faults.Values) + ".") { NeedsOperator = true };
    }

    private async Task ChooseAsync(Room room, CancellationToken ct)
    {
        var channel = await _asking.AskAsync(Route.Channel(room.Address), ct);
        var type = channel?.Whole("type");
        if (channel is null)
        {
            Faults[room.Address] = $"the bot can't see the channel {room.Address}, or there is none of this id. Invite it to that server, give its role \"View Channel\" there, and compare the id";
        }
        else if (channel.Value.Text("guild_id") is not { } guild || !Snowflake.TryParse(guild, out _) || type is null || !(Texts.Contains(type.Value) || Forums.Contains(type.Value)))
        {
            Faults[room.Address] = $"the channel {room.Address} is none that people write in (a category, a thread?). Give the id of a text or forum channel";
        }
        else if (await MissingAsync(room, ct) is { } missing)
        {
            Faults[room.Address] = missing;
        }
        else
        {
            _chosen[room.Address] = new Chosen(room.Address, guild, Cleaning.OneLine(channel.Value.Text("name") ?? room.Address), Forums.Contains(type.Value));
        }
    }

    /// <summary>Without the right to read back Discord lists nothing instead of refusing.</summary>
    private async Task<string?> MissingAsync(Room room, CancellationToken ct)
    {
        try
        {
            return (await ChannelRights.OfAsync(_asking.Rest, room, Self, ct)).Missing(ChannelRights.ViewChannel | ChannelRights.ReadMessageHistory);
        }
        catch (IOException e)
        {
            throw new ChannelException($"Discord does not tell what the bot may do in the channel {room.Address}: {e.Message}. It is tried again.", e) { Passes = true };
        }
    }

    /// <summary>Learns of a thread, or that it has another name.</summary>
    /// <returns>Where its messages stand; null when it is none that we listen to.</returns>
    public Spot? Note(JsonElement thread)
    {
        if (thread.Text("id") is not { } id || !Snowflake.TryParse(id, out _) || _chosen.ContainsKey(id))
        {
            return null;
        }
        if (_threads.Count >= MostThreads)
        {
            _threads.Clear();
        }
        var known = thread.Text("parent_id") is { } parent && thread.Whole("type") is { } type && Threads.Contains(type) && _chosen.TryGetValue(parent, out var of)
            && (of.IsForum || thread.Text("owner_id") != Self)
            ? new Spot(of, id, Cleaning.OneLine(thread.Text("name") ?? ""))
            : null;
        return _threads[id] = known;
    }

    public void Forget(string thread) => _threads.Remove(thread);

    /// <summary>Null for a channel that we do not listen to.</summary>
    public async ValueTask<Spot?> FindAsync(string? channel, CancellationToken ct)
    {
        if (channel is null || !Snowflake.TryParse(channel, out _))
        {
            return null;
        }
        if (_chosen.TryGetValue(channel, out var chosen))
        {
            return new Spot(chosen, channel, null);
        }
        if (_threads.TryGetValue(channel, out var known))
        {
            return known;
        }
        if (await _asking.AskAsync(Route.Channel(channel), ct) is { } thread && thread.Text("id") == channel)
        {
            return Note(thread);
        }
        return _threads[channel] = null;
    }
}
