using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <content>What people do in channels: documented under "Message Update", "Message Delete", "Message Delete Bulk", "Thread Create", "Forum and Media Channels".</content>
public sealed partial class LocalDiscord
{
    private const int Forum = 15;

    public LocalChannel AddForum(string id) => _channels.GetOrAdd(id, new LocalChannel(id) { Type = Forum, Name = "help" });

    /// <summary>Somebody begins a post in a forum: a thread that bears the id of its first message.</summary>
    /// <returns>Its id.</returns>
    public string OpenPost(string forum, string title, string text, LocalUser? user = null)
    {
        var id = NewId();
        var thread = _channels[id] = new LocalChannel(id, forum) { Name = title, Owner = (user ?? LocalUser.Jo).Id };
        Gateway.Dispatch("THREAD_CREATE", Whole(thread));
        WriteInThread(id, text, user, new JsonObject { ["id"] = id });
        return id;
    }

    /// <summary>Its author changes a message.</summary>
    public void EditByHand(string channel, string message, string text) => Update(channel, message, changed =>
    {
        changed["content"] = text;
        changed["edited_timestamp"] = _time.GetUtcNow().ToString("o");
    });

    /// <summary>Discord adds the preview of a link that stands in it; its author did nothing.</summary>
    public void ShowPreview(string channel, string message, string text) => Update(channel, message, changed =>
        changed["embeds"] = new JsonArray(new JsonObject { ["type"] = "article", ["title"] = text, ["description"] = text }));

    public void DeleteManyByHand(string channel, params string[] messages)
    {
        foreach (var message in messages)
        {
            _channels[channel].Remove(message);
        }
        Gateway.Dispatch("MESSAGE_DELETE_BULK", new JsonObject { ["ids"] = new JsonArray([.. messages.Select(id => (JsonNode)id)]), ["channel_id"] = channel, ["guild_id"] = GuildId });
    }

    /// <summary>The post and all that was written below it.</summary>
    public void DeletePost(string post)
    {
        if (_channels.TryRemove(post, out var thread))
        {
            Gateway.Dispatch("THREAD_DELETE", new JsonObject { ["id"] = post, ["guild_id"] = GuildId, ["parent_id"] = thread.Parent, ["type"] = thread.Type });
        }
    }

    private void Update(string channel, string id, Action<JsonObject> change)
    {
        var message = _channels[channel].Find(id)!;
        _channels[channel].Change(message, change);
        var told = (JsonObject)message.DeepClone();
        told["guild_id"] = GuildId;
        Gateway.Dispatch("MESSAGE_UPDATE", told);
    }
}
