using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <content>Threads: documented under "Threads", "Start Thread from Message" and "Modify Channel".</content>
public sealed partial class LocalDiscord
{
    /// <summary>Active threads that a server may have.</summary>
    public int MostThreads { get; set; } = 1000;

    /// <summary>The thread under a message, or null.</summary>
    public LocalChannel? ThreadUnder(string message) => _channels.GetValueOrDefault(message) is { Parent: not null } thread ? thread : null;

    /// <summary>A human starts the thread before the bot does.</summary>
    public LocalChannel StartThreadByHand(string channel, string message, string name = "by hand") => AddThread(channel, message, name, LocalUser.Jo.Id);

    /// <summary>Humans write in a thread or channel, and every bot that asked for it is told.</summary>
    /// <param name="extra">More fields of the message, such as its type.</param>
    public JsonObject WriteInThread(string thread, string text, LocalUser? user = null, JsonObject? extra = null)
    {
        var (channel, by) = (_channels[thread], user ?? LocalUser.Jo);
        var message = NewMessage(thread, new JsonObject { ["content"] = text }, by.Id, bot: false);
        message["author"] = new JsonObject { ["id"] = by.Id, ["username"] = by.Username, ["global_name"] = by.GlobalName };
        message["type"] = 0;
        foreach (var (name, value) in extra ?? [])
        {
            message[name] = value?.DeepClone();
        }
        channel.Archived = false;
        channel.Add(message);
        TellOf(message, channel, by.Member(null));
        return message;
    }

    private void TellOf(JsonObject message, LocalChannel channel, JsonObject? member)
    {
        var told = (JsonObject)message.DeepClone();
        told["guild_id"] = GuildId;
        told["channel_type"] = channel.Type;
        if (member is not null)
        {
            told["member"] = member;
        }
        Gateway.Dispatch("MESSAGE_CREATE", told);
    }

    private (int, JsonNode?) StartThread(HttpContext context, JsonNode? body)
    {
        if (Refusal(context, Views | CreatesThreads) is { } refusal)
        {
            return refusal;
        }
        var channel = _channels[Id(context, "channel")];
        var name = (string?)body!["name"] ?? "";
        if (channel.Parent is not null)
        {
            return Error(400, 50024, "Cannot execute action on this channel type");
        }
        if (name.Length is < 1 or > 100 || (int?)body["auto_archive_duration"] is not (null or 60 or 1440 or 4320 or 10080))
        {
            return Error(400, 50035, "Invalid Form Body", ["name BASE_TYPE_BAD_LENGTH"]);
        }
        if (channel.Find(Id(context, "message")) is null)
        {
            return Error(404, 10008, "Unknown Message");
        }
        if (ThreadUnder(Id(context, "message")) is not null)
        {
            return Error(400, 160004, "A thread has already been created for this message");
        }
        if (_channels.Values.Count(thread => thread is { Parent: not null, Archived: false }) >= MostThreads)
        {
            return Error(400, 160006, "Maximum number of active threads reached");
        }
        return (201, Whole(AddThread(channel.Id, Id(context, "message"), name, BotId)));
    }

    private LocalChannel AddThread(string parent, string message, string name, string owner)
    {
        var thread = _channels[message] = new LocalChannel(message, parent) { Name = name, Owner = owner };
        var first = NewMessage(message, [], BotId, bot: true);
        first["type"] = 21;
        thread.Add(first);
        Gateway.Dispatch("THREAD_CREATE", Whole(thread));
        return thread;
    }

    private (int, JsonNode?) ChangeChannel(HttpContext context, JsonNode? body)
    {
        var channel = _channels.GetValueOrDefault(Id(context, "channel"));
        if (Refusal(context, Views | Writes) is { } refusal)
        {
            return refusal;
        }
        if (channel!.Parent is null || channel.Locked || (body!["name"] is not null && channel.Owner != BotId))
        {
            return Error(403, 50013, "Missing Permissions");
        }
        if (channel.Archived && (bool?)body!["archived"] != false)
        {
            return Error(400, 50083, "Thread is archived");
        }
        channel.Archived = (bool?)body!["archived"] ?? channel.Archived;
        channel.Name = (string?)body["name"] ?? channel.Name;
        return (200, Whole(channel));
    }
}
