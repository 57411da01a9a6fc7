using System.Text;
using System.Text.Json.Nodes;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Bluesky;

public sealed class JetstreamParserTests
{
    [Fact]
    public void A_new_post_is_read_with_all_that_is_known_of_it()
    {
        var batch = JetstreamFixture.Batch(JetstreamFixture.Frame());
        var did = JsonNode.Parse(JetstreamFixture.Frames[0])!["did"]!.GetValue<string>();
        var rkey = JsonNode.Parse(JetstreamFixture.Frames[0])!["commit"]!["rkey"]!.GetValue<string>();

        Assert.Equal(ChangeKind.Added, batch.KindOf(0));
        Assert.False(batch.IsReply(0));
        Assert.Equal(
            new Post
            {
                Key = new PostKey("bluesky", $"{did}/{rkey}"),
                Channel = "sky",
                Kind = "bluesky",
                Text = "My Acme router died for the third time this month and support keeps sending me the same article. I have read it. It does not help. What now?",
                Url = $"https://bsky.app/profile/{did}/post/{rkey}",
                Author = new Author { Id = did, Url = $"https://bsky.app/profile/{did}" },
                Lang = "en",
                Posted = new DateTimeOffset(2026, 11, 2, 8, 59, 58, 412, TimeSpan.Zero),
            },
            batch.PostAt(0));
        Assert.Equal(batch.KeyAt(0), batch.PostAt(0).Key);
    }

    [Fact]
    public void The_recorded_events_come_as_what_they_are()
    {
        var batch = JetstreamFixture.Batch([.. JetstreamFixture.Frames]);
        var kinds = Enumerable.Range(0, batch.Count).Select(batch.KindOf).ToList();

        Assert.Equal(JetstreamFixture.Frames.Count - 4, batch.Count);
        Assert.Equal(1, kinds.Count(k => k == ChangeKind.Edited));
        Assert.Equal(1, kinds.Count(k => k == ChangeKind.Deleted));
        Assert.Equal(2, kinds.Count(k => k == ChangeKind.AuthorGone));
        for (var i = 0; i < batch.Count; i++)
        {
            if (kinds[i] is ChangeKind.Added or ChangeKind.Edited)
            {
                Assert.Equal(batch.PostAt(i).Text, Encoding.UTF8.GetString(batch.TextOf(i)));
            }
        }
    }

    [Fact]
    public void An_answer_knows_its_parent_and_its_thread_by_the_hashes_that_the_pipeline_uses()
    {
        var batch = JetstreamFixture.Batch(JetstreamFixture.Frames[2]);
        var post = batch.PostAt(0);

        Assert.True(batch.IsReply(0));
        Assert.Equal(JetstreamFixture.Batch(JetstreamFixture.Frames[1]).KeyAt(0), post.InReplyTo);
        Assert.Equal(JetstreamFixture.Batch(JetstreamFixture.Frames[0]).KeyAt(0), post.Thread);
        Assert.Equal(ThreadHash.Of(post.InReplyTo!), batch.AnswersHash(0));
        Assert.Equal(ThreadHash.Of(post.Thread!), batch.ThreadHashOf(0));
    }

    [Fact]
    public void An_edit_and_a_deletion_carry_the_key_of_their_post()
    {
        var batch = JetstreamFixture.Batch(JetstreamFixture.Frames[3], JetstreamFixture.Frames[7], JetstreamFixture.Frames[8]);

        Assert.Equal([ChangeKind.Added, ChangeKind.Deleted, ChangeKind.Edited], Enumerable.Range(0, 3).Select(batch.KindOf));
        Assert.EndsWith(batch.KeyAt(0).Id.Split('/')[1], batch.KeyAt(1).Id);
        Assert.Contains("Thank you, Priya", batch.PostAt(2).Text);
    }

    [Fact]
    public void Picture_descriptions_and_link_titles_are_read_with_the_text()
    {
        Assert.Equal("\nA laptop with a swollen battery that lifts the keyboard, on a kitchen table", Only(JetstreamFixture.Frames[3]).Text);
        Assert.Equal("Well, that explains my morning.\nThousands offline after \"Acme Fibre\" cable is cut", Only(JetstreamFixture.Frames[4]).Text);
        Assert.Equal("Watch how the hinge simply comes off. Two months old.\nThe lid of a laptop falls off when it is opened", Only(JetstreamFixture.Frames[14]).Text);
    }

