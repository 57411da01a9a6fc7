using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Hosting;
using ListeningBot.Net;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Telemetry;

public sealed class PrometheusPageTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly HealthBoard _board;
    private readonly Gauges _gauges;
    private readonly PrometheusPage _page;

    public PrometheusPageTests()
    {
        _board = new HealthBoard(_clock);
        _gauges = new Gauges(_board, _temp.Store, new NodeFigures(_clock), _clock);
        _page = new PrometheusPage(_gauges);
    }

    [Fact]
    public async Task The_time_from_post_to_card_is_counted_once_by_channel_and_priority()
    {
        var channel = $"blog{Guid.NewGuid():N}";
        var id = await OpenAsync(channel, _clock.GetUtcNow() - TimeSpan.FromMinutes(4));
        await ShowAsync(id);
        await ShowAsync(id);
        await ShowAsync(await OpenAsync($"history of {channel}", _clock.GetUtcNow() - TimeSpan.FromDays(2000)));

        var page = await _page.WriteAsync(CancellationToken.None);

        Assert.Contains($"listeningbot_posted_to_shown_seconds_bucket{{channel=\"{channel}\",priority=\"high\",le=\"120\"}} 0\n", page, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_posted_to_shown_seconds_bucket{{channel=\"{channel}\",priority=\"high\",le=\"300\"}} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_posted_to_shown_seconds_sum{{channel=\"{channel}\",priority=\"high\"}} 240\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"listeningbot_posted_to_shown_seconds_count{{channel=\"history of {channel}\",priority=\"high\"}} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_seen_to_shown_seconds_count{{channel=\"history of {channel}\",priority=\"high\"}} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_cases_opened_total{{channel=\"{channel}\",priority=\"high\"}} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_mentions_total{{channel=\"{channel}\"}} 1\n", page, StringComparison.Ordinal);
    }

    /// <summary>From a series that is born with its first card an alert knows no rise: the card that came too late would call nobody.</summary>
    [Fact]
    public async Task What_can_be_counted_stands_there_with_nothing_before_its_first_time()
    {
        var channel = $"blog{Guid.NewGuid():N}";
        _page.BeginChannel(channel);
        Measures.BeginRoom("room of " + channel);

        var begun = await _page.WriteAsync(CancellationToken.None);
        foreach (var priority in (string[])["critical", "high", "normal", "low"])
        {
            foreach (var wait in (string[])["posted_to_shown", "seen_to_shown"])
            {
                Assert.Contains($"listeningbot_{wait}_seconds_bucket{{channel=\"{channel}\",priority=\"{priority}\",le=\"900\"}} 0\n", begun, StringComparison.Ordinal);
                Assert.Contains($"listeningbot_{wait}_seconds_bucket{{channel=\"{channel}\",priority=\"{priority}\",le=\"+Inf\"}} 0\n", begun, StringComparison.Ordinal);
                Assert.Contains($"listeningbot_{wait}_seconds_count{{channel=\"{channel}\",priority=\"{priority}\"}} 0\n", begun, StringComparison.Ordinal);
            }
            Assert.Contains($"listeningbot_cases_opened_total{{channel=\"{channel}\",priority=\"{priority}\"}} 0\n", begun, StringComparison.Ordinal);
            Assert.Contains($"listeningbot_shown_to_claimed_seconds_bucket{{priority=\"{priority}\",le=\"+Inf\"}} ", begun, StringComparison.Ordinal);
            Assert.Contains($"listeningbot_posted_to_answered_seconds_bucket{{priority=\"{priority}\",le=\"+Inf\"}} ", begun, StringComparison.Ordinal);
        }
        foreach (var outcome in (string[])["shown", "put_off", "given_up"])
        {
            Assert.Contains($"listeningbot_cards_total{{room=\"room of {channel}\",outcome=\"{outcome}\"}} 0\n", begun, StringComparison.Ordinal);
        }

        await ShowAsync(await OpenAsync(channel, _clock.GetUtcNow() - TimeSpan.FromMinutes(20)));

        var shown = await _page.WriteAsync(CancellationToken.None);
        Assert.Contains($"listeningbot_posted_to_shown_seconds_bucket{{channel=\"{channel}\",priority=\"high\",le=\"900\"}} 0\n", shown, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_posted_to_shown_seconds_bucket{{channel=\"{channel}\",priority=\"high\",le=\"1800\"}} 1\n", shown, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_posted_to_shown_seconds_count{{channel=\"{channel}\",priority=\"critical\"}} 0\n", shown, StringComparison.Ordinal);
    }

    /// <summary>Whoever else listens, as OTLP does, would count a value that is none.</summary>
    [Fact]
    public void A_histogram_begins_on_the_page_alone()
    {
        var heard = new List<string>();
        using var other = new System.Diagnostics.Metrics.MeterListener();
        other.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument == Measures.PostedToShown || instrument == Measures.SeenToShown)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        var channel = $"blog{Guid.NewGuid():N}";
        other.SetMeasurementEventCallback<double>((_, _, labels, _) => heard.AddRange(labels.ToArray().Select(label => $"{label.Value}")));
        other.Start();

        _page.BeginChannel(channel);

        Assert.DoesNotContain(channel, heard);
    }

    [Fact]
    public async Task How_old_the_last_backup_is_stands_there_and_that_there_is_none_only_where_the_store_would_know()
    {
        var none = await _page.WriteAsync(CancellationToken.None);
        Assert.Equal(!_temp.IsPostgres, none.Contains("listeningbot_store_backup_age_seconds +Inf\n", StringComparison.Ordinal));

        await _temp.WriteAsync(tx => Backups.Note(tx, _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Contains("listeningbot_store_backup_age_seconds 600\n", await _page.WriteAsync(CancellationToken.None), StringComparison.Ordinal);

        // Of a clock that was ahead: until then it would be 0 seconds old, and the alert silent.
        await _temp.WriteAsync(tx => Backups.Note(tx, _clock.GetUtcNow().AddYears(1)));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(none.Split('\n').Where(IsAge), (await _page.WriteAsync(CancellationToken.None)).Split('\n').Where(IsAge));

        static bool IsAge(string line) => line.StartsWith("listeningbot_store_backup_age", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_not_believed_stands_there_with_by_how_much_it_was_set()
    {
        var house = new HouseClock(_clock);
        using var gauges = new Gauges(_board, _temp.Store, new NodeFigures(_clock), house);
        var page = new PrometheusPage(gauges);
        Assert.Contains("listeningbot_clock_doubt_seconds 0\n", await page.WriteAsync(CancellationToken.None), StringComparison.Ordinal);

        _clock.Ahead = TimeSpan.FromHours(-1);

        Assert.Contains("listeningbot_clock_doubt_seconds -3600\n", await page.WriteAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_undone_is_not_counted()
    {
        var channel = $"blog{Guid.NewGuid():N}";
        await Assert.ThrowsAsync<InvalidOperationException>(() => _temp.Store.WriteAsync<int>(tx =>
        {
            tx.AddDead(Some.BadItem(channel, "an item", "raw"), _clock.GetUtcNow());
            throw new InvalidOperationException();
        }));
        await _temp.WriteAsync(tx => tx.AddGap("other" + channel, new Gap(_clock.GetUtcNow(), _clock.GetUtcNow().AddMinutes(1), "no network"), _clock.GetUtcNow()));

        var page = await _page.WriteAsync(CancellationToken.None);

        Assert.DoesNotContain($"\"{channel}\"", page, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_gaps_total{{channel=\"other{channel}\"}} 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_and_how_each_part_is_stands_as_of_now()
    {
        _board.Heard("channel blog", 3, 1);
        _board.Failing("room care", "its door is shut");
        await OpenAsync("blog", _clock.GetUtcNow() - TimeSpan.FromMinutes(4));
        _clock.Advance(TimeSpan.FromMinutes(10));

        var page = await _page.WriteAsync(CancellationToken.None);

        Assert.Contains("listeningbot_part_well{kind=\"channel\",name=\"blog\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("listeningbot_part_well{kind=\"room\",name=\"care\"} 0\n", page, StringComparison.Ordinal);
        Assert.Contains("listeningbot_cases_open{priority=\"high\",claimed=\"no\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("listeningbot_cases_unclaimed_oldest_seconds{priority=\"high\"} 600\n", page, StringComparison.Ordinal);
        Assert.Contains("listeningbot_cases_unclaimed_oldest_seconds{priority=\"critical\"} 0\n", page, StringComparison.Ordinal);
        Assert.Contains("listeningbot_cards_waiting{room=\"care\",priority=\"high\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("listeningbot_cards_waiting_oldest_seconds{room=\"care\"} 600\n", page, StringComparison.Ordinal);
        Assert.Matches("listeningbot_store_size_bytes [1-9]", page);
        Assert.Matches("dotnet_process_memory_working_set_bytes [1-9]", page);
    }

    /// <summary>Whom nobody has to call, nobody is paged for.</summary>
    [Fact]
    public async Task A_case_that_was_answered_or_put_off_waits_for_nobody_and_one_handed_back_since_then()
    {
        var ana = new Responder("discord:1", "Ana");
        var (answered, putOff, handedBack) = (await OpenAsync("blog", _clock.GetUtcNow()), await OpenAsync("blog", _clock.GetUtcNow()), await OpenAsync("blog", _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromHours(2));
        await HappenAsync(answered, new AnsweredByUs("care", _clock.GetUtcNow()));
        await HappenAsync(putOff, new Snoozed(ana, _clock.GetUtcNow() + TimeSpan.FromDays(1)));
        await HappenAsync(handedBack, new Claimed(ana));
        await HappenAsync(handedBack, new Released(ana));
        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Contains("listeningbot_cases_unclaimed_oldest_seconds{priority=\"high\"} 180\n", await _page.WriteAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    /// <summary>A team that answers in the service's own window, and ends no case here.</summary>
    [Fact]
    public async Task A_thousand_answered_cases_hide_none_that_waits()
    {
        await _temp.WriteAsync(tx =>
        {
            for (var i = 0; i < 1000; i++)
            {
                new CaseWriter(tx, _clock.GetUtcNow(), new Policy()).Happen(Open(tx, "blog", _clock.GetUtcNow()), new AnsweredByUs("care", _clock.GetUtcNow()));
            }
        });
        _clock.Advance(TimeSpan.FromMinutes(1));
        await OpenAsync("blog", _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Contains("listeningbot_cases_unclaimed_oldest_seconds{priority=\"high\"} 1200\n", await _page.WriteAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_answers_nothing_holds_up_nobody_who_asks_and_is_told_as_out_of_reach()
    {
        _board.Heard("channel blog", 3, 1);
        using var answers = new ManualResetEventSlim();
        using var gauges = new Gauges(_board, new StoreThatHangs(_temp.Store, answers), new NodeFigures(_clock), _clock);
        using var page = new PrometheusPage(gauges);

        var asked = Enumerable.Range(0, 3).Select(_ => page.WriteAsync(CancellationToken.None)).ToList();
        await UntilAsync(() => _clock.Waiting >= asked.Count);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var told = await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

        Assert.All(told, one => Assert.Contains("listeningbot_store_reachable 0\n", one, StringComparison.Ordinal));
        Assert.All(told, one => Assert.Contains("listeningbot_part_well{kind=\"channel\",name=\"blog\"} 1\n", one, StringComparison.Ordinal));
        Assert.All(told, one => Assert.DoesNotContain("listeningbot_cases_open{", one, StringComparison.Ordinal));
        answers.Set();
        Assert.Contains("listeningbot_store_reachable 1\n", await page.WriteAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "Waited in vain.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private Task HappenAsync(long @case, CaseEvent happened) => _temp.WriteAsync(tx => { new CaseWriter(tx, _clock.GetUtcNow(), new Policy()).Happen(tx.CaseOf(@case)!, happened); });

    private Task<long> OpenAsync(string channel, DateTimeOffset posted) => _temp.Store.WriteAsync(tx => Open(tx, channel, posted).Id);

    private Case Open(IStoreTx tx, string channel, DateTimeOffset posted)
    {
        var now = _clock.GetUtcNow();
        var post = Some.Post() with { Key = new PostKey(channel, Guid.NewGuid().ToString()), Channel = channel, Posted = posted };
        var mention = new Mention { Post = post, Posted = posted, FirstSeen = now, Assessment = Some.Assessment(priority: Priority.High), Watches = ["acme"], Teams = ["care"], Standing = Standing.Case };
        var stored = mention with { Id = tx.AddMention(mention) };
        return new CaseWriter(tx, now, new Policy()).Open(stored, ["care"]);
    }

    private Task ShowAsync(long id) => _temp.WriteAsync(tx => new CaseWriter(tx, _clock.GetUtcNow(), new Policy()).Happen(tx.CaseOf(id)!, new CardShown("care")));

    /// <summary>A database behind a network that is cut: no answer and no error, for as long as it is.</summary>
    private sealed class StoreThatHangs(IStore store, ManualResetEventSlim answers) : IStore
    {
        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default) => store.WriteAsync(work, ct);

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => Task.Run(() => answers.Wait(CancellationToken.None), CancellationToken.None).ContinueWith(_ => store.ReadAsync(work, ct), TaskScheduler.Default).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        _gauges.Dispose();
        await _temp.DisposeAsync();
    }
}
