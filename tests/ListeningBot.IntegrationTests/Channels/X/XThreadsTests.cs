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
    public async Task A_conversation_is_read_from_the_oldest_post_that_is_asked_for_and_not_what_strangers_said_above_it()
    {
        await using var bench = await new XBench().StartedAsync();
        var root = bench.X.Post("lamps are great");
        bench.X.Post("above both", change: In(root));
        bench.X.Post("acme early", change: In(root));
        bench.X.Post("between them", change: In(root));
        bench.X.Post("acme late", change: In(root));
        bench.X.Post("below both", change: In(root));
        await bench.ReadAsync(bench.Options, () => bench.Texts.Count() == 2);
        var posts = bench.Changes.Select(change => change.Post!).ToDictionary(post => post.Text);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var threads = new XThreads(bench.Context(), bench.Options);

        var late = await threads.ReadAsync([posts["acme late"]], CancellationToken.None);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var both = await threads.ReadAsync([posts["acme late"], posts["acme early"]], CancellationToken.None);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["below both"], Added(late).Select(post => post.Text));
        Assert.Equal(["acme late", "below both", "between them"], Added(both).Select(post => post.Text).Order());
        Assert.Empty(Added(await threads.ReadAsync([.. posts.Values], CancellationToken.None)));
    }

    [Fact]
    public async Task Where_the_money_ends_midway_the_next_asking_goes_on_there_and_buys_no_answer_twice()
    {
        await using var bench = await new XBench().StartedAsync();
        var (threads, post, first) = await HalfReadAsync(bench);
        bench.X.Post("answer while there was no money", change: In(post.Key.Id));
        bench.Clock.Advance(TimeSpan.FromHours(25));

        var rest = Added(await threads.ReadAsync([post], CancellationToken.None));

        Assert.InRange(first.Count, 10, 60);
        Assert.Equal(71, first.Concat(rest).Select(answer => answer.Key).Distinct().Count());
        Assert.Equal(71, first.Count + rest.Count);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(Added(await threads.ReadAsync([post], CancellationToken.None)));
    }

    [Fact]
    public async Task A_page_that_X_no_longer_knows_costs_no_answer()
    {
        await using var bench = await new XBench().StartedAsync();
        var (threads, post, first) = await HalfReadAsync(bench);
        bench.Clock.Advance(TimeSpan.FromHours(25));
        bench.X.Next.Enqueue(null);
        bench.X.Next.Enqueue(null);
        bench.X.Next.Enqueue(LocalX.Problem(400, "Invalid Request", "next_token is not known", "https://api.x.com/2/problems/invalid-request"));

        var refused = Added(await threads.ReadAsync([post], CancellationToken.None));
        List<Post> again = [];
        for (var day = 0; day < 3; day++)
        {
            bench.Clock.Advance(TimeSpan.FromHours(24));
            again.AddRange(Added(await threads.ReadAsync([post], CancellationToken.None)));
        }

        Assert.Empty(refused);
        Assert.Equal(70, again.Select(answer => answer.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_fault_while_a_half_read_question_goes_on_throws_away_nothing_that_was_paid_for()
    {
        await using var bench = await new XBench().StartedAsync();
        var (threads, post, first) = await HalfReadAsync(bench);
        bench.X.Post("answer while there was no money", change: In(post.Key.Id));
        bench.Clock.Advance(TimeSpan.FromHours(25));
        bench.X.Next.Enqueue(null);
        bench.X.Next.Enqueue(null);
        bench.X.Next.Enqueue(FeedAnswers.Status(503));

        var paid = Added(await threads.ReadAsync([post], CancellationToken.None));
        bench.Clock.Advance(TimeSpan.FromHours(25));
        var rest = Added(await threads.ReadAsync([post], CancellationToken.None));

        Assert.Equal(["answer while there was no money"], paid.Select(answer => answer.Text));
        Assert.Equal(71, first.Concat(paid).Concat(rest).Select(answer => answer.Key).Distinct().Count());
        Assert.Equal(71, first.Count + paid.Count + rest.Count);
    }

    /// <summary>Seventy answers, and money for some of them.</summary>
    private static async Task<(XThreads Threads, Post Post, List<Post> First)> HalfReadAsync(XBench bench)
    {
        bench.X.PageSize = 20;
        var id = bench.X.Post("acme one");
        await bench.ReadAsync(bench.Options, () => bench.Texts.Any());
        for (var i = 0; i < 70; i++)
        {
            bench.X.Post($"answer {i}", author: "zoe", change: In(id));
        }
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var threads = new XThreads(bench.Context(), bench.Options with { Budget = 1.5m });
        var post = bench.Changes[0].Post!;
        return (threads, post, Added(await threads.ReadAsync([post], CancellationToken.None)));
    }

    private static Action<JsonObject> In(string conversation) => post => post["conversation_id"] = conversation;

    private static List<Post> Added(IEnumerable<PostChange> changes) => [.. changes.Where(change => change.Kind == ChangeKind.Added).Select(change => change.Post!)];

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
