using ListeningBot.Channels.X;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.X;

public sealed class XStreamTests
{
    [Fact]
    public async Task The_rules_are_made_exactly_ours()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Rules.Add("cats has:images", "somebody else's");
        bench.X.Rules.Add("(\"acme\" OR #acme OR @acme) -is:retweet", "listeningbot");
        bench.X.Rules.Add("(\"acme\" OR #acme OR @acme) -is:retweet");
        bench.X.Rules.Add("(\"old\" OR #old OR @old) -is:retweet", "listeningbot");

        await bench.ReadAsync(Options(bench) with { DeleteOtherRules = true }, () => true, find: ["acme"]);
        Assert.Equal(("(\"acme\" OR #acme OR @acme) -is:retweet", "listeningbot"), Assert.Single(bench.X.Rules.All.Select(rule => (rule.Value, rule.Tag))));

        await bench.ReadAsync(Options(bench), () => true, find: ["acme", "zenith"]);
        Assert.Single(bench.X.Rules.All);
        Assert.Contains(bench.X.Rules.All, rule => rule.Value.Contains("zenith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_cut_made_us_miss_is_searched_for()
    {
        await using var bench = await new XBench().StartedAsync();
        var reading = bench.ReadAsync(Options(bench), () => bench.Texts.Distinct().Count() == 3);
        await Until.TrueAsync(() => bench.X.Connections == 1 && bench.Cursor is not null);
        bench.X.Post("acme one");
        await Until.TrueAsync(() => bench.Texts.Contains("acme one"));
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        bench.X.CutStream();

        // Written into the connection that is gone.
        bench.X.Post("acme two");
        await Until.TrueAsync(() => bench.Texts.Contains("acme two"));
        bench.X.Post("acme three");
        await reading;

        Assert.Equal(3, bench.Texts.Distinct().Count());
        Assert.Contains("connection to X's stream was cut", bench.Logs.Text, StringComparison.Ordinal);
    }

    /// <summary>The store was away for ten minutes, say: what X had sent before it ended the stream tells nothing of the time since.</summary>
    [Fact]
    public async Task Lines_that_lay_unread_hide_nothing_that_was_missed_behind_them()
    {
        await using var bench = await new XBench().StartedAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var reading = new XChannel(bench.Context(), Options(bench)).ReadAsync(null, WatchSet.Build([Some.Watch(find: ["acme"])], Ours.Nobody), patience.Token).GetAsyncEnumerator(patience.Token);
        while (bench.X.Connections == 0 || !bench.Texts.Contains("acme one"))
        {
            if (bench.X.Connections == 1 && !bench.Texts.Contains("acme one"))
            {
                bench.X.Post("acme one");
            }
            Assert.True(await reading.MoveNextAsync());
            bench.Take(reading.Current);
        }
        bench.X.PushLine("");
        bench.X.CutStream();
        await Until.TrueAsync(() => bench.X.Connections == 0);
        bench.X.Post("acme missed");
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        while (!bench.Texts.Contains("acme missed"))
        {
            Assert.True(await reading.MoveNextAsync());
            bench.Take(reading.Current);
            if (bench.X.Connections > 0 && bench.Searches.Count() > 3)
            {
                break;
            }
        }

        Assert.Contains("acme missed", bench.Texts);
    }

    [Fact]
    public async Task What_was_heard_while_our_clock_was_a_day_ahead_hides_nothing_that_is_missed_later()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.Clock.Ahead = TimeSpan.FromDays(1);
        var reading = bench.ReadAsync(Options(bench), () => bench.Texts.Contains("acme one"));
        await Until.TrueAsync(() => bench.X.Connections == 1 && bench.Cursor is not null);
        bench.X.Post("acme one");
        await reading;
        bench.Clock.Ahead = TimeSpan.Zero;
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        bench.X.Post("acme two");

        await bench.ReadAsync(Options(bench), () => bench.Texts.Contains("acme two"));
    }

    [Fact]
    public async Task A_silent_stream_counts_as_dead_and_is_connected_to_again()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.KeepAlive = null;
        var reading = bench.ReadAsync(Options(bench), () => bench.Texts.Contains("acme two"));
        await Until.TrueAsync(() => bench.X.Connections == 1 && bench.Clock.Waiting > 0);
        bench.X.Post("acme one");
        await Until.TrueAsync(() => bench.Texts.Contains("acme one"));
        await Until.TrueAsync(() => bench.Logs.Text.Contains("counts as dead", StringComparison.Ordinal), bench.Clock);
        await Until.TrueAsync(() => bench.X.Connections == 1);
        bench.X.Post("acme two");
        await reading;
    }

