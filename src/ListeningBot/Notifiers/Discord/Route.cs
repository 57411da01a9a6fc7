namespace ListeningBot.Notifiers.Discord;

/// <summary>One of Discord's addresses. Limits count per method and template, and apart for each <paramref name="Major"/> resource.</summary>
/// <param name="Template">The path without ids: "channels/messages".</param>
/// <param name="Major">The channel's or guild's id.</param>
/// <param name="Path">What is asked, below the API's base.</param>
internal sealed record Route(HttpMethod Method, string Template, string Major, string Path)
{
    /// <summary>Answers to presses carry their own token and stand outside the bot's limits.</summary>
    public bool OwnToken { get; private init; }

    /// <summary>Minutes matter: it may use what is kept back of a limit.</summary>
    public bool Urgent { get; init; }

    /// <summary>Doing it twice is the same as doing it once.</summary>
    public bool Repeatable => Method != HttpMethod.Post;

    public static Route Me { get; } = new(HttpMethod.Get, "users/@me", "", "users/@me");
    public static Route GatewayBot { get; } = new(HttpMethod.Get, "gateway/bot", "", "gateway/bot");
    public static Route Channel(string channel) => new(HttpMethod.Get, "channels", channel, $"channels/{channel}");
    public static Route Guild(string guild) => new(HttpMethod.Get, "guilds", guild, $"guilds/{guild}");
    public static Route Member(string guild, string user) => new(HttpMethod.Get, "guilds/members", guild, $"guilds/{guild}/members/{user}");
    public static Route Create(string channel) => new(HttpMethod.Post, "channels/messages", channel, $"channels/{channel}/messages");
    public static Route Edit(MessageAddress at) => new(HttpMethod.Patch, "channels/messages/id", at.Channel, $"channels/{at.Channel}/messages/{at.Message}");
    public static Route Delete(MessageAddress at) => new(HttpMethod.Delete, "channels/messages/id", at.Channel, $"channels/{at.Channel}/messages/{at.Message}");

    public static Route List(string channel, ulong after) =>
        new(HttpMethod.Get, "channels/messages", channel, $"channels/{channel}/messages?limit=100&after={after}");

    public static Route Message(MessageAddress at) => Delete(at) with { Method = HttpMethod.Get };
    public static Route ActiveThreads(string guild) => new(HttpMethod.Get, "guilds/threads/active", guild, $"guilds/{guild}/threads/active");

    /// <param name="before">ISO 8601, or null for the newest.</param>
    public static Route ArchivedThreads(string channel, string? before) =>
        new(HttpMethod.Get, "channels/threads/archived/public", channel, $"channels/{channel}/threads/archived/public?limit=100{(before is null ? "" : "&before=" + Uri.EscapeDataString(before))}");

    public static Route StartThread(MessageAddress at) => new(HttpMethod.Post, "channels/messages/threads", at.Channel, $"channels/{at.Channel}/messages/{at.Message}/threads");
    public static Route ChangeThread(string thread) => new(HttpMethod.Patch, "channels", thread, $"channels/{thread}");
    public static Route Application { get; } = new(HttpMethod.Get, "applications/@me", "", "applications/@me");
    public static Route Commands(string application, string guild) => new(HttpMethod.Get, "applications/guilds/commands", guild, $"applications/{application}/guilds/{guild}/commands");
    public static Route OfferCommands(string application, string guild) => Commands(application, guild) with { Method = HttpMethod.Put };

    public static Route Answer(Interaction press) =>
        new(HttpMethod.Post, "interactions/callback", press.Id, $"interactions/{press.Id}/{press.Token}/callback") { OwnToken = true };

    public static Route EditAnswer(Interaction press) =>
        new(HttpMethod.Patch, "webhooks/messages", press.Id, $"webhooks/{press.Application}/{press.Token}/messages/@original") { OwnToken = true };

    public static Route FollowUp(Interaction press) =>
        new(HttpMethod.Post, "webhooks", press.Id, $"webhooks/{press.Application}/{press.Token}") { OwnToken = true };
}