    [Fact]
    public void What_a_post_links_and_quotes_is_known_in_full()
    {
        Assert.Equal(["https://news.example/2026/11/02/cable"], Only(JetstreamFixture.Frames[4]).Links);
        Assert.Equal(["https://bsky.app/profile/did:plc:qwb5pdkhx6pygpan2rlykei4/post/3m4gjgm6mjz4o"], Only(JetstreamFixture.Frames[14]).Links);
        Assert.Equal(["https://forum.example/t/charged-twice-and-shoes"], Only(JetstreamFixture.Frames[17]).Links);
        Assert.Null(Only(JetstreamFixture.Frames[1]).Links);
    }

    [Fact]
    public void A_quote_and_an_address_that_the_app_cut_short_are_found_by_the_whole_address()
    {
        var post = Only(JetstreamFixture.Frame(node =>
        {
            node["commit"]!["record"]!["text"] = "They want photos again: acme.example/support/rma…";
            node["commit"]!["record"]!["facets"] = JsonNode.Parse("""[{"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https:\/\/acme.example\/support\/rma-2026-11"}]}]""");
            node["commit"]!["record"]!["embed"] = JsonNode.Parse("""{"$type":"app.bsky.embed.record","record":{"uri":"at://did:plc:acme/app.bsky.feed.post/3mq","cid":"b"}}""");
        }));

        Assert.Equal(["https://acme.example/support/rma-2026-11", "https://bsky.app/profile/did:plc:acme/post/3mq"], post.Links!.Order());
        Assert.Single(WatchSet.Build([Watching.QueryMatchingTests.Watching("url:acme.example/support")], Ours.Nobody).Find(post, null));
        Assert.Single(WatchSet.Build([Watching.QueryMatchingTests.Watching("has:link")], Ours.Nobody).Find(post, null));
    }

    [Fact]
    public void Who_shares_an_article_or_quotes_a_post_passes_it_on_and_who_picks_a_moving_picture_or_quotes_us_does_not()
    {
        Assert.Equal(["link news.example/2026/11/acme-recalls-kettles"], Copies.SharedBy(Sharing("https://news.example/2026/11/acme-recalls-kettles"), Ours.Nobody));
        Assert.Empty(Copies.SharedBy(Sharing("https://media.example/AAAAC-2026/so-very-angry.gif?hh=280&ww=498"), Ours.Nobody));
        Assert.Equal(["link bsky.app/profile/did:plc:somebody/post/3mq2345"], Copies.SharedBy(Sharing("", quoted: "did:plc:somebody"), Ours.Nobody));
        Assert.Empty(Copies.SharedBy(Sharing("", quoted: "did:plc:acme"), new Ours(["did:plc:acme"])));
    }

