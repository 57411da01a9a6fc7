using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>A watch with a query, and what is heard of what a service gave.</summary>
internal static class ByQuery
{
    public static WatchSet Watches(string query) =>
        WatchSet.Build([Some.Watch("by query") with { Find = [], Query = new WatchQuery(query, QueryParser.Read(query, null).Root!) }], Ours.Nobody);

    /// <summary>The texts of those that match, in English.</summary>
    public static IEnumerable<string> Heard(WatchSet watches, IEnumerable<Post> posts) => posts.Where(post => watches.Find(post, Some.Assessment()).Count > 0).Select(post => post.Text);
}
