using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What Discord's answers mean for a card, and the cure that an operator needs.</summary>
internal static class Outcomes
{
    public const string TokenCure = "Discord refused the bot's token. Reset it in the Developer Portal (your application, page \"Bot\") and put the new one into the configuration";

    private const int UnknownChannel = 10003;
    private const int UnknownMessage = 10008;
    private const int MissingAccess = 50001;
    private const int WrittenByAnother = 50005;
    public const int MissingPermission = 50013;
    private const int NoTextChannel = 50008;
    private const int NotInThisKindOfChannel = 50024;
    private const int NotBeforeItsAuthor = 40058;
    private const int NoReplyWithoutHistory = 160002;
    public const int ThreadLocked = 160005;
    private const int BlockedByAutoMod = 200000;
    private const int TitleBlockedByAutoMod = 200001;
    private const int BlockedByLinkFilter = 240000;
    private const int TooManyThreads = 160006;

    /// <summary>Discord names what it does not know.</summary>
    public static readonly Delivery.Retry NotDiscords = new("something before Discord answered HTTP 404");

    /// <summary>For all but <see cref="RestReply.Done"/>.</summary>
    public static Delivery Of(RestReply reply, Route route, Room room) => reply switch
    {
        RestReply.Limited limited => new Delivery.Retry(limited.Reason, limited.After),
        RestReply.NotSent notSent => new Delivery.Retry(notSent.Reason),
        RestReply.Unsure unsure when route.Repeatable => new Delivery.Retry(unsure.Reason),
        RestReply.Unsure unsure => new Delivery.Unknown(unsure.Reason),
        RestReply.Refused { Status: 404, Code: UnknownMessage } when route.Repeatable => new Delivery.Gone(),
        RestReply.Refused { Status: 404, Code: 0 } => route.Repeatable ? NotDiscords : new Delivery.Unknown(NotDiscords.Reason),
        RestReply.Refused refused when IsLeftBehind(refused, route.Major, room) || IsAnothers(refused) => Left(refused, route.Major),
        RestReply.Refused refused when IsForItsWords(refused) => new Delivery.Rejected(Cure(refused, room)),
        RestReply.Refused refused when refused.Status is 401 or 403 or 404 || IsNoPlaceForCards(refused) => new Delivery.Blocked(Cure(refused, room)),
        RestReply.Refused refused => new Delivery.Rejected(Cure(refused, room)),
        _ => throw new ArgumentOutOfRangeException(nameof(reply)),
    };

    /// <summary>The room has moved, and where it was before is gone or closed to the bot: that blocks nothing, what stood there is shown where the room is now.</summary>
    public static bool IsLeftBehind(RestReply reply, string channel, Room room) => channel != room.Address && (reply is RestReply.Refused { Status: 404, Code: not 0 } || IsClosed(reply));

    /// <summary>By Discord itself, and not by what stands before it.</summary>
    public static bool IsClosed(RestReply reply) => reply is RestReply.Refused { Status: 403, Code: MissingAccess or MissingPermission };

    public static Delivery.Gone Left(RestReply.Refused refused, string channel) => new() { Remains = refused.Status == 403 ? $"the channel {channel}" : null };

    /// <summary>Another application of Discord wrote it, as whose bot this program ran before.</summary>
    public static bool IsAnothers(RestReply reply) => reply is RestReply.Refused { Code: WrittenByAnother };

    /// <summary>What it says is refused, and not how it is said or by whom.</summary>
    public static bool IsForItsWords(RestReply.Refused refused) => IsByAutoMod(refused) || refused.Code == BlockedByLinkFilter;

    /// <summary>By a rule of the server itself, which its people can change; the filter of harmful links is Discord's.</summary>
    public static bool IsByAutoMod(RestReply.Refused refused) => refused.Code is BlockedByAutoMod or TitleBlockedByAutoMod;

    /// <summary>A forum, a category: its id is a channel's, and takes no messages.</summary>
    private static bool IsNoPlaceForCards(RestReply.Refused refused) => refused.Code is NoTextChannel or NotInThisKindOfChannel or NotBeforeItsAuthor;

    /// <summary>Why there is no thread, while the room itself may be well.</summary>
    public static string ThreadCure(RestReply.Refused refused, Room room)
    {
        var where = $"the room \"{room.Name}\" (channel {room.Address})";
        return refused.Code switch
        {
            MissingPermission or MissingAccess => $"the bot may use no threads in {where}. Give its role \"Create Public Threads\", \"Send Messages in Threads\", \"Send Messages\" and \"Read Message History\" in that channel",
            ThreadLocked => $"a moderator locked a thread in {where}. Unlock it, or give the bot's role \"Manage Threads\" in that channel",
            TooManyThreads => $"the server of {where} has as many active threads as Discord allows. Archive or delete some",
            NotInThisKindOfChannel => $"{where} is no text channel, so that it can have no threads under its cards. Use a text channel for the room",
            _ => Cure(refused, room),
        };
    }

    public static string Cure(RestReply.Refused refused, Room room)
    {
        var where = $"the room \"{room.Name}\" (channel {room.Address})";
        return refused switch
        {
            { Status: 401 } => TokenCure,
            { Code: BlockedByAutoMod or TitleBlockedByAutoMod } => $"a rule of AutoMod blocks its words in {where}, also without their addresses. In the server's settings, \"AutoMod\", exempt the bot's role or that channel, then have it tried again; `listeningbot cases show` shows the case meanwhile",
            { Code: BlockedByLinkFilter } => $"Discord's filter of harmful links refuses its words in {where}, also without their addresses. Nobody can turn that filter off: read it with `listeningbot cases show`, and answer from there",
            { Code: UnknownChannel } or { Status: 404 } => $"Discord knows no channel for {where}. Right-click the channel, \"Copy Channel ID\", and put that number into the configuration",
            { Code: MissingAccess } => $"the bot can't see {where}. Invite it to that server, and give its role \"View Channel\" in that channel",
            { Code: MissingPermission } => $"the bot lacks a permission in {where}. Give its role \"Send Messages\", \"Embed Links\" and \"Read Message History\" in that channel",
            { Code: NoReplyWithoutHistory } => $"the bot can't reply to its cards in {where}, and a ping is a reply. Give its role \"Read Message History\" in that channel",
            _ when IsNoPlaceForCards(refused) => $"{where} is no text channel, so that it takes no cards. Use a text channel for the room: right-click it, \"Copy Channel ID\", and put that number into the configuration",
            { Status: 403 } => $"Discord forbids the bot to write in {where} (code {refused.Code}). Check the permissions of its role in that channel",
            _ => $"Discord did not accept the message for {where} (HTTP {refused.Status}, code {refused.Code}{(refused.Detail.Length > 0 ? ": " + refused.Detail : "")}). Report this as a fault of this program",
        };
    }
}
