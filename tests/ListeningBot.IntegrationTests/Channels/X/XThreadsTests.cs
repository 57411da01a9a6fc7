using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.X;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.X;

public sealed class XThreadsTests
{
    [Fact]
    public async Task Of_open_cases_what_was_deleted_edited_and_answered_is_found_and_what_only_failed_is_not_known()
    {
        await using var bench = await new XBench().StartedAsync();
        string[] ids = [bench.X.Post("acme stays"), bench.X.Post("acme goes"), bench.X.Post("acme edits"), bench.X.Post("acme protected"), bench.X.Post("acme unavailable")];
        await bench.ReadAsync(bench.Options, () => bench.Texts.Count() == 5);
        var posts = bench.Changes.Select(change => change.Post!).ToList();
        bench.X.Remove(ids[1]);
        bench.X.Unavailable[ids[3]] = "not-authorized-for-resource";
        bench.X.Unavailable[ids[4]] = "resource-unavailable";
        bench.X.Post("acme edited", change: post => post["edit_history_tweet_ids"] = new JsonArray(ids[2], (string)post["id"]!));
        var answer = bench.X.Post("@mia we look into it", author: LocalX.Account, change: post =>
        {
            post["conversation_id"] = ids[0];
            post["referenced_tweets"] = new JsonArray(new JsonObject { ["type"] = "replied_to", ["id"] = ids[0] });
        });
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var threads = new XThreads(bench.Context(), bench.Options);

        var changes = await threads.ReadAsync(posts, CancellationToken.None);

        Assert.Equal([ids[1], ids[3]], changes.Where(change => change.Kind == ChangeKind.Deleted).Select(change => change.Key.Id).Order());
        Assert.Equal(["acme edited", "acme stays"], changes.Where(change => change.Kind == ChangeKind.Edited).Select(change => change.Post!.Text).Order());
        var added = Assert.Single(changes, change => change.Kind == ChangeKind.Added);
        Assert.Equal((answer, ids[0], "acme"), (added.Key.Id, added.Post!.InReplyTo!.Id, added.Post.Author.Handle));

        // Within the hour only answers are asked for; what was read is not read again.
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await threads.ReadAsync(posts, CancellationToken.None));
        bench.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(4, (await threads.ReadAsync(posts, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task What_was_found_before_a_fault_is_found_again_after_it()
    {
        await using var bench = await new XBench().StartedAsync();
        List<string> ids = [.. Enumerable.Range(0, 30).Select(i => bench.X.Post($"acme {i}."))];
        await bench.ReadAsync(bench.Options, () => bench.Texts.Count() == ids.Count);
        var posts = bench.Changes.Select(change => change.Post!).ToList();
        bench.X.Remove(ids[0]);
        bench.X.Post("@mia we look into it", author: LocalX.Account, change: post => post["conversation_id"] = posts[1].Key.Id);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var threads = new XThreads(bench.Context(), bench.Options);
        bench.X.Next.Enqueue(null);
        bench.X.Next.Enqueue(null);
        bench.X.Next.Enqueue(FeedAnswers.Status(503));
        await Assert.ThrowsAnyAsync<ChannelException>(() => threads.ReadAsync(posts, CancellationToken.None));

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var changes = await threads.ReadAsync(posts, CancellationToken.None);

        Assert.Equal(ids[0], Assert.Single(changes, change => change.Kind == ChangeKind.Deleted).Key.Id);
        Assert.Equal("@mia we look into it", Assert.Single(changes, change => change.Kind == ChangeKind.Added).Post!.Text);
    }

    [Fact]
    public async Task Without_money_nothing_is_known()
    {
        await using var bench = await new XBench().StartedAsync();
        var id = bench.X.Post("acme one");
        await bench.ReadAsync(bench.Options, () => bench.Texts.Any());
        bench.X.Remove(id);

        Assert.Empty(await new XThreads(bench.Context(), bench.Options with { Budget = 0.000001m }).ReadAsync([bench.Changes[0].Post!], CancellationToken.None));
    }

    [Fact]
    public async Task Who_wrote_a_post_is_looked_up_once_its_card_is_shown()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Post("acme one");
        await bench.ReadAsync(bench.Options, () => bench.Texts.Any());
        var profiles = new XProfiles(bench.Context(), bench.Options);
        var post = bench.Changes[0].Post!;

        var profile = (await profiles.LookAsync(post, CancellationToken.None))!;

        Assert.Equal(("Person mia", "mia", "https://x.com/mia", 1234L), (profile.Name, profile.Handle, profile.Addresses[0], profile.Followers!.Value));
        Assert.Null(await profiles.LookAsync(post with { Author = new Author { Id = "1" } }, CancellationToken.None));
        var none = await Assert.ThrowsAsync<LookupException>(() => new XProfiles(bench.Context(), bench.Options with { Budget = 0.001m }).LookAsync(post, CancellationToken.None));
        Assert.True(none.After > TimeSpan.Zero);
    }
}
