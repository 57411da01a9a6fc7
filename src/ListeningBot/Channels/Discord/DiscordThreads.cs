using ListeningBot.Core.Posts;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>Looks again at messages of open cases: edits and deletions while nobody listened are told by nobody. "Get Channel Message" (API v10).</summary>
internal sealed class DiscordThreads(ChannelContext context, DiscordChannelOptions options) : IThreadReader
{
    public int AtOnce => 10;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        var asking = new Asking(DiscordChannel.BotOf(context, options).Rest, context.Time);
        var changes = new List<PostChange>();
        foreach (var post in posts)
        {
            if (DiscordPost.PlaceOf(post) is { } place && await ReadAsync(asking, post, place, ct) is { } change)
            {
                changes.Add(change);
            }
        }
        return changes;
    }

    /// <summary>Null when it can't be told.</summary>
    private static async Task<PostChange?> ReadAsync(Asking asking, Post post, (string Guild, string Channel) place, CancellationToken ct)
    {
        switch (await asking.SendAsync(Route.Message(new MessageAddress(place.Channel, post.Key.Id)), ct))
        {
            case RestReply.Refused { Status: 404 }:
                return new PostChange(ChangeKind.Deleted, post.Key, null);
            case RestReply.Refused { Status: 403 }:
                return null;
            case var reply:
                var at = new Spot(new Chosen(place.Channel, place.Guild, "", IsForum: false), place.Channel, null);
                return DiscordPost.Read(Asking.Answer(reply), at, post.Channel) is { } now && now.Key == post.Key
                    ? new PostChange(ChangeKind.Edited, post.Key, now with { Title = post.Title, Thread = post.Thread })
                    : null;
        }
    }
}
