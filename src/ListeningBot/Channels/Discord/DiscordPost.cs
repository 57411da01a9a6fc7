using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>A post out of a message object (API v10, "Message Object").</summary>
internal static class DiscordPost
{
    private const string Kind = "discord";
    private const long Default = 0;
    private const long Reply = 19;

    public static PostKey KeyOf(string message) => new(Kind, message);

    /// <summary>What is no post: what the bot itself wrote, and what the service says (who joined, what was pinned).</summary>
    public static bool IsPost(JsonElement message, string self) =>
        message.Whole("type") is null or Default or Reply && message.Field("author")?.Text("id") != self && message.Text("application_id") != self;

    /// <summary>Null when it can't be understood.</summary>
    public static Post? Read(JsonElement message, Spot at, string channel)
    {
        if (!Snowflake.TryParse(message.Text("id"), out var number) || message.Field("author") is not { } author || !Snowflake.TryParse(author.Text("id"), out _))
        {
            return null;
        }
        var id = message.Text("id")!;
        var forward = DiscordText.IsForward(message);
        var referred = message.Field("message_reference")?.Text("message_id") is { } reference && Snowflake.TryParse(reference, out _) ? KeyOf(reference) : null;
        return new Post
        {
            Key = KeyOf(id),
            Channel = channel,
            Kind = Kind,
            Title = at.IsPost(id) && at.Thread is { Length: > 0 } ? at.Thread : null,
            Text = DiscordText.Of(message),
            Url = $"https://discord.com/channels/{at.Of.Guild}/{at.Channel}/{id}",
            Author = AuthorOf(author),
            Posted = Snowflake.GivenAt(number),
            InReplyTo = forward ? null : referred,
            RepostOf = forward ? referred : null,
            Thread = at.Thread is null || at.Channel == id ? null : KeyOf(at.Channel),
            Automatic = author.IsTrue("bot") || author.IsTrue("system") || message.Field("webhook_id") is not null,
        };
    }

    /// <summary>Where a post of ours stands, by its address; null for one that we did not make.</summary>
    public static (string Guild, string Channel)? PlaceOf(Post post) =>
        post.Key.Namespace == Kind && Snowflake.TryParse(post.Key.Id, out _) && Uri.TryCreate(post.Url, UriKind.Absolute, out var url)
        && url.AbsolutePath.Split('/') is [_, "channels", var guild, var channel, _] && Snowflake.TryParse(guild, out _) && Snowflake.TryParse(channel, out _)
            ? (guild, channel)
            : null;

    private static Author AuthorOf(JsonElement author) => new()
    {
        Id = author.Text("id"),
        Name = Person.Of(null, author).Name,
        Handle = author.Text("username") is { Length: > 0 } handle ? Cleaning.OneLine(handle) : null,
        Url = "https://discord.com/users/" + author.Text("id"),
    };
}
