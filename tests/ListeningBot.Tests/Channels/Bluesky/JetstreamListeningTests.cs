using System.Net.WebSockets;
using ListeningBot.Channels;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Channels.Bluesky;

public sealed class JetstreamListeningTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly ScriptedSocket _socket = new();
    private readonly WebReader _web;
    private readonly JetstreamListening _listening;
    private long _time;
    private int _posts;

    public JetstreamListeningTests()
    {
        _time = JetstreamTime.From(_clock.GetUtcNow());
        _web = new WebReader(new HttpSettings(), _clock);
        var context = new ChannelContext("sky", _web, _clock, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);
        _listening = new JetstreamListening(context, new BlueskyOptions(), _socket, new Resumption(_time, _time, FirstContact: false));
    }

    [Fact]
    public async Task A_post_in_a_quiet_stream_is_handed_on_at_once()
    {
        Say();
        Assert.Equal(1, (await Next()).Count);

        _clock.Advance(TimeSpan.FromSeconds(1));
        var next = Next();
        Assert.False(next.IsCompleted);
        Say();

        Assert.Equal(1, (await next).Count);
    }

    [Fact]
    public async Task Posts_in_quick_succession_are_handed_on_together()
    {
        Say();
        await Next();
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Say();
        var next = Next();
        await Sleeping();
        Say();
        _clock.Advance(TimeSpan.FromMilliseconds(140));
        Assert.False(next.IsCompleted);

        await Elapsing(next, TimeSpan.FromMilliseconds(10));

        Assert.Equal(2, (await next).Count);
    }

    [Fact]
    public async Task A_busy_stream_is_handed_on_when_a_batch_is_full()
    {
        for (var i = 0; i < JetstreamListening.LargestBatch + 10; i++)
        {
            Say();
        }

        Assert.Equal(JetstreamListening.LargestBatch, (await Next()).Count);
    }

    [Fact]
    public async Task A_frame_in_pieces_is_one_frame()
    {
        var frame = JetstreamFrames.Bytes(JetstreamFrames.Post("1", "in pieces " + new string('x', 200_000)), ++_time);
        _socket.Say(frame[..10], end: false);
        _socket.Say(frame[10..100_000], end: false);
        _socket.Say(frame[100_000..]);

        var batch = await Next();

        Assert.Equal(200_010, batch.PostAt(0).Text.Length);
        Assert.Equal(JetstreamTime.ToCursor(_time), batch.Next);
    }

    [Fact]
    public async Task Silence_is_alive_every_ten_seconds_and_leaves_the_cursor_where_it_was()
    {
        Say();
        var cursor = (await Next()).Next;

        var next = Next();
        var began = _clock.GetUtcNow();
        await Elapsing(next, TimeSpan.FromMilliseconds(500));

        var alive = await next;
        Assert.Equal((0, cursor), (alive.Count, alive.Next));
        Assert.Equal(TimeSpan.FromSeconds(10), _clock.GetUtcNow() - began);
    }

    [Fact]
    public async Task A_minute_of_silence_is_a_dead_connection()
    {
        var began = _clock.GetUtcNow();
        var error = await Assert.ThrowsAsync<ChannelException>(async () =>
        {
            while (true)
            {
                var next = Next();
                await Elapsing(next, TimeSpan.FromSeconds(1));
                await next;
            }
        });

        Assert.Contains("60 seconds", error.Message);
        Assert.Equal(TimeSpan.FromSeconds(60), _clock.GetUtcNow() - began);
    }

    [Fact]
    public async Task What_came_before_a_cut_is_handed_on_first()
    {
        Say();
        _socket.Cut();

        Assert.Equal(1, (await Next()).Count);
        await Assert.ThrowsAsync<WebSocketException>(Next);
    }

    [Fact]
    public async Task Frames_of_other_things_move_the_cursor_without_a_post()
    {
        _socket.Say(JetstreamFrames.Bytes(JetstreamFrames.Identity("did:plc:mia", "mia.example"), _time + 77));

        var next = Next();
        await Elapsing(next, TimeSpan.FromSeconds(1));

        Assert.Equal((0, JetstreamTime.ToCursor(_time + 77)), ((await next).Count, (await next).Next));
    }

    [Fact]
    public async Task A_flood_of_nonsense_is_counted_and_only_some_of_it_kept()
    {
        for (var i = 0; i < 100; i++)
        {
            _socket.Say("nonsense"u8.ToArray());
        }
        Say();

        var batch = await Next();

        Assert.Equal(1, batch.Count);
        Assert.Equal(20, batch.Aside.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _listening.DisposeAsync();
        _web.Dispose();
    }

    private Task<PostBatch> Next() => _listening.NextAsync(TestContext.Current.CancellationToken);

    private void Say() => _socket.Say(JetstreamFrames.Bytes(JetstreamFrames.Post("p" + ++_posts, "words"), ++_time));

    /// <summary>Until something waits for the clock.</summary>
    private async Task Sleeping()
    {
        while (_clock.Waiting == 0)
        {
            await Task.Yield();
        }
    }

    private async Task Elapsing(Task task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            if (_clock.Waiting > 0)
            {
                _clock.Advance(step);
            }
            await Task.Yield();
        }
    }
}
