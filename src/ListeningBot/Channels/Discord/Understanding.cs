using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Notifiers.Discord;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Discord;

/// <summary>Makes changes out of messages and events; each message comes once, though it is both heard and read back.</summary>
internal sealed class Understanding(string channel, ILogger log)
{
    private const int MostKnown = 20_000;
    private readonly HashSet<ulong> _known = [];
    private readonly Queue<ulong> _order = new();

    public List<PostChange> Changes { get; private set; } = [];
    public List<BadItem> Aside { get; private set; } = [];

    /// <summary>The newest message that was understood; 0 before the first.</summary>
    public ulong Newest { get; private set; }

    public (IReadOnlyList<PostChange> Changes, IReadOnlyList<BadItem> Aside) TakeAll()
    {
        var all = (Changes, Aside);
        (Changes, Aside) = ([], []);
        return all;
    }

    public async Task HearAsync(string happened, JsonElement data, Places places, CancellationToken ct)
    {
        switch (happened)
        {
            case "MESSAGE_CREATE" when await places.FindAsync(data.Text("channel_id"), ct) is { } at:
                Add(data, at, places.Self);
                break;
            case "MESSAGE_UPDATE" when data.Text("edited_timestamp") is not null && await places.FindAsync(data.Text("channel_id"), ct) is { } at:
                Edit(data, at, places.Self);
                break;
            case "MESSAGE_DELETE" when await places.FindAsync(data.Text("channel_id"), ct) is not null:
                Delete(data.Text("id"));
                break;
            case "MESSAGE_DELETE_BULK" when await places.FindAsync(data.Text("channel_id"), ct) is not null:
                foreach (var id in data.Items("ids").Where(id => id.ValueKind == JsonValueKind.String))
                {
                    Delete(id.GetString());
                }
                break;
            case "THREAD_CREATE" or "THREAD_UPDATE":
                places.Note(data);
                break;
            case "THREAD_LIST_SYNC":
                foreach (var thread in data.Items("threads"))
                {
                    places.Note(thread);
                }
                break;
            case "THREAD_DELETE" when data.Text("id") is { } id:
                if (places.Note(data) is { Of.IsForum: true })
                {
                    Delete(id);
                }
                places.Forget(id);
                break;
        }
    }

    public void Add(Page page, Places places)
    {
        foreach (var message in page.Messages)
        {
            Add(message, page.At, places.Self);
        }
    }

    private void Add(JsonElement message, Spot at, string self)
    {
        if (Read(message, at, self) is { } post && Snowflake.TryParse(post.Key.Id, out var id) && IsNew(id))
        {
            Newest = Math.Max(Newest, id);
            Changes.Add(new PostChange(ChangeKind.Added, post.Key, post));
        }
    }

    private void Edit(JsonElement message, Spot at, string self)
    {
        if (Read(message, at, self) is { } post)
        {
            Changes.Add(new PostChange(ChangeKind.Edited, post.Key, post));
        }
    }

    private void Delete(string? id)
    {
        if (Snowflake.TryParse(id, out _))
        {
            Changes.Add(new PostChange(ChangeKind.Deleted, DiscordPost.KeyOf(id!), null));
        }
    }

    private Post? Read(JsonElement message, Spot at, string self)
    {
        try
        {
            if (!DiscordPost.IsPost(message, self))
            {
                return null;
            }
            if (DiscordPost.Read(message, at, channel) is { } post)
            {
                return post;
            }
            KeepAside(message, $"a message in channel {at.Channel} has no id or author");
        }
        catch (InvalidOperationException)
        {
            KeepAside(message, $"a message in channel {at.Channel} has a key that is not text");
        }
        return null;
    }

    private void KeepAside(JsonElement message, string what)
    {
        log.MessageSkipped(channel, what);
        Aside.Add(new BadItem(what, message.Beginning()));
    }

    private bool IsNew(ulong id)
    {
        if (!_known.Add(id))
        {
            return false;
        }
        _order.Enqueue(id);
        if (_order.Count > MostKnown)
        {
            _known.Remove(_order.Dequeue());
        }
        return true;
    }
}
