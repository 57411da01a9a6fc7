using System.Text.Json;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What the bot may do in a channel: roles, then the channel's exceptions, as documented under "Permissions" (API v10).</summary>
internal sealed record ChannelRights(ulong Bits, Room Room)
{
    public const ulong ViewChannel = 1UL << 10;
    public const ulong SendMessages = 1UL << 11;
    public const ulong EmbedLinks = 1UL << 14;
    public const ulong ReadMessageHistory = 1UL << 16;
    public const ulong AttachFiles = 1UL << 15;
    public const ulong CreatePublicThreads = 1UL << 35;
    public const ulong SendMessagesInThreads = 1UL << 38;

    /// <summary>All that the bot uses somewhere; without the last three a room has its cards, but no threads and no charts.</summary>
    public const ulong All = ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory | AttachFiles | CreatePublicThreads | SendMessagesInThreads;
    private const ulong Administrator = 1UL << 3;
    private static readonly (ulong Bit, string Name)[] Names =
    [
        (ViewChannel, "View Channel"), (SendMessages, "Send Messages"), (EmbedLinks, "Embed Links"), (ReadMessageHistory, "Read Message History"),
        (AttachFiles, "Attach Files"), (CreatePublicThreads, "Create Public Threads"), (SendMessagesInThreads, "Send Messages in Threads"),
    ];

    /// <summary>A sentence with the cure, or null when all of <paramref name="needed"/> is there.</summary>
    public string? Missing(ulong needed)
    {
        var missing = Names.Where(right => (needed & right.Bit) != 0 && (Bits & right.Bit) == 0).Select(right => $"\"{right.Name}\"").ToList();
        return missing.Count == 0 ? null : $"the bot lacks {string.Join(", ", missing)} in the room \"{Room.Name}\" (channel {Room.Address}). Give its role {(missing.Count == 1 ? "that permission" : "these permissions")} in the channel's settings";
    }

    /// <summary>Throws <see cref="IOException"/> when Discord does not tell.</summary>
    public static async Task<ChannelRights> OfAsync(Rest rest, Room room, string user, CancellationToken ct)
    {
        var channel = await AskAsync(rest, Route.Channel(room.Address), room, ct);
        if (channel.Text("guild_id") is not { } guild || !Snowflake.TryParse(guild, out _))
        {
            return new ChannelRights(All, room);
        }
        var server = await AskAsync(rest, Route.Guild(guild), room, ct);
        var member = await AskAsync(rest, Route.Member(guild, user), room, ct);
        return new ChannelRights(Reckon(server, channel, member, user), room);
    }

    internal static ulong Reckon(JsonElement server, JsonElement channel, JsonElement member, string user)
    {
        var guild = server.Text("id");
        var roles = member.Items("roles").Select(role => role.GetString()).ToHashSet();
        var bits = server.Items("roles").Where(role => role.Text("id") == guild || roles.Contains(role.Text("id"))).Aggregate(0UL, (sum, role) => sum | Bits64(role, "permissions"));
        if (server.Text("owner_id") == user || (bits & Administrator) != 0)
        {
            return ulong.MaxValue;
        }
        var exceptions = channel.Items("permission_overwrites").ToList();
        bits = With(bits, exceptions.Where(one => one.Text("id") == guild));
        bits = With(bits, exceptions.Where(one => one.Text("id") != guild && roles.Contains(one.Text("id"))));
        return With(bits, exceptions.Where(one => one.Text("id") == user));
    }

    private static ulong With(ulong bits, IEnumerable<JsonElement> exceptions)
    {
        var (deny, allow) = exceptions.Aggregate((0UL, 0UL), (sum, one) => (sum.Item1 | Bits64(one, "deny"), sum.Item2 | Bits64(one, "allow")));
        return (bits & ~deny) | allow;
    }

    /// <summary>Discord writes permissions as numbers in text.</summary>
    private static ulong Bits64(JsonElement element, string name) => ulong.TryParse(element.Text(name), out var bits) ? bits : 0;

    private static async Task<JsonElement> AskAsync(Rest rest, Route route, Room room, CancellationToken ct) =>
        await rest.SendAsync(route, ct) is var reply && reply is RestReply.Done done ? done.Body : throw Finder.NotTold(reply, room);
}
