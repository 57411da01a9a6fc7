using System.Net.WebSockets;
using System.Text;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Bluesky;

public sealed class BlueskyChannelTests
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task First_contact_asks_for_the_last_day_of_posts_alone()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        rig.Jetstream.Push(JetstreamFrames.Post("old", "a day and more ago"), Now - TimeSpan.FromHours(25));
        rig.Jetstream.Push(JetstreamFrames.Post("day", "within the day"), Now - TimeSpan.FromHours(23));
        rig.Jetstream.Push(JetstreamFrames.Post("new", "just now"));
        var listener = new Listener(rig);

        await listener.UntilAsync(l => l.Heard("just now") > 0);

        Assert.Equal(["within the day", "just now"], listener.Posts.Select(p => p.Text));
        var query = Assert.Single(rig.Jetstream.Subscriptions);
        Assert.StartsWith("?wantedCollections=app.bsky.feed.post&cursor=", query);
        var asked = JetstreamTime.Of(long.Parse(query.Split("cursor=")[1]))!.Value;
        Assert.InRange(Now - asked, TimeSpan.FromHours(24), TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_resumed_stream_is_rewound_by_five_seconds()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        var since = JetstreamTime.From(Now - TimeSpan.FromMinutes(1));
        rig.Jetstream.Push(JetstreamFrames.Post("1", "overlap"), Now - TimeSpan.FromSeconds(63));
        rig.Jetstream.Push(JetstreamFrames.Post("2", "fresh"));
        var listener = new Listener(rig, JetstreamTime.ToCursor(since));

        await listener.UntilAsync(l => l.Heard("fresh") > 0);

        Assert.EndsWith("cursor=" + (since - 5_000_000), rig.Jetstream.Subscriptions[0]);
        Assert.Equal(1, listener.Heard("overlap"));
    }

    [Fact]
    public async Task Edits_deletions_and_removed_accounts_are_heard_in_their_order()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        rig.Jetstream.Push(JetstreamFrames.Post("1", "first words"));
        rig.Jetstream.Push(JetstreamFrames.Identity("did:plc:mia", "mia.example"));
        rig.Jetstream.Push(JetstreamFrames.Post("1", "second words", operation: "update"));
        rig.Jetstream.Push(JetstreamFrames.Deletion("1"));
        rig.Jetstream.Push(JetstreamFrames.Account("did:plc:mia", "deactivated"));
        rig.Jetstream.Push(JetstreamFrames.Account("did:plc:mia", "deleted"));
        var listener = new Listener(rig);

        await listener.UntilAsync(l => l.Changes.Count >= 4);

        Assert.Equal([ChangeKind.Added, ChangeKind.Edited, ChangeKind.Deleted, ChangeKind.AuthorGone], listener.Changes.Select(c => c.Kind));
        Assert.Single(listener.Changes.Take(3).Select(c => c.Key).Distinct());
        Assert.Equal("did:plc:mia", listener.Changes[3].Key.Id);
    }

    [Fact]
    public async Task A_cursor_that_the_service_moved_up_is_recorded_as_a_gap()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        var since = Now - TimeSpan.FromHours(50);
        var kept = rig.Jetstream.Push(JetstreamFrames.Post("1", "the oldest kept"), Now - TimeSpan.FromHours(36));
        var gaps = new List<Gap>();

        await foreach (var batch in Read(rig, JetstreamTime.ToCursor(JetstreamTime.From(since))))
        {
            gaps.AddRange(batch.Gap is { } gap ? [gap] : []);
            if (batch.Count > 0)
            {
                break;
            }
        }

        var found = Assert.Single(gaps);
        Assert.Equal(JetstreamTime.Of(JetstreamTime.From(since)), found.From);
        Assert.Equal(JetstreamTime.Of(kept), found.To);
    }

    [Fact]
    public async Task A_stream_that_goes_on_where_it_stopped_has_no_gap()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        var heard = rig.Jetstream.Push(JetstreamFrames.Post("1", "one"), Now - TimeSpan.FromMinutes(2));
        rig.Jetstream.Push(JetstreamFrames.Post("2", "two"), Now - TimeSpan.FromSeconds(119));

        await foreach (var batch in Read(rig, JetstreamTime.ToCursor(heard)))
        {
            Assert.Null(batch.Gap);
            if (batch.Count > 0)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task Frames_that_make_no_sense_are_kept_aside_and_neither_stop_nor_move_anything()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        rig.Jetstream.Push(JetstreamFrames.Post("1", "before"));
        var wrong = new (byte[] Bytes, WebSocketMessageType Type, string What)[]
        {
            ("nonsense"u8.ToArray(), WebSocketMessageType.Text, "a frame is not JSON (byte 1)"),
            ([], WebSocketMessageType.Text, "a frame is not JSON (byte 0)"),
            ("[1]"u8.ToArray(), WebSocketMessageType.Text, "a frame is not a JSON object"),
            ([1, 2, 3], WebSocketMessageType.Binary, "a frame is binary"),
            (Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', FrameReader.LargestFrame) + "\"}"), WebSocketMessageType.Text, "a frame is longer than 1048576 bytes"),
            (Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000))), WebSocketMessageType.Text, "a frame is not JSON"),
        };
        foreach (var (bytes, type, _) in wrong)
        {
            rig.Jetstream.PushRaw(bytes, type);
        }
        // Times far off: one that would skip everything to come, and one before all others.
        rig.Jetstream.PushRaw(JetstreamFrames.Bytes(JetstreamFrames.Post("2", "from the future"), 253_402_300_799_000_000));
        rig.Jetstream.PushRaw(JetstreamFrames.Bytes(JetstreamFrames.Post("3", "from before"), -1));
        var last = rig.Jetstream.Push(JetstreamFrames.Post("4", "after"));
        var listener = new Listener(rig);

        await listener.UntilAsync(l => l.Heard("after") > 0, resumeAfterFaults: false);

        Assert.Equal(["before", "from the future", "from before", "after"], listener.Posts.Select(p => p.Text));
        Assert.Equal(wrong.Length, listener.Aside.Count);
        Assert.All(wrong.Zip(listener.Aside), pair => Assert.StartsWith(pair.First.What, pair.Second.What));
        Assert.All(listener.Aside, aside => Assert.InRange(aside.Raw.Length, 0, 4096));
        Assert.Equal(JetstreamTime.ToCursor(last), listener.Cursor);
    }

    [Fact]
    public async Task A_frame_that_breaks_the_protocol_each_time_is_got_past_and_recorded_as_a_gap()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        var before = rig.Jetstream.Push(JetstreamFrames.Post("1", "before"), Now - TimeSpan.FromSeconds(20));
        rig.Jetstream.PushRaw([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8], at: Now - TimeSpan.FromSeconds(19.5));
        rig.Jetstream.Push(JetstreamFrames.Post("2", "after"), Now - TimeSpan.FromSeconds(10));
        var channel = Channel(rig);
        Cursor? cursor = null;
        var (heard, gaps, faults) = (new List<string>(), new List<Gap>(), 0);

        while (!heard.Contains("after") && faults < 10)
        {
            try
            {
                await foreach (var batch in channel.ReadAsync(cursor, Core.Watching.WatchSet.Build([], Core.Watching.Ours.Nobody), TestContext.Current.CancellationToken))
                {
                    cursor = batch.Next;
                    gaps.AddRange(batch.Gap is { } gap ? [gap] : []);
                    heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => batch.PostAt(i).Text));
                    if (heard.Contains("after"))
                    {
                        break;
                    }
                }
            }
            catch (ChannelException)
            {
                faults++;
            }
        }

        Assert.Contains("after", heard);
        Assert.Equal(3, faults);
        Assert.Contains(gaps, gap => gap.From == JetstreamTime.Of(before));
    }

    [Fact]
    public async Task A_stream_cut_in_the_middle_of_a_frame_goes_on_after_a_new_connection()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        rig.Jetstream.Push(JetstreamFrames.Post("1", "one"));
        var listener = new Listener(rig);
        await listener.UntilAsync(l =>
        {
            if (l.Heard("one") > 0 && l.Faults.Count == 0)
            {
                rig.Jetstream.CutAll();
            }
            return l.Faults.Count > 0;
        });
        rig.Jetstream.Push(JetstreamFrames.Post("2", "two"));

        await listener.UntilAsync(l => l.Heard("two") > 0);

        Assert.Equal(["one", "two"], listener.Posts.Select(p => p.Text).Distinct());
        Assert.Contains("was cut", listener.Faults[0].Message);
        Assert.True(listener.Faults[0].Passes);
    }

    [Fact]
    public async Task A_service_that_says_goodbye_is_connected_to_anew()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        rig.Jetstream.Push(JetstreamFrames.Post("1", "one"));
        var listener = new Listener(rig);
        await listener.UntilAsync(l =>
        {
            if (l.Heard("one") > 0 && l.Faults.Count == 0)
            {
                rig.Jetstream.CloseAll();
            }
            return l.Faults.Count > 0;
        });

        Assert.Contains("ended the connection (close status 1001)", listener.Faults[0].Message);
        Assert.True(listener.Faults[0].Passes);
        Assert.False(listener.Faults[0].NeedsOperator);
    }

    [Fact]
    public async Task A_service_that_went_away_is_heard_when_it_comes_back_on_its_port()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        var port = rig.Jetstream.Port;
        rig.Jetstream.Push(JetstreamFrames.Post("1", "one"));
        var listener = new Listener(rig);
        await listener.UntilAsync(l => l.Heard("one") > 0);

        await rig.Jetstream.StopAsync();
        await listener.UntilAsync(l => l.Faults.Count > 0);
        rig.Jetstream.Push(JetstreamFrames.Post("2", "while away"));
        await rig.Jetstream.StartAsync(port);

        await listener.UntilAsync(l => l.Heard("while away") > 0);
    }

    [Fact]
    public async Task Silence_is_alive_at_first_and_dead_in_the_end()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        rig.Jetstream.Silent = true;
        var listener = new Listener(rig);

        await listener.UntilAsync(l => l.Faults.Count > 0);

        Assert.True(listener.Batches >= 2, $"{listener.Batches} signs of life");
        Assert.Single(listener.Cursors.Select(c => c.Cursor).Distinct());
        Assert.Contains("has sent nothing", listener.Faults[0].Message);
        Assert.True(listener.Faults[0].Passes);
    }

    [Fact]
    public async Task A_long_backlog_comes_in_batches_of_bounded_size_and_in_order()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        for (var i = 0; i < 2500; i++)
        {
            rig.Jetstream.Push(JetstreamFrames.Post("p" + i, "number " + i));
        }
        var sizes = new List<int>();
        var texts = new List<string>();

        await foreach (var batch in Read(rig, null))
        {
            sizes.Add(batch.Count);
            texts.AddRange(Enumerable.Range(0, batch.Count).Select(i => batch.PostAt(i).Text));
            if (texts.Count >= 2500)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, 2500).Select(i => "number " + i), texts);
        Assert.InRange(sizes.Max(), 2, JetstreamListening.LargestBatch);
    }

    [Fact]
    public async Task When_one_endpoint_fails_the_other_is_asked()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        await using var other = await LocalJetstream.StartedAsync();
        rig.Jetstream.Refusal = FeedAnswers.Status(503);
        other.Push(JetstreamFrames.Post("1", "from the other"));
        var channel = new BlueskyChannel(Context(rig), rig.Options with { OtherEndpoint = other.Endpoint });

        await Assert.ThrowsAsync<ChannelException>(() => FirstAsync(channel));

        Assert.Equal("from the other", await FirstAsync(channel));
    }

    [Fact]
    public async Task Signing_in_tells_how_much_is_heard()
    {
        await using var rig = await BlueskyRig.StartedAsync();
        var clock = new ManualClock();
        var signingIn = BlueskyChannel.SignInAsync(Context(rig) with { Time = clock }, rig.Options with { LongestSilence = TimeSpan.FromSeconds(60) }, TestContext.Current.CancellationToken);
        await Eventually(() => rig.Jetstream.Subscriptions.Count == 1);
        rig.Jetstream.Push(JetstreamFrames.Post("1", "one"), Now + TimeSpan.FromHours(1));

        while (!signingIn.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.Equal("heard 1 events from 127.0.0.1 in 3 seconds", await signingIn);
    }

    [Theory]
    [InlineData("https://jetstream.example/subscribe", null, "Endpoint")]
    [InlineData("wss://jetstream.example/subscribe?cursor=1", null, "Endpoint")]
    [InlineData("jetstream", null, "Endpoint")]
    [InlineData("wss://jetstream.example/subscribe", "x", "OtherEndpoint")]
    public void Options_that_can_not_be_are_told(string endpoint, string? other, string option)
    {
        Assert.Equal(option, Assert.Single(BlueskyOptions.Validate(new BlueskyOptions { Endpoint = endpoint, OtherEndpoint = other })).Option);
    }

    [Theory]
    [InlineData("public.api.bsky.app")]
    [InlineData("ftp://view.example")]
    [InlineData("https://view.example/?key=1")]
    public void An_address_for_profiles_that_can_not_be_is_told(string address) =>
        Assert.Equal("Profiles", Assert.Single(BlueskyOptions.Validate(new BlueskyOptions { Profiles = address })).Option);

    [Fact]
    public void Only_the_public_service_has_a_second_address_of_its_own()
    {
        Assert.Empty(BlueskyOptions.Validate(new BlueskyOptions()));
        Assert.Equal(2, new BlueskyOptions().Endpoints.Count);
        Assert.Single(new BlueskyOptions { Endpoint = "wss://jetstream.example/subscribe" }.Endpoints);
    }

    private static async Task Eventually(Func<bool> holds)
    {
        for (var tries = 0; !holds() && tries < 1000; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        Assert.True(holds());
    }

    private static async Task<string> FirstAsync(BlueskyChannel channel)
    {
        await foreach (var batch in channel.ReadAsync(null, Core.Watching.WatchSet.Build([], Core.Watching.Ours.Nobody), TestContext.Current.CancellationToken))
        {
            if (batch.Count > 0)
            {
                return batch.PostAt(0).Text;
            }
        }
        return "";
    }

    private static IAsyncEnumerable<PostBatch> Read(BlueskyRig rig, Cursor? since) =>
        Channel(rig).ReadAsync(since, Core.Watching.WatchSet.Build([], Core.Watching.Ours.Nobody), TestContext.Current.CancellationToken);

    private static BlueskyChannel Channel(BlueskyRig rig) => new(Context(rig), rig.Options);

    private static ListeningBot.Channels.ChannelContext Context(BlueskyRig rig) =>
        rig.Context(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);
}
