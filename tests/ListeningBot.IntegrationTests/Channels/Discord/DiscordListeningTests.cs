using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Channels.Discord;

/// <summary>Listening through the bot's session, against the local Discord. Shapes of messages as documented under "Message Object" (API v10).</summary>
public sealed class DiscordListeningTests
{
    private const string Mia = "700000000000000033";
    private static readonly LocalUser Customer = new(Mia, "mia.l", "Mia Lang");

    [Fact]
    public async Task A_message_becomes_a_post_with_its_author_link_and_time()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();

        var message = server.Discord.WriteInThread(ServerHeard.Support, "My laptop **died** again", Customer);
        await server.UntilAsync(s => s.Changes.Count == 1);

        var (id, post) = ((string)message["id"]!, server.Posts.Single());
        Assert.Equal((new PostKey("discord", id), "support", "discord", "My laptop died again"), (post.Key, post.Channel, post.Kind, post.Text));
        Assert.Equal($"https://discord.com/channels/{LocalDiscord.GuildId}/{ServerHeard.Support}/{id}", post.Url);
        Assert.Equal(new Author { Id = Mia, Name = "Mia Lang", Handle = "mia.l", Url = "https://discord.com/users/" + Mia }, post.Author);
        Assert.InRange(TimeProvider.System.GetUtcNow() - post.Posted!.Value, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
        Assert.False(post.Automatic);
        Assert.Equal((null, null, null), (post.InReplyTo, post.Thread, post.Title));
    }

    [Fact]
    public async Task What_stands_between_the_words_is_readable_and_previews_are_no_words()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();

        server.Discord.WriteInThread(ServerHeard.Support, "<@5> <@!6> see <#7>, <@&8>: <a:angry:9> </case new:10> since <t:1700000000:R>, <https://shop.example/a> and [here](https://shop.example/b) ||spoiler||", Customer, new()
        {
            ["mentions"] = new JsonArray(new JsonObject { ["id"] = "5", ["username"] = "jo", ["global_name"] = "Jo Berg" }),
            ["attachments"] = new JsonArray(new JsonObject { ["filename"] = "broken.png", ["description"] = "the screen" }, new JsonObject { ["filename"] = "bill.pdf" }),
            ["sticker_items"] = new JsonArray(new JsonObject { ["id"] = "1", ["name"] = "Rage" }),
            ["embeds"] = new JsonArray(new JsonObject { ["title"] = "not their words" }),
        });
        await server.UntilAsync(s => s.Changes.Count == 1);

