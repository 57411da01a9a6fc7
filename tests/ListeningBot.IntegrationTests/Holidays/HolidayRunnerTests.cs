using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Teams;
using ListeningBot.Holidays;
using ListeningBot.Hosting;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Holidays;

/// <summary>Calendars of holidays from an address, over real HTTP.</summary>
public sealed class HolidayRunnerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Tomorrow = ManualClock.Start.AddDays(1);
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly PolicyBook _policies = new();
    private WebReader? _web;

    [Fact]
    public async Task Holidays_of_an_address_are_in_force_and_kept_and_asked_for_again_after_a_day()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/de.ics", FeedAnswers.Tagged(Calendar("20261103"), "\"v1\""));
        var runner = Runner(site, "/de.ics");

        await runner.ApplyAsync(CancellationToken.None);
        Assert.Single(OnCall());
        await runner.RefreshAsync(CancellationToken.None);
        Assert.Empty(OnCall());

        _clock.Advance(TimeSpan.FromHours(23));
        await runner.RefreshAsync(CancellationToken.None);
        Assert.Equal(1, site.SeenAt("/de.ics"));

        _clock.Advance(TimeSpan.FromHours(2));
        await runner.RefreshAsync(CancellationToken.None);
        Assert.Equal((2, "\"v1\""), (site.SeenAt("/de.ics"), site.Seen[1].Header("If-None-Match")));
        Assert.Empty(OnCall());
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(25, 3)]
    public async Task What_another_machine_fetched_is_in_force_here_with_the_next_look(int hoursLater, int asked)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/de.ics", FeedAnswers.Text(Calendar("20261224"), "text/calendar"));
        var here = new PolicyBook();
        var (one, other) = (Runner(site, "/de.ics"), Runner(site, "/de.ics", here));
        await one.RefreshAsync(CancellationToken.None);
        await other.ApplyAsync(CancellationToken.None);
        site.At("/de.ics", FeedAnswers.Text(Calendar("20261103"), "text/calendar"));
        _clock.Advance(TimeSpan.FromHours(25));
        await one.RefreshAsync(CancellationToken.None);
        Assert.Single(OnCall(here));

        _clock.Advance(TimeSpan.FromHours(hoursLater));
        await other.RefreshAsync(CancellationToken.None);

        Assert.Empty(OnCall(here));
        Assert.Equal(asked, site.SeenAt("/de.ics"));
    }

    [Fact]
    public async Task After_a_restart_the_kept_ones_hold_before_anything_is_fetched()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/de.ics", FeedAnswers.Text(Calendar("20261103"), "text/calendar"));
        await Runner(site, "/de.ics").RefreshAsync(CancellationToken.None);
        await _temp.ReopenAsync();
        _policies.Swap(Policy.Default);

        await Runner(site, "/de.ics").ApplyAsync(CancellationToken.None);

        Assert.Empty(OnCall());
        Assert.Equal(1, site.SeenAt("/de.ics"));
    }

    [Fact]
    public async Task A_calendar_that_breaks_changes_nothing_and_is_told_once_and_once_more_when_it_is_back()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/secret-token.ics", FeedAnswers.Text(Calendar("20261103"), "text/calendar"));
        var runner = Runner(site, "/secret-token.ics");
        await runner.RefreshAsync(CancellationToken.None);

        foreach (var answer in new[] { FeedAnswers.Status(404), FeedAnswers.Text("<html>sign in</html>"), FeedAnswers.Bytes(new byte[2_000_000], "text/calendar") })
        {
            site.At("/secret-token.ics", answer);
            _clock.Advance(TimeSpan.FromHours(25));
            await runner.RefreshAsync(CancellationToken.None);
            Assert.Empty(OnCall());
        }
        site.At("/secret-token.ics", FeedAnswers.Text(Calendar("20261224"), "text/calendar"));
        await runner.RefreshAsync(CancellationToken.None);

        Assert.Single(OnCall());
        var notices = await NoticesAsync();
        Assert.Equal([false, true], notices.Select(notice => notice.Good));
        Assert.Equal(
            ["The holidays at 127.0.0.1 can't be read: it answers with status 404. Look whether the address in config/responders.yaml is still right. The last good ones stay.", "The holidays at 127.0.0.1 are read again."],
            notices.Select(notice => notice.Text));
    }

    [Fact]
    public async Task Of_several_machines_and_their_restarts_one_tells_that_a_calendar_broke_and_any_that_it_is_back()
    {
        await using var site = await LocalFeed.StartedAsync();
        for (var times = 1; times <= 2; times++)
        {
            site.At("/de.ics", FeedAnswers.Status(404));
            await Runner(site, "/de.ics").RefreshAsync(CancellationToken.None);
            await Runner(site, "/de.ics").RefreshAsync(CancellationToken.None);
            site.At("/de.ics", FeedAnswers.Text(Calendar("20261103"), "text/calendar"));
            await Runner(site, "/de.ics").RefreshAsync(CancellationToken.None);
            await Runner(site, "/de.ics").RefreshAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromHours(25));
        }

        Assert.Equal([false, true, false, true], (await NoticesAsync()).Select(notice => notice.Good));
    }

    [Fact]
    public async Task What_the_store_could_not_take_is_told_with_the_next_look()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/de.ics", FeedAnswers.Status(404));
        var full = new FailingStore(_temp.Store) { Room = 0 };
        var runner = Runner(site, "/de.ics", store: full);
        await runner.RefreshAsync(CancellationToken.None);

        full.Room = 1;
        await runner.RefreshAsync(CancellationToken.None);

        Assert.Single(await NoticesAsync());
    }

    /// <summary>It asked before the other one did, and its way there is another one.</summary>
    [Fact]
    public async Task Who_asked_in_vain_says_nothing_of_a_calendar_that_another_machine_has_just_read()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/de.ics", FeedAnswers.Text(Calendar("20261103"), "text/calendar"));
        var meanwhile = new StoreWithAnOther(_temp.Store) { Before = () => Runner(site, "/de.ics").RefreshAsync(CancellationToken.None) };
        using var cut = new WebReader(new HttpSettings(), _clock);

        await Runner(site, "/de.ics", store: meanwhile, web: cut).RefreshAsync(CancellationToken.None);

        Assert.Equal((0, 1), ((await NoticesAsync()).Count, site.SeenAt("/de.ics")));
    }

    /// <summary>Another machine works on it right before the first write.</summary>
    private sealed class StoreWithAnOther(IStore store) : IStore
    {
        public Func<Task>? Before { get; set; }

        public async Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default)
        {
            var before = Before;
            Before = null;
            await (before?.Invoke() ?? Task.CompletedTask);
            return await store.WriteAsync(work, ct);
        }

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }

    /// <summary>On the day after the clock's start, which is a holiday in the calendars above.</summary>
    private IReadOnlyList<Member> OnCall(PolicyBook? policies = null) => (policies ?? _policies).Current.Responders.TeamOf("care").OnCall(Tomorrow);

    private async Task<IReadOnlyList<NoticeCard>> NoticesAsync() =>
        await _temp.ReadAsync(view => view.CardsToShow("ops", _clock.GetUtcNow(), 10).Select(card => view.NoticeOf(long.Parse(card.Key.Subject.Split(':')[1]))!).OrderBy(notice => notice.Key.Subject).ToList());

    private HolidayRunner Runner(LocalFeed site, string path, PolicyBook? policies = null, IStore? store = null, WebReader? web = null)
    {
        _web ??= new WebReader(new HttpSettings { AllowPrivateHosts = [site.HostAndPort] }, _clock);
        var anna = new Member { Id = "anna", Name = "Anna" };
        var team = new Team { Name = "care", Members = [anna], Calendars = [site.Url(path).AbsoluteUri], Rota = [new Core.Teams.Shift(new Weekly([.. Enumerable.Range(1, 7).Select(day => (NodaTime.IsoDayOfWeek)day)], NodaTime.LocalTime.Midnight, NodaTime.LocalTime.Midnight), [anna])] };
        return new HolidayRunner(new Responders { Teams = [team] }, web ?? _web, store ?? _temp.Store, policies ?? _policies, new RoomBells(_clock), _clock, NullLogger<HolidayRunner>.Instance);
    }

    private static string Calendar(string day) => $"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:{day}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    public async ValueTask DisposeAsync()
    {
        _web?.Dispose();
        await _temp.DisposeAsync();
    }
}
