using ListeningBot.Cli;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

public sealed class GapsVerbTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private readonly StringWriter _out = new();

    [Fact]
    public async Task Gaps_are_a_table_with_what_became_of_them_and_a_line_of_the_time_heard()
    {
        await TwoGapsAsync();

        await new GapsVerbList(null, Now.AddDays(-7), Now).WriteAsync(_temp.Store, json: false, _out, new VerbPaper(_out, null), default);

        Assert.Equal(
            """
            2 gaps
              channel  from (UTC)        to                for     what became of it  late cases  cause
              blog     2026-11-02 05:00  2026-11-02 06:00  60 min  read afterwards                no route to the feed. Look at the network
              inbox    2026-11-02 08:00                    60 min  dark still                     the password is refused. Give the new one.

            Heard 99.4% of the last 7 days (blog 99.4%, inbox 99.4%).

            """,
            _out.ToString().ReplaceLineEndings());
    }

    [Fact]
    public async Task One_channel_alone_can_be_asked_for_and_programs_read_json()
    {
        await TwoGapsAsync();

        await new GapsVerbList("inbox", Now.AddDays(-7), Now).WriteAsync(_temp.Store, json: true, _out, new VerbPaper(_out, null), default);

        Assert.Equal("""{"channel":"inbox","from":"2026-11-02T08:00:00Z","cause":"the password is refused. Give the new one.","fate":"open","quiet":false,"lateCases":[]}""", _out.ToString().Trim());
    }

    [Fact]
    public async Task Without_any_channel_it_says_so()
    {
        await new GapsVerbList("x", Now.AddDays(-7), Now).WriteAsync(_temp.Store, json: false, _out, new VerbPaper(_out, null), default);

        Assert.Equal("No channel \"x\" was read in this time.", _out.ToString().Trim());
    }

    /// <summary>Of an install ten minutes old nobody can say how much of a week it heard.</summary>
    [Fact]
    public async Task The_time_that_is_named_is_no_longer_than_anything_was_read()
    {
        await _temp.WriteAsync(tx =>
        {
            tx.MoveCursor("blog", new Cursor("1"), Now.AddMinutes(-10));
            tx.AddGap("blog", new Gap(Now.AddMinutes(-4), Now.AddMinutes(-2), "no route to the feed") { Fate = GapFate.Backfilled }, Now);
        });

        await new GapsVerbList(null, Now.AddDays(-7), Now).WriteAsync(_temp.Store, json: false, _out, new VerbPaper(_out, null), default);

        Assert.EndsWith("\nHeard 80.0% of the last 10 min; nothing was read before.\n", _out.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_store_that_was_put_back_and_does_not_run_yet_it_says_that()
    {
        await _temp.WriteAsync(tx =>
        {
            tx.KeepDocument("last heartbeat", Now.AddHours(-5).ToString("O"), Now.AddHours(-5));
            tx.KeepDocument("put back", Now.AddHours(-5).ToUnixTimeMilliseconds().ToString(), Now);
        });

        await new GapsVerbList(null, Now.AddDays(-7), Now).WriteAsync(_temp.Store, json: false, _out, new VerbPaper(_out, null), default);

        Assert.StartsWith("ListeningBot does not run: nothing is heard, and the store was put back from a backup of 2026-11-02 04:00 UTC. What was heard later is not in it.", _out.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Nobody reads it any more, and what is not read is not heard.</summary>
    [Fact]
    public async Task A_channel_that_was_taken_out_counts_until_it_was_last_read()
    {
        await _temp.WriteAsync(tx =>
        {
            tx.MoveCursor("blog", new Cursor("1"), Now.AddDays(-30));
            tx.MoveCursor("inbox", new Cursor("1"), Now.AddDays(-30));
            tx.MoveCursor("inbox", new Cursor("2"), Now.AddDays(-6));
            tx.MoveCursor("ancient", new Cursor("1"), Now.AddDays(-30));
            tx.AddGap("inbox", new Gap(Now.AddDays(-6.5), Now.AddDays(-6.25), "no route to the server") { Fate = GapFate.Lost }, Now);
        });

        await new GapsVerbList(null, Now.AddDays(-7), Now) { Configured = ["blog"] }.WriteAsync(_temp.Store, json: false, _out, new VerbPaper(_out, null), default);

        Assert.EndsWith("Heard 96.8% of the last 7 days (blog 100.0%, inbox 75.0%).", _out.ToString().Trim(), StringComparison.Ordinal);
    }

    /// <summary>It went dark, and was given up: the time in which somebody waited for it was not heard.</summary>
    [Fact]
    public async Task A_channel_that_was_dark_until_it_was_taken_out_counts_until_then()
    {
        await _temp.WriteAsync(tx =>
        {
            tx.MoveCursor("inbox", new Cursor("1"), Now.AddDays(-30));
            tx.MoveCursor("inbox", new Cursor("2"), Now.AddDays(-6));
            tx.AddGap("inbox", new Gap(Now.AddDays(-6), Now.AddDays(-3), "no route to the server") { Fate = GapFate.Lost }, Now);
        });

        await new GapsVerbList(null, Now.AddDays(-7), Now) { Configured = [] }.WriteAsync(_temp.Store, json: false, _out, new VerbPaper(_out, null), default);

        Assert.EndsWith("Heard 25.0% of the last 7 days.", _out.ToString().Trim(), StringComparison.Ordinal);
    }

    private Task TwoGapsAsync() => _temp.WriteAsync(tx =>
    {
        tx.MoveCursor("blog", new Cursor("1"), Now.AddDays(-30));
        tx.MoveCursor("inbox", new Cursor("1"), Now.AddDays(-30));
        tx.AddGap("blog", new Gap(Now.AddHours(-4), Now.AddHours(-3), "no route to the feed. Look at the network") { Fate = GapFate.Backfilled }, Now);
        tx.AddGap("inbox", new Gap(Now.AddHours(-1), Gap.NoEnd, "the password is refused. Give the new one.") { Fate = GapFate.Open }, Now, told: true);
    });

    public async ValueTask DisposeAsync()
    {
        await _out.DisposeAsync();
        await _temp.DisposeAsync();
    }
}