    [Fact]
    public void Of_many_links_the_first_eight_are_kept()
    {
        var post = Only(JetstreamFixture.Frame(node => node["commit"]!["record"]!["facets"] = JsonNode.Parse($"[{string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{"features":[{"uri":"https://acme.example/{{i}}"}]}"""))}]")));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"https://acme.example/{i}"), post.Links);
    }

    [Fact]
    public void Escapes_become_what_they_stand_for()
    {
        Assert.Equal("Line one\nline two\twith a tab, a back\\slash and a \u0001 control — 👩\u200d👩‍👧‍👦 family, \U0001F1E9\U0001F1EA flag", Only(JetstreamFixture.Frames[15]).Text);
    }

    [Theory]
    [InlineData("deleted", 1)]
    [InlineData("takendown", 1)]
    [InlineData("deactivated", 0)]
    [InlineData("suspended", 0)]
    [InlineData("desynchronized", 0)]
    [InlineData("something new", 0)]
    public void Only_a_lasting_end_of_an_account_takes_its_posts_away(string status, int gone)
    {
        var frame = """{"did":"did:plc:abc","time_us":1793606400000000,"kind":"account","account":{"active":false,"did":"did:plc:abc","status":"STATUS"}}""".Replace("STATUS", status);

        var batch = JetstreamFixture.Batch(Encoding.UTF8.GetBytes(frame));

        Assert.Equal(gone, batch.Count);
        if (gone == 1)
        {
            Assert.Equal(ChangeKind.AuthorGone, batch.KindOf(0));
            Assert.Equal(new PostKey("bluesky", "did:plc:abc"), batch.KeyAt(0));
        }
    }

    [Fact]
    public void An_active_account_is_not_gone_whatever_its_status_says()
    {
        var frame = """{"did":"did:plc:abc","time_us":1,"kind":"account","account":{"active":true,"status":"deleted"}}"""u8.ToArray();

        Assert.Equal(0, JetstreamFixture.Batch(frame).Count);
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("hello", "is not JSON")]
    [InlineData("[1,2]", "is not a JSON object")]
    [InlineData("\"text\"", "is not a JSON object")]
    [InlineData("null", "is not a JSON object")]
    [InlineData("{}", "has no kind")]
    [InlineData("""{"kind":7}""", "has no kind")]
    [InlineData("""{"kind":"commit","did":"did:plc:abc","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"x"}}} {}""", "is not JSON")]
    [InlineData("""{"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"x"}}}""", "has no proper did and rkey")]
    [InlineData("""{"kind":"commit","did":"did:plc:a/../b","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"x"}}}""", "has no proper did and rkey")]
    [InlineData("""{"kind":"commit","did":"did:plc:abc","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1?x=","record":{"text":"x"}}}""", "has no proper did and rkey")]
    [InlineData("""{"kind":"commit","did":"did:plc:abc","commit":{"operation":"explode","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"x"}}}""", "has an unknown operation")]
    [InlineData("""{"kind":"commit","did":"did:plc:abc","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":"x"}}""", "has no record")]
    [InlineData("""{"kind":"account","did":7,"account":{"active":false,"status":"deleted"}}""", "has no proper did")]
    public void A_frame_that_makes_no_sense_is_told_and_adds_nothing(string frame, string why)
    {
        var events = new JetstreamEvents();

        Assert.StartsWith(why, JetstreamParser.Read(Encoding.UTF8.GetBytes(frame), events, out _));
        Assert.Equal(0, events.Count);
    }

    [Fact]
    public void A_frame_cut_anywhere_is_told_and_adds_nothing()
    {
        var events = new JetstreamEvents();
        foreach (var frame in JetstreamFixture.Frames)
        {
            for (var length = 0; length < frame.Length; length++)
            {
                Assert.NotNull(JetstreamParser.Read(frame.AsSpan(0, length), events, out _));
            }
        }
        Assert.Equal(0, events.Count);
    }

    [Fact]
    public void Deep_nesting_is_told_and_adds_nothing()
    {
        var deep = """{"kind":"commit","did":"did:plc:abc","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"x","embed":""" + string.Concat(Enumerable.Repeat("[", 100_000));

        Assert.StartsWith("is not JSON", JetstreamParser.Read(Encoding.UTF8.GetBytes(deep), new JetstreamEvents(), out _));
    }

    [Fact]
    public void Changed_bytes_never_stop_the_reading()
    {
        var random = new Random(20261102);
        var events = new JetstreamEvents();
        for (var round = 0; round < 20_000; round++)
        {
            var frame = JetstreamFixture.Frames[random.Next(JetstreamFixture.Frames.Count)].ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            }
            events.Clear();
            JetstreamParser.Read(frame, events, out _);
            var batch = new JetstreamBatch("sky", events) { Next = new Cursor("1") };
            for (var i = 0; i < batch.Count; i++)
            {
                Assert.StartsWith("bluesky did:", batch.KeyAt(i).ToString());
                _ = batch.KindOf(i) is ChangeKind.Added or ChangeKind.Edited ? batch.PostAt(i) : null;
            }
        }
    }

    [Theory]
    [InlineData("text", "7")]
    [InlineData("text", "{\"a\":[{}]}")]
    [InlineData("langs", "\"en\"")]
    [InlineData("langs", "[7,[],{\"a\":\"b\"}]")]
    [InlineData("reply", "[]")]
    [InlineData("reply", "{\"parent\":\"x\",\"root\":{\"uri\":7}}")]
    [InlineData("reply", "{\"parent\":{\"uri\":\"at://did:plc:abc/app.bsky.feed.like/1\"},\"root\":{\"uri\":\"https://x\"}}")]
    [InlineData("embed", "\"x\"")]
    [InlineData("embed", "[{\"alt\":7},{\"title\":{\"alt\":[]}}]")]
    [InlineData("embed", "{\"external\":{\"uri\":7},\"record\":{\"uri\":\"at://did:plc:abc/app.bsky.feed.generator/1\"}}")]
    [InlineData("facets", "\"https://a.example\"")]
    [InlineData("facets", "[{\"features\":[{\"uri\":7},{\"uri\":\"javascript:alert(1)\"},{\"uri\":{\"uri\":\"\"}},{\"title\":\"no words\"}]}]")]
    [InlineData("createdAt", "\"yesterday\"")]
    [InlineData("createdAt", "{}")]
    public void A_value_of_the_wrong_type_counts_as_absent(string key, string value)
    {
        var post = Only(JetstreamFixture.Frame(node => node["commit"]!["record"]![key] = JsonNode.Parse(value)));

        Assert.Null(post.InReplyTo);
        Assert.Null(post.Thread);
        Assert.Null(post.Links);
        Assert.Equal(key == "text" ? "" : Only(JetstreamFixture.Frames[0]).Text, post.Text);
        Assert.Equal(key == "langs" ? null : "en", post.Lang);
        Assert.Equal(2026, post.Posted!.Value.Year);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("99999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("1e30")]
    [InlineData("\"1793606400000000\"")]
    [InlineData("null")]
    public void Absurd_times_are_no_times(string timeUs)
    {
        var frame = JetstreamFixture.Frame(node =>
        {
            node["time_us"] = JsonNode.Parse(timeUs);
            node["commit"]!["record"]!["createdAt"] = "99999-99-99";
        });

        Assert.Null(Only(frame).Posted);
    }

    [Fact]
    public void Without_a_claimed_time_the_services_own_counts()
    {
        var frame = JetstreamFixture.Frame(node => node["commit"]!["record"]!.AsObject().Remove("createdAt"));

        Assert.Equal(JsonNode.Parse(frame)!["time_us"]!.GetValue<long>(), (Only(frame).Posted!.Value - DateTimeOffset.UnixEpoch).Ticks / 10);
    }

    [Fact]
    public void Lone_surrogates_become_replacement_characters()
    {
        var frame = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(JetstreamFixture.Frames[0]).Replace("My Acme", "My \\ud83d Acme \\udc00"));

        Assert.StartsWith("My \uFFFD Acme \uFFFD router", Only(frame).Text);
    }

    [Fact]
    public void An_author_is_told_by_the_same_hash_in_the_stream_as_in_a_post()
    {
        var batch = JetstreamFixture.Batch(JetstreamFixture.Frames[0]);

        Assert.Equal(ThreadHash.OfAuthor(batch.PostAt(0)), batch.AuthorHashOf(0));
        Assert.NotEqual(0UL, batch.AuthorHashOf(0));
    }

    [Fact]
    public void An_event_that_no_watch_matches_costs_no_allocation()
    {
        var frames = JetstreamFixture.Frames;
        var watches = WatchSet.Build([Some.Watch("other", "nimbus", "nimbus fibre"), Some.Watch("more", "router box")], new Ours(["did:plc:nobody", "did:plc:somebody"]));
        var threads = new OpenThreads();
        threads.AddAuthor(ThreadHash.Of(new PostKey("bluesky", "did:plc:somebody")));
        threads.Add(ThreadHash.Of(new PostKey("bluesky", "did:plc:somebody/1")));
        var events = new JetstreamEvents();
        var batch = new JetstreamBatch("sky", events) { Next = new Cursor("1") };
        var bytes = 0L;
        Pass();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            Pass();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, bytes);

        void Pass()
        {
            events.Clear();
            for (var i = 0; i < frames.Count; i++)
            {
                JetstreamParser.Read(frames[i], events, out _);
            }
            for (var i = 0; i < batch.Count; i++)
            {
                bytes += threads.MayGoOn(batch, i) || threads.MayAnswer(batch, i) ? 1 : 0;
                Assert.False(watches.Matches(batch.TextOf(i), "sky") || watches.Ours.AreSpokenTo(batch, i));
                bytes += batch.TextOf(i).Length + (batch.IsReply(i) ? 1 : 0) + (long)(batch.AnswersHash(i) & 1) + (long)(batch.ThreadHashOf(i) & 1) + (int)batch.KindOf(i);
            }
        }
    }

    private static Post Sharing(string uri, string quoted = "") => Only(JetstreamFixture.Frame(node =>
    {
        node["commit"]!["record"]!["text"] = "Unbelievable, acme";
        node["commit"]!["record"]!["embed"] = JsonNode.Parse($$$"""{"media":{"external":{"uri":"{{{uri}}}","title":"Acme"}},"record":{"record":{"uri":"at://{{{quoted}}}/app.bsky.feed.post/3mq2345"} } }""");
    }));

    private static Post Only(byte[] frame)
    {
        var batch = JetstreamFixture.Batch(frame);
        Assert.Equal(1, batch.Count);
        return batch.PostAt(0);
    }
}
