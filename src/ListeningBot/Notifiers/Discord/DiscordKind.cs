using ListeningBot.Core.Alerting;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>The notifier kind "discord".</summary>
public static class DiscordKind
{
    /// <summary>Either of the two flags of an application that may have the content of messages: documented under "Application Flags" (API v10).</summary>
    internal const long MayReadMessages = (1 << 18) | (1 << 19);

    public static NotifierKind Kind { get; } = new NotifierKind<DiscordOptions>("discord", DiscordOptions.Validate, Create, TryOutAsync)
    {
        CureOfAccount = id => Snowflake.TryParse(id, out _) ? null
            : "Switch on Developer Mode in Discord (settings, Advanced), right-click the person or the role, \"Copy User ID\" or \"Copy Role ID\": digits only.",
    };

    private static DiscordNotifier Create(NotifierContext context, DiscordOptions options)
    {
        var log = context.Logs.CreateLogger("ListeningBot.Notifiers.Discord");
        var rest = RestOf(context, options);
        return new DiscordNotifier(rest, new Gateway(rest, context.Web, options, new SteadyClock(context.Time), log), context.Rooms, context.Time, log);
    }

    private static Rest RestOf(NotifierContext context, DiscordOptions options) =>
        new(context.Web, options, new RateLimits(new SteadyClock(context.Time)), new SteadyClock(context.Time), context.Logs.CreateLogger("ListeningBot.Notifiers.Discord"));

    /// <summary>Signs in, looks at each room's channel and sends a test card there, one where rooms share it. All are tried; what fails is told together.</summary>
    private static async Task<string> TryOutAsync(NotifierContext context, DiscordOptions options, CancellationToken ct)
    {
        var rest = RestOf(context, options);
        var (id, name) = await OwnAccount.AskAsync(rest, ct);
        var notifier = Create(context, options);
        var faults = new List<string>();
        var channels = context.Rooms.GroupBy(room => room.Address).Select(rooms => rooms.First() with { Name = string.Join(", ", rooms.Select(room => room.Name)) }).ToList();
        foreach (var room in channels)
        {
            if (await TryRoomAsync(rest, notifier, room, id, context.Time.GetUtcNow(), ct) is { } fault)
            {
                faults.Add(fault);
            }
        }
        return faults.Count == 0
            ? $"signed in as \"{name}\"; a test card stands in {(context.Rooms.Count == 0 ? "no room, because none is configured" : string.Join(", ", channels.Select(room => room.Name)))}{await NotesAsync(rest, ct)}"
            : throw new IOException(string.Join("; ", faults));
    }

    /// <summary>A word when messages in threads can't be read; the bot works without.</summary>
    private static async Task<string> NotesAsync(Rest rest, CancellationToken ct) =>
        await rest.SendAsync(Route.Application, ct) is RestReply.Done { Body: var own } && own.Number("flags") is { } flags && (flags & MayReadMessages) == 0
            ? $". But {CloseCodes.NotesCure} before what people write in threads is kept as notes"
            : "";

    private static async Task<string?> TryRoomAsync(Rest rest, DiscordNotifier notifier, Room room, string self, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if ((await ChannelRights.OfAsync(rest, room, self, ct)).Missing(ChannelRights.All) is { } missing)
            {
                return missing;
            }
            return await notifier.PutAsync(room, TestCard(room, now), null, ct) switch
            {
                Delivery.Delivered => null,
                Delivery.Blocked blocked => blocked.Reason,
                Delivery.Rejected rejected => rejected.Reason,
                Delivery.Retry retry => retry.Reason,
                Delivery.Unknown unknown => unknown.Reason,
                _ => "the test card vanished",
            };
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    private static NoticeCard TestCard(Room room, DateTimeOffset now) => new()
    {
        Key = new CardKey($"test:{now.ToUnixTimeMilliseconds()}", room.Name),
        Version = 1,
        Good = true,
        Text = $"This is a test card for {room.Name}. Cards of complaints will come here.",
        At = now,
    };
}