    [Fact]
    public async Task X_that_ends_its_stream_is_believed_and_a_second_connection_waits_a_minute()
    {
        await using var bench = await new XBench().StartedAsync();
        var first = bench.ReadAsync(Options(bench), () => bench.Texts.Contains("acme end"));
        await Until.TrueAsync(() => bench.X.Connections == 1 && bench.Cursor is not null);

        var second = await Assert.ThrowsAsync<ChannelException>(() => bench.ReadAsync(Options(bench), () => true));
        Assert.Contains("another program holds the app's one connection", second.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), second.After);

        bench.X.PushLine("""{"errors":[{"title":"operational-disconnect","disconnect_type":"UpstreamOperationalDisconnect","type":"https://api.x.com/2/problems/operational-disconnect"}]}""");
        await Until.TrueAsync(() => bench.Logs.Text.Contains("operational-disconnect", StringComparison.Ordinal));
        bench.X.Post("acme end");
        await first;
    }

    [Fact]
    public async Task A_line_that_makes_no_sense_ends_nothing()
    {
        await using var bench = await new XBench().StartedAsync();
        var reading = bench.ReadAsync(Options(bench), () => bench.Texts.Contains("acme after"));
        await Until.TrueAsync(() => bench.X.Connections == 1 && bench.Cursor is not null);
        bench.X.PushLine("{\"data\": nonsense");
        bench.X.PushLine("[]");
        bench.X.PushLine("{\"data\":{\"id\":\"5\"}}");
        bench.X.Post("acme after");
        await reading;
        Assert.Single(bench.X.Asked, asked => asked.StartsWith("/2/tweets/search/stream", StringComparison.Ordinal) && !asked.Contains("/rules", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Before_the_budget_is_passed_the_stream_is_hung_up_and_goes_on_when_there_is_money()
    {
        await using var bench = await new XBench().StartedAsync();
        var waits = 0;
        var options = Options(bench) with { Budget = 0.4m };
        var reading = bench.ReadAsync(options, () => waits > 0, (pause, _) =>
        {
            waits++;
            bench.Clock.Advance(pause);
            return Task.CompletedTask;
        });
        await Until.TrueAsync(() => bench.X.Connections == 1 && bench.Cursor is not null);
        for (var i = 0; i < 200 && !reading.IsCompleted; i++)
        {
            var seen = bench.Texts.Count();
            bench.X.Post($"acme {i}");
            await Until.TrueAsync(() => bench.Texts.Count() > seen || reading.IsCompleted || bench.X.Connections == 0);
        }
        await reading;

        // At nine 53 percent of 80 posts; what may have been on its way is paid for too.
        Assert.InRange(bench.X.Charged, 100_000, SpendPace.Allowed(400_000, Tests.Support.ManualClock.Start));
    }

    [Fact]
    public async Task A_burst_that_costs_more_than_was_reserved_is_counted_and_ends_the_stream()
    {
        await using var bench = await new XBench().StartedAsync();
        var waits = 0;
        var reading = bench.ReadAsync(Options(bench) with { Budget = 0.4m }, () => waits > 0, (pause, _) =>
        {
            waits++;
            bench.Clock.Advance(pause);
            return Task.CompletedTask;
        });
        await Until.TrueAsync(() => bench.X.Connections == 1 && bench.Cursor is not null);
        for (var i = 0; i < 90; i++)
        {
            bench.X.Post($"acme {i}");
        }
        await reading;

        Assert.True(bench.Texts.Count() >= 20);
        Assert.True(bench.Spend!.Spent >= bench.Texts.Distinct().Count() * 5_000, $"{bench.Spend.Spent} for {bench.Texts.Count()}");
    }

    [Fact]
    public async Task Rules_of_another_program_are_never_deleted_unasked()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Rules.Add("cats has:images", "somebody else's");

        var refused = await Assert.ThrowsAsync<ChannelException>(() => bench.ReadAsync(Options(bench) with { DeleteOtherRules = false }, () => true));

        Assert.True(refused.NeedsOperator);
        Assert.Contains("1 rule of another program", refused.Message, StringComparison.Ordinal);
        Assert.Contains("DeleteOtherRules", refused.Message, StringComparison.Ordinal);
        Assert.Equal("cats has:images", Assert.Single(bench.X.Rules.All).Value);
    }

    private static XOptions Options(XBench bench) => bench.Options with { Listen = XListen.Stream };
}