        Assert.Equal(
            "@Jo Berg @somebody see #channel, @role: :angry: /case new since 2023-11-14 22:13 UTC, https://shop.example/a and here (https://shop.example/b) spoiler\n(broken.png: the screen)\n(bill.pdf)\n(sticker: Rage)",
            server.Texts.Single());
    }

    [Fact]
    public async Task Replies_threads_and_posts_of_a_forum_are_one_conversation()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();

        var first = (string)server.Discord.WriteInThread(ServerHeard.Support, "first", Customer)["id"]!;
        server.Discord.WriteInThread(ServerHeard.Support, "answer", extra: new() { ["type"] = 19, ["message_reference"] = new JsonObject { ["message_id"] = first } });
        server.Discord.StartThreadByHand(ServerHeard.Support, first);
        server.Discord.WriteInThread(first, "in the thread", Customer);
        var post = server.Discord.OpenPost(ServerHeard.Forum, "Laptop dead", "It does not start", Customer);
        server.Discord.WriteInThread(post, "same here");
        await server.UntilAsync(s => s.Changes.Count == 5);

        var posts = server.Posts.ToDictionary(p => p.Text);
        Assert.Equal(Key(first), posts["answer"].InReplyTo);
        Assert.Equal((Key(first), null), (posts["in the thread"].Thread, posts["in the thread"].Title));
        Assert.Equal(("Laptop dead", Key(post), null), (posts["It does not start"].Title, posts["It does not start"].Key, posts["It does not start"].Thread));
        Assert.Equal((Key(post), null), (posts["same here"].Thread, posts["same here"].Title));
    }

    [Fact]
    public async Task What_is_passed_on_from_elsewhere_is_a_repost_with_its_words()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();

        server.Discord.WriteInThread(ServerHeard.Support, "", Customer, new()
        {
            ["message_reference"] = new JsonObject { ["type"] = 1, ["message_id"] = "55", ["channel_id"] = "56" },
            ["message_snapshots"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = "it exploded" } }),
        });
        await server.UntilAsync(s => s.Changes.Count == 1);

        Assert.Equal(("it exploded", Key("55"), null), (server.Texts.Single(), server.Posts.Single().RepostOf, server.Posts.Single().InReplyTo));
    }

    [Fact]
    public async Task Edits_and_deletions_are_heard_and_previews_are_no_edits()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();
        string[] ids = [.. Enumerable.Range(0, 4).Select(n => (string)server.Discord.WriteInThread(ServerHeard.Support, "message " + n, Customer)["id"]!)];
        var post = server.Discord.OpenPost(ServerHeard.Forum, "Laptop dead", "It does not start", Customer);
        await server.UntilAsync(s => s.Changes.Count == 5);

        server.Discord.ShowPreview(ServerHeard.Support, ids[0], "a page");
        server.Discord.EditByHand(ServerHeard.Support, ids[0], "better words");
        server.Discord.DeleteByHand(ServerHeard.Support, ids[1]);
        server.Discord.DeleteManyByHand(ServerHeard.Support, ids[2], ids[3]);
        server.Discord.DeletePost(post);
        await server.UntilAsync(s => s.Changes.Count == 10);

        Assert.Equal(
            [(ChangeKind.Edited, ids[0]), (ChangeKind.Deleted, ids[1]), (ChangeKind.Deleted, ids[2]), (ChangeKind.Deleted, ids[3]), (ChangeKind.Deleted, post)],
            server.Changes.Skip(5).Select(change => (change.Kind, change.Key.Id)));
        Assert.Equal("better words", server.Changes[5].Post!.Text);
    }

    [Fact]
    public async Task Our_own_cards_other_channels_and_what_the_service_says_are_not_heard_and_bots_are_machines()
    {
        await using var server = await ServerHeard.OpenAsync();
        server.Discord.AddChannel("200000000000000077");
        await server.ListenAsync(ServerHeard.Support, ServerHeard.CardRoom);

        var notice = new NoticeCard { Key = new CardKey("notice:1", "care"), Version = 1, Good = true, Text = "a card of ours", At = TimeProvider.System.GetUtcNow() };
        var card = Assert.IsType<Delivery.Delivered>(await server.Notifier.PutAsync(server.Room, notice, null, default)).Message;
        await server.Notifier.PutAsync(server.Room, notice with { Version = 2, Text = "our card, edited" }, card, default);
        server.Discord.WriteInThread("200000000000000077", "in another channel", Customer);
        server.Discord.WriteInThread(ServerHeard.Support, "joined the server", Customer, new() { ["type"] = 7 });
        server.Discord.WriteInThread(ServerHeard.Support, "of a bot", extra: new() { ["author"] = new JsonObject { ["id"] = "5", ["username"] = "relay", ["bot"] = true } });
        server.Discord.WriteInThread(ServerHeard.Support, "of a webhook", extra: new() { ["webhook_id"] = "6" });
        server.Discord.WriteInThread(ServerHeard.Support, "of a human", Customer);
        await server.UntilAsync(s => s.Texts.Contains("of a human"));

        Assert.Equal([("of a bot", true), ("of a webhook", true), ("of a human", false)], server.Posts.Select(post => (post.Text, post.Automatic)));
    }

    [Fact]
    public async Task A_thread_under_a_card_is_the_teams_talk_and_no_post()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync(ServerHeard.Support, ServerHeard.CardRoom);
        var notice = new NoticeCard { Key = new CardKey("notice:1", "care"), Version = 1, Good = true, Text = "a card of ours", At = TimeProvider.System.GetUtcNow() };
        var card = Assert.IsType<Delivery.Delivered>(await server.Notifier.PutAsync(server.Room, notice, null, default)).Message;
        await server.Notifier.PutAsync(server.Room, new DossierCard { Key = new CardKey("thread:1", "care"), Version = 1, Under = card, Title = "Case 1", Sections = [] }, null, default);

        server.Discord.WriteInThread(card.Value.Split('/')[1], "I call her", LocalUser.Jo);
        server.Discord.WriteInThread(ServerHeard.Support, "of a human", Customer);
        await server.UntilAsync(s => s.Texts.Contains("of a human"));

        Assert.Equal(["of a human"], server.Texts);
    }

    [Fact]
    public async Task What_was_written_while_the_program_was_away_is_read_back_also_in_threads_and_archived_ones()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();
        var first = (string)server.Discord.WriteInThread(ServerHeard.Support, "first", Customer)["id"]!;
        await server.UntilAsync(s => s.Changes.Count == 1);
        await server.StopAsync();

        for (var n = 0; n < 230; n++)
        {
            server.Discord.WriteInThread(ServerHeard.Support, "away " + n, Customer);
        }
        server.Discord.StartThreadByHand(ServerHeard.Support, first);
        server.Discord.WriteInThread(first, "in a thread", Customer);
        var post = server.Discord.OpenPost(ServerHeard.Forum, "Laptop dead", "It does not start", Customer);
        server.Discord.ThreadUnder(post)!.Archived = true;
        await server.ListenAsync();

        Assert.Equal(["first", .. Enumerable.Range(0, 230).Select(n => "away " + n), "in a thread", "It does not start"], server.Texts.Distinct());
        Assert.Equal("Laptop dead", server.Posts.Single(p => p.Text == "It does not start").Title);
        Assert.DoesNotContain(true, server.FirstContacts);
    }

    [Fact]
    public async Task A_lost_session_is_read_back_once_and_nothing_comes_twice()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();
        server.Discord.WriteInThread(ServerHeard.Support, "before", Customer);
        await server.UntilAsync(s => s.Changes.Count == 1);

        server.Discord.Gateway.ForgetSessions();
        server.Discord.Gateway.Cut();
        server.Discord.WriteInThread(ServerHeard.Support, "meanwhile", Customer);
        await server.UntilAsync(s => s.Texts.Contains("meanwhile"));
        server.Discord.WriteInThread(ServerHeard.Support, "after", Customer);
        await server.UntilAsync(s => s.Texts.Contains("after"));

        Assert.Equal(["before", "meanwhile", "after"], server.Texts);
        Assert.Equal(2, server.Discord.Gateway.Identifies.Count);
    }

    [Fact]
    public async Task A_broken_connection_that_is_taken_up_again_needs_no_reading_back()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();
        var lists = server.Lists(ServerHeard.Support);

        server.Discord.Gateway.Cut();
        await Until.TrueAsync(() => !server.Discord.Gateway.IsListening);
        server.Discord.WriteInThread(ServerHeard.Support, "meanwhile", Customer);
        await server.UntilAsync(s => s.Texts.Contains("meanwhile"));

        Assert.Equal(lists, server.Lists(ServerHeard.Support));
    }

    [Fact]
    public async Task A_channel_that_is_chosen_later_begins_with_its_last_day()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync(ServerHeard.Support);
        server.Discord.WriteInThread(ServerHeard.Support, "heard", Customer);
        server.Discord.OpenPost(ServerHeard.Forum, "Old", "written before anybody listened", Customer);
        await server.UntilAsync(s => s.Changes.Count == 1);
        await server.StopAsync();

        await server.ListenAsync(ServerHeard.Support, ServerHeard.Forum);

        Assert.Equal(["heard", "written before anybody listened"], server.Texts.Distinct());
        Assert.True(server.FirstContacts[server.Texts.ToList().IndexOf("written before anybody listened")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_the_switch_for_messages_the_operator_is_told_where_it_is(bool offFromTheStart)
    {
        await using var server = await ServerHeard.OpenAsync();
        server.Discord.MessageContentAllowed = !offFromTheStart;
        await server.ListenAsync();
        if (!offFromTheStart)
        {
            server.Discord.MessageContentAllowed = false;
            await server.Discord.Gateway.CloseAsync(4014);
        }
        await Until.TrueAsync(() => server.Fault is not null);

        Assert.True(server.Fault!.NeedsOperator);
        Assert.Contains("\"Message Content Intent\"", server.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("start this program again", server.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_channel_that_cannot_be_read_is_told_and_the_others_are_heard()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync(ServerHeard.Support, "200000000000000099");

        server.Discord.WriteInThread(ServerHeard.Support, "heard", Customer);
        await server.UntilAsync(s => s.Changes.Count == 1);

        var look = Assert.Single(server.Looks);
        Assert.Equal(["channel " + ServerHeard.Support, "channel 200000000000000099"], look.All);
        Assert.Null(look.Found["channel " + ServerHeard.Support]);
        Assert.Contains("can't see the channel 200000000000000099", look.Found["channel 200000000000000099"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_does_not_wait_until_all_is_read_back()
    {
        await using var server = await ServerHeard.OpenAsync();
        for (var n = 0; n < 2500; n++)
        {
            server.Discord.WriteInThread(ServerHeard.Support, "before " + n, Customer);
        }
        var listening = server.ListenAsync();
        await Until.TrueAsync(() => server.Lists(ServerHeard.Support) > 2);

        var notice = new NoticeCard { Key = new CardKey("notice:1", "care"), Version = 1, Good = true, Text = "a card of ours", At = TimeProvider.System.GetUtcNow() };
        Assert.IsType<Delivery.Delivered>(await server.Notifier.PutAsync(server.Room, notice, null, default));

        Assert.InRange(server.Lists(ServerHeard.Support), 3, 20);
        await listening;
        Assert.Equal(2500, server.Texts.Distinct().Count());
    }

    [Fact]
    public async Task Messages_of_open_cases_are_looked_at_again()
    {
        await using var server = await ServerHeard.OpenAsync();
        await server.ListenAsync();
        var edited = (string)server.Discord.WriteInThread(ServerHeard.Support, "before", Customer)["id"]!;
        server.Discord.WriteInThread(ServerHeard.Support, "deleted later", Customer);
        var post = server.Discord.OpenPost(ServerHeard.Forum, "Laptop dead", "It does not start", Customer);
        await server.UntilAsync(s => s.Changes.Count == 3);
        var known = server.Posts.ToList();
        server.Discord.EditByHand(ServerHeard.Support, edited, "after");
        server.Discord.DeleteByHand(ServerHeard.Support, known[1].Key.Id);

        var changes = await server.Threads().ReadAsync([.. known, known[0] with { Url = "https://elsewhere.example/1" }], default);

        Assert.Equal(
            [new PostChange(ChangeKind.Edited, known[0].Key, known[0] with { Text = "after" }), new PostChange(ChangeKind.Deleted, known[1].Key, null), new PostChange(ChangeKind.Edited, Key(post), known[2])],
            changes);
    }

    [Fact]
    public async Task Without_the_right_to_read_back_the_operator_is_told_which()
    {
        await using var server = await ServerHeard.OpenAsync();
        server.Discord.BotPermissions &= ~(1UL << 16);
        await server.ListenAsync();

        Assert.True(server.Fault?.NeedsOperator);
        Assert.Contains("\"Read Message History\"", server.Fault!.Message, StringComparison.Ordinal);
    }

    private static PostKey Key(string id) => new("discord", id);
}
