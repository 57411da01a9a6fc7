using ListeningBot.Channels;
using ListeningBot.Channels.Replay;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Net;
using ListeningBot.Notifiers;
using ListeningBot.Storage;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace ListeningBot.Tests.Hosting;

/// <summary>The whole program put together, with a chat that collects.</summary>
public sealed class BotHostTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly CollectingChat _chat = new();
    private readonly List<string> _lines = [];

    [Fact]
    public async Task From_a_line_of_a_file_to_a_card_in_its_room()
    {
        _lines.Add("""{"id":"1","text":"acme charged me twice and nobody answers, this is theft","author":{"id":"mia"}}""");
        using var host = await StartedAsync();

        await UntilAsync(() => _chat.Cards.OfType<CaseCard>().Any());
        await host.StopAsync();
    }

    [Fact]
    public async Task Each_channel_and_room_stands_among_the_figures_before_its_first_card()
    {
        using var host = await StartedAsync();
        var (settings, name) = (Settings(), $"new{Guid.NewGuid():N}");

        await host.Services.GetRequiredService<Bot>().ApplyAsync(settings with { Channels = [settings.Channels[0] with { Name = name }], Rooms = [.. settings.Rooms, new Room(name, "chat", "")] });

        var page = await host.Services.GetRequiredService<PrometheusPage>().WriteAsync(CancellationToken.None);
        Assert.Contains($"listeningbot_posted_to_shown_seconds_count{{channel=\"{name}\",priority=\"critical\"}} 0\n", page, StringComparison.Ordinal);
        Assert.Contains($"listeningbot_cards_total{{room=\"{name}\",outcome=\"shown\"}} 0\n", page, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task The_maybe_list_is_put_up_when_quartz_wakes_it_and_daily_at_the_configured_time()
    {
        _lines.Add("""{"id":"1","text":"acme opens a shop in Leeds","author":{"id":"mia"}}""");
        using var host = await StartedAsync();
        await UntilAsync(() => host.Services.GetRequiredService<HealthBoard>().Of("channel posts")?.Condition == Condition.Finished);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

        var next = (await scheduler.GetTrigger(MaybeListJob.TriggerKey))!.NextFireTimeUtc!.Value;
        await scheduler.TriggerJob(MaybeListJob.Key);
        await UntilAsync(() => _chat.Cards.OfType<TrayCard>().Any());

        Assert.Equal(new TimeOnly(6, 45), TimeOnly.FromTimeSpan(next.UtcDateTime.TimeOfDay));
        Assert.Equal(["Is a complaint", "Dismiss"], _chat.Cards.OfType<TrayCard>().First().Buttons.Select(b => b.Label));
        await host.StopAsync();
    }

    /// <summary>A start begins all schedules anew, for all machines that share them: where one starts again within the hour, what waits for an hour would never come.</summary>
    [Fact]
    public async Task What_is_done_each_hour_is_first_done_within_minutes_of_each_start()
    {
        using var host = await StartedAsync();
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

        var late = new List<string>();
        foreach (var key in (await scheduler.QueryTriggers(new TriggerQuery { Take = PagedQuery.All })).Items.Select(trigger => trigger.Key).Where(key => key.Group != PollBell.Group))
        {
            if ((await scheduler.GetTrigger(key))!.StartTimeUtc > scheduler.TimeProvider.GetUtcNow() + TimeSpan.FromMinutes(5))
            {
                late.Add(key.Name);
            }
        }

        Assert.Empty(late);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_run_that_was_not_stopped_is_told_at_the_next_start_and_one_that_was_is_not()
    {
        var logs = new CollectedLogs();
        await _temp.WriteAsync(tx => tx.KeepDocument("last heartbeat", DateTimeOffset.UnixEpoch.ToString("O"), DateTimeOffset.UnixEpoch));
        foreach (var told in new[] { false, false, true })
        {
            if (told)
            {
                await _temp.WriteAsync(tx => LastRun.Begin(tx, null, DateTimeOffset.UnixEpoch));
            }
            using var host = BotHost.Builder(Settings(), _temp.Store, logs).Build();
            await host.StartAsync();
            await host.StopAsync();
            Assert.Equal(told, logs.Lines.Any(line => line.Event == 418));
        }

        Assert.NotNull(await _temp.ReadAsync(view => LastRun.Broken(view, TimeProvider.System.GetUtcNow())));
        Assert.Null(await _temp.ReadAsync(LastRun.Unstopped));
    }

    /// <summary>Else what was posted while nobody listened can't be told from what is old.</summary>
    [Fact]
    public async Task A_channel_knows_when_it_was_heard_last()
    {
        ChannelContext? given = null;
        var replay = ReplayKind.Create();
        var kind = new ChannelKind<ReplayOptions>("replay", _ => [], (context, options) => replay.Create(given = context, options), (_, _, _) => Task.FromResult(""));
        _lines.Add("""{"id":"1","text":"acme opens a shop in Leeds","author":{"id":"mia"}}""");
        var settings = Settings();
        using var host = BotHost.Builder(settings with { Channels = [new ChannelSettings("posts", kind, settings.Channels[0].Options)] }, _temp.Store, NullLoggerFactory.Instance).Build();
        await host.StartAsync();
        await UntilAsync(() => host.Services.GetRequiredService<HealthBoard>().Of("channel posts")?.Condition == Condition.Finished);
        await host.StopAsync();

        var heard = await given!.HeardAt(CancellationToken.None);

        Assert.NotNull(heard);
        Assert.Equal(await _temp.ReadAsync(view => view.HeardAt("posts")), heard);
    }

    [Fact]
    public async Task A_clock_that_is_given_to_quartz_is_not_everybody_elses()
    {
        using var host = await StartedAsync();

        var house = Assert.IsType<HouseClock>(host.Services.GetRequiredService<TimeProvider>());
        Assert.Same(house, (await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).TimeProvider);
        await host.StopAsync();
    }

    [Fact]
    public async Task Each_machine_looks_daily_which_threads_have_no_case_any_more()
    {
        using var host = await StartedAsync();
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

        var trigger = Assert.IsAssignableFrom<ISimpleTrigger>(await scheduler.GetTrigger(new TriggerKey("open threads")));

        Assert.Equal(TimeSpan.FromDays(1), trigger.RepeatInterval);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_poll_is_woken_by_quartz()
    {
        using var host = await StartedAsync();
        var polls = host.Services.GetRequiredService<PollBell>();

        await polls.WaitAsync("posts", TimeSpan.FromMilliseconds(20), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        await polls.WaitAsync("posts", TimeSpan.FromMilliseconds(20), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        await host.StopAsync();
    }

    [Fact]
    public async Task Edited_teams_are_in_force_and_move_what_is_to_come_of_open_cases()
    {
        _lines.Add("""{"id":"1","text":"acme charged me twice and nobody answers, this is theft","author":{"id":"mia"}}""");
        using var host = await StartedAsync();
        await UntilAsync(() => _chat.Cards.OfType<CaseCard>().Any());
        var made = _chat.Made;
        var before = (await _temp.ReadAsync(view => view.CaseOf(1)))!.Due;
        var hurried = new Core.Teams.Team { Name = "care", Targets = Core.Teams.Targets.Default with { Floor = TimeSpan.FromMinutes(1) } };

        await host.Services.GetRequiredService<Bot>().ApplyAsync(Settings() with { Responders = new Core.Teams.Responders { Teams = [hurried] } });

        Assert.Same(hurried, host.Services.GetRequiredService<PolicyBook>().Current.Responders.TeamOf("care"));
        await UntilAsync(() => _temp.ReadAsync(view => view.CaseOf(1)).GetAwaiter().GetResult()!.Due < before);
        Assert.Equal(made, _chat.Made);
        await host.StopAsync();
    }

    [Fact]
    public async Task An_edit_restarts_only_what_it_changed()
    {
        _lines.Add("""{"id":"1","text":"acme charged me twice and nobody answers, this is theft","author":{"id":"mia"}}""");
        using var host = await StartedAsync();
        await UntilAsync(() => _chat.Cards.Count == 1);
        var settings = Settings();
        var bot = host.Services.GetRequiredService<Bot>();

        await bot.ApplyAsync(settings);
        var made = _chat.Made;
        await bot.ApplyAsync(settings with { Watches = [Some.Watch("other", "zenith")] });
        Assert.Equal(made, _chat.Made);
        await bot.ApplyAsync(settings with { Rooms = [new Room("care", "chat", "another place"), new Room("ops", "chat", "")] });

        Assert.Equal(made + 1, _chat.Made);
        await host.StopAsync();
    }

    [Fact]
    public async Task An_edited_playbook_is_what_the_next_draft_is_made_from()
    {
        using var host = await StartedAsync();
        var playbook = new Playbook { Replies = [new Reply(ReplyPurpose.Ask, "en", "any", ReplyPart.Whole, "What now?")] };

        await host.Services.GetRequiredService<Bot>().ApplyAsync(Settings() with { Playbook = playbook });

        Assert.Same(playbook, host.Services.GetRequiredService<PolicyBook>().Current.Playbook);
        Assert.Equal(1, _chat.Made);
        await host.StopAsync();
    }

    [Fact]
    public async Task An_edit_wakes_a_blocked_room()
    {
        _lines.Add("""{"id":"1","text":"acme charged me twice and nobody answers, this is theft","author":{"id":"mia"}}""");
        _chat.Blocked = true;
        using var host = await StartedAsync();
        await UntilAsync(() => host.Services.GetRequiredService<HealthBoard>().Of("room care")?.Condition == Condition.Failing);
        _chat.Blocked = false;

        await host.Services.GetRequiredService<Bot>().ApplyAsync(Settings());
        await UntilAsync(() => _chat.Cards.OfType<CaseCard>().Any(), seconds: 15);
        await host.StopAsync();
    }

    [Fact]
    public async Task What_was_left_in_a_room_that_is_back_is_shown_anew_though_the_store_refused_at_first()
    {
        _lines.Add("""{"id":"1","text":"acme charged me twice and nobody answers, this is theft","author":{"id":"mia"}}""");
        var store = new FailingStore(_temp.Store) { Room = int.MaxValue };
        using var host = BotHost.Builder(Settings(), store, NullLoggerFactory.Instance).Build();
        await host.StartAsync();
        var card = new CardKey("case:1", "care");
        await UntilAsync(() => _temp.ReadAsync(view => view.MessageOf(card)).GetAwaiter().GetResult() is not null);
        await _temp.WriteAsync(tx =>
        {
            tx.WantCard(card, version: 100, Core.Scoring.Priority.Low, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());
            tx.GiveUpCard(card, 100, CardKeeper.NoRoom);
            tx.AddDead(new DeadLetter(DeadKind.Card, "care", "case:1", CardKeeper.NoRoom) { Work = new DeadCard(card), Told = true }, TimeProvider.System.GetUtcNow());
        });
        var bot = host.Services.GetRequiredService<Bot>();
        store.Room = 0;
        await bot.ApplyAsync(Settings());
        Assert.Single(await _temp.ReadAsync(view => view.DeadLetters(0, 9)));

        store.Room = int.MaxValue;
        await bot.LookAfterChannelsAsync(CancellationToken.None);

        await UntilAsync(() => _temp.ReadAsync(view => view.DeadLetters(0, 9)).GetAwaiter().GetResult().Count == 0, seconds: 15);
        await host.StopAsync();
    }

    /// <summary>Another machine sends them now: what this one saw of them it would never see mended.</summary>
    [Fact]
    public async Task Who_loses_the_canaries_forgets_how_they_were()
    {
        using var host = BotHost.Builder(Settings(), _temp.Store, NullLoggerFactory.Instance).Build();
        var (bot, board) = (host.Services.GetRequiredService<Bot>(), host.Services.GetRequiredService<HealthBoard>());
        bot.ShareRoles(_ => { }, _ => { }, () => Task.CompletedTask);
        await host.StartAsync();
        board.Failing("canary through inbox", "It was not heard.");

        await bot.HoldAsync(new Dictionary<string, Grant>());

        Assert.DoesNotContain(board.Parts, part => part.Name.StartsWith("canary", StringComparison.Ordinal));
        await host.StopAsync();
    }

    /// <summary>As after a restart: what is in the store was not heard by this run.</summary>
    [Theory]
    [InlineData("maybe")]
    [InlineData("link")]
    [InlineData("closed")]
    [InlineData("dead press")]
    public async Task What_people_open_is_listened_to_at_once(string opened)
    {
        using var host = await StartedAsync();
        var (desk, threads) = (host.Services.GetRequiredService<PressDesk>(), host.Services.GetRequiredService<OpenThreads>());
        var ana = new Responder("discord:1", "Ana");
        var heard = new Heard(ChangeKind.Added, Some.Post(), [Some.Watch()], Some.Assessment(opened == "closed" ? 0.9 : 0.2), ByUs: false);
        await _temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor("1"), false, null, [heard], [], [], 1), Policy.Default, TimeProvider.System.GetUtcNow()));
        if (opened == "closed")
        {
            await desk.PressAsync(new Press("p0", ana, new PressTarget(PressAction.NotAComplaint, 1)));
        }
        Assert.Equal((false, false), Hears());

        switch (opened)
        {
            case "maybe":
                await desk.PressAsync(new Press("p", ana, new PressTarget(PressAction.TrayComplaint, 1)));
                break;
            case "link":
                await desk.CommandAsync(new Command("c", ana, "case", "new", new Dictionary<string, string> { ["what"] = Some.Post().Url! }) { Room = "care" });
                break;
            case "closed":
                await desk.PressAsync(new Press("p", ana, new PressTarget(PressAction.Reopen, 1)));
                break;
            default:
                await _temp.WriteAsync(tx =>
                {
                    tx.AddDead(new DeadLetter(DeadKind.Press, "", "a press", "a fault") { Work = new DeadPress(new Press("p", ana, new PressTarget(PressAction.TrayComplaint, 1))) }, TimeProvider.System.GetUtcNow());
                    tx.AskDeadRetry(tx.DeadLetters(0, 9)[0].Id, asked: true);
                });
                await UntilAsync(() => Hears() == (true, true));
                break;
        }

        Assert.Equal((true, true), Hears());
        await host.StopAsync();

        (bool Answer, bool Second) Hears()
        {
            var (answer, second) = (Some.Post("no", "2") with { InReplyTo = Some.Post().Key, Author = new Author { Id = "tom" } }, Some.Post("and again", "3"));
            var batch = PostBatch.Of([answer, second], new Cursor("2"));
            return (threads.MayAnswer(batch, 0), threads.MayGoOn(batch, 1));
        }
    }

    /// <summary>Cards of its open cases are the console's now, which another machine has.</summary>
    [Fact]
    public async Task A_room_that_is_configured_no_more_is_left_to_the_machine_that_has_the_console()
    {
        using var host = BotHost.Builder(Settings(), _temp.Store, NullLoggerFactory.Instance).Build();
        var (bot, board) = (host.Services.GetRequiredService<Bot>(), host.Services.GetRequiredService<HealthBoard>());
        bot.ShareRoles(_ => { }, _ => { }, () => Task.CompletedTask);
        await host.StartAsync();
        await bot.HoldAsync(new Dictionary<string, Grant> { ["notifier chat"] = new(new Lease("notifier chat", 1), () => true) });
        await UntilAsync(() => Rooms().Contains("room care"));

        await bot.ApplyAsync(Settings() with { Rooms = [new Room("ops", "chat", "")], Watches = [] });

        Assert.DoesNotContain("room care", Rooms());
        await host.StopAsync();

        List<string> Rooms() => [.. board.Parts.Select(part => part.Name)];
    }

    [Fact]
    public async Task What_is_listened_for_is_told_at_the_start_and_with_each_edit_and_not_when_roles_move()
    {
        var logs = new CollectedLogs();
        using var host = BotHost.Builder(Settings(), _temp.Store, logs).Build();
        var bot = host.Services.GetRequiredService<Bot>();
        bot.ShareRoles(_ => { }, _ => { }, () => Task.CompletedTask);
        await host.StartAsync();
        await UntilAsync(() => Told() == 1);

        await bot.HoldAsync(new Dictionary<string, Grant>());
        Assert.Equal(1, Told());

        await bot.ApplyAsync(Settings() with { Watches = [Some.Watch(), Some.Watch("other", "zenith")] });
        Assert.Equal(2, Told());
        await host.StopAsync();

        int Told() => logs.Lines.Count(line => line.Text.StartsWith("Listening. Channels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_that_heeds_no_stop_does_not_keep_the_program_from_ending()
    {
        _chat.HeedsStop = false;
        using var host = await StartedAsync();

        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    private async Task<IHost> StartedAsync()
    {
        var host = BotHost.Builder(Settings(), _temp.Store, NullLoggerFactory.Instance).Build();
        await host.StartAsync();
        return host;
    }

    private Settings Settings()
    {
        var chat = new NotifierKind<ChatOptions>("chat", (_, _) => [], (_, _) => _chat.Make(), (_, _, _) => Task.FromResult(""));
        var posts = new ReplayOptions { Source = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', _lines))) };
        return new Settings
        {
            Channels = [new ChannelSettings("posts", ReplayKind.Create(), posts)],
            Notifiers = [new NotifierSettings("chat", chat, new ChatOptions())],
            Rooms = [new Room("care", "chat", ""), new Room("ops", "chat", "")],
            Watches = [Some.Watch()],
            Ours = Ours.Nobody,
            Storage = new StorageSettings(),
            Web = new WebSettings { Listen = "" },
            Http = new HttpSettings(),
            Alerting = new AlertingSettings { MaybeListAt = new TimeOnly(6, 45) },
        };
    }

    private static async Task UntilAsync(Func<bool> done, int seconds = 30)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(seconds), "Waited in vain.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    public sealed record ChatOptions;

    private sealed class CollectingChat : INotifier
    {
        private readonly Lock _gate = new();
        private readonly List<Card> _cards = [];

        public bool Blocked { get; set; }
        public bool HeedsStop { get; set; } = true;
        public int Made { get; private set; }

        public IReadOnlyList<Card> Cards
        {
            get
            {
                lock (_gate)
                {
                    return [.. _cards];
                }
            }
        }

        public CollectingChat Make()
        {
            Made++;
            return this;
        }

        public Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
        {
            if (Blocked)
            {
                return Task.FromResult<Delivery>(new Delivery.Blocked("the token is refused"));
            }
            lock (_gate)
            {
                _cards.Add(card);
            }
            return Task.FromResult<Delivery>(new Delivery.Delivered(new MessageRef(card.Key.Subject)));
        }

        public Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct) => Task.FromResult<MessageRef?>(null);

        public Task<MessageRef?> FindPingAsync(Room room, Ping ping, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct) => Task.FromResult<MessageRef?>(null);

        public Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct) => Task.FromResult<Delivery>(new Delivery.Delivered(new MessageRef("ping")));

        public Task<Delivery> WithdrawAsync(Room room, MessageRef message, CancellationToken ct) => Task.FromResult<Delivery>(new Delivery.Delivered(message));

        public Task HearAsync(IDesk desk, Action<string?> told, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, HeedsStop ? ct : CancellationToken.None);
    }
}
