using ListeningBot.Cli;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

public sealed class LatencyVerbTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private readonly StringWriter _out = new();

    [Fact]
    public async Task Every_channel_has_its_steps_and_the_footer_says_what_was_left_out()
    {
        await TwoAsync();

        await new LatencyVerbTable(null, Now.AddDays(-7)).WriteAsync(_temp.Store, json: false, _out, new VerbPaper(_out, null), default);

        var lines = _out.ToString().ReplaceLineEndings().Split('\n');
        Assert.Equal("Since 2026-10-26 09:00 UTC", lines[0]);
        Assert.Equal("  channel       step                mentions  p50      p95      p99", lines[1]);
        Assert.Equal("  blog          posted to seen      1         20 min   20 min   20 min", lines[2]);
        Assert.Equal("                seen to fetched     1         1.5 s    1.5 s    1.5 s", lines[3]);
        Assert.Equal("                fetched to scored   1         0.25 ms  0.25 ms  0.25 ms", lines[4]);
        Assert.Equal("                recorded to shown   0", lines[6]);
        Assert.Contains(lines, line => line.StartsWith("  all channels  posted to seen      2", StringComparison.Ordinal));
        Assert.Contains("Not in these figures: 0 read at the first contact with their source, 0 posted while their channel was not heard (see gaps), 0 posted more than 30 days before.", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_milliseconds()
    {
        await TwoAsync();

        await new LatencyVerbTable("blog", Now.AddDays(-7)).WriteAsync(_temp.Store, json: true, _out, new VerbPaper(_out, null), default);

        Assert.StartsWith("""{"channel":"blog","mentions":1,"undated":0,"apart":{"firstContact":0,"readAfterwards":0,"longBefore":0},"steps":[{"step":"posted to seen","mentions":1,"p50Ms":1200000,"p95Ms":1200000,"p99Ms":1200000},""", _out.ToString(), StringComparison.Ordinal);
        Assert.Single(_out.ToString().Trim().Split('\n'));
    }

    private Task TwoAsync() => _temp.WriteAsync(tx =>
    {
        foreach (var channel in new[] { "blog", "inbox" })
        {
            var mention = SomeStored.Mention(channel);
            tx.KeepTimes(tx.AddMention(mention), new MentionTimes(channel, Now.AddMinutes(-20), Now, Now.AddSeconds(1.5), TimeSpan.FromMicroseconds(250), TimeSpan.FromMilliseconds(2), FirstContact: false));
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _out.DisposeAsync();
        await _temp.DisposeAsync();
    }
}
