using System.Collections.Concurrent;
using ListeningBot.IntegrationTests.LocalServices;
using System.Text.Json.Nodes;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Net;
using ListeningBot.Notifiers;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

/// <summary>A local Discord with one room, and notifiers that are connected to it.</summary>
internal sealed class DiscordHouse : IAsyncDisposable
{
    public const string Channel = "100000000000000001";
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _hearing = [];

    private DiscordHouse(LocalDiscord discord, TimeProvider time)
    {
        Discord = discord;
        Time = time;
        Web = new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, time);
        Notifier = NewNotifier();
    }

    public LocalDiscord Discord { get; }
    public TimeProvider Time { get; }
    public WebReader Web { get; }
    public LinesLogged Logs { get; } = new();

    /// <summary>Why nothing was heard, null whenever it was.</summary>
    public ConcurrentQueue<string?> Told { get; } = [];
    public INotifier Notifier { get; private set; }
    public Room Room { get; } = new("care", "discord", Channel);
    public IReadOnlyList<JsonObject> Messages => Discord.Messages(Channel);
    public DiscordOptions Options => new() { Token = "local-token", Api = Discord.Api };
    public NotifierContext Context => new("discord", [Room], Web, Time, Logs);

    public static async Task<DiscordHouse> OpenAsync(TimeProvider? time = null) =>
        new(await LocalDiscord.StartedAsync(time ?? TimeProvider.System, Channel), time ?? TimeProvider.System);

    /// <summary>As after a restart of the program: nothing is remembered.</summary>
    public INotifier NewNotifier() => Notifier = DiscordKind.Kind.Create(Context, Options);

    public Task<Task> HearAsync(Func<Press, Task<PressAnswer>>? onPress = null) => HearAsync(new PressesOnly(onPress ?? (_ => Task.FromResult(PressAnswer.Done))));

    /// <summary>Begins to hear; completes when Discord has its bot.</summary>
    public async Task<Task> HearAsync(IDesk desk)
    {
        var hearing = Notifier.HearAsync(desk, Told.Enqueue, _stop.Token);
        _hearing.Add(hearing);
        await Until.TrueAsync(() => Discord.Gateway.IsListening || hearing.IsCompleted, Time as ManualClock);
        return hearing;
    }

    /// <summary>Puts a card and returns its message as it stands there.</summary>
    public async Task<JsonObject> ShownAsync(Card card)
    {
        var at = Assert.IsType<Delivery.Delivered>(await Notifier.PutAsync(Room, card, null, default)).Message.Value.Split('/');
        return Discord.Messages(at[0]).Single(message => (string?)message["id"] == at[1]);
    }

    /// <summary>What stands in the thread of a case.</summary>
    public DossierCard Dossier(MessageRef under, int version = 1, string title = "Case 12: Mia Lang", string words = "three in a month") => new()
    {
        Key = new CardKey("thread:12", Room.Name),
        Version = version,
        Under = under,
        Title = title,
        Sections = [new Core.Alerting.Section("Why", [words], SectionLook.List)],
    };

    public async Task StopHearingAsync()
    {
        await _stop.CancelAsync();
        foreach (var hearing in _hearing)
        {
            await hearing.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public CaseCard Card(int version = 1, long id = 12, CaseState state = CaseState.Unclaimed) => new()
    {
        Key = new CardKey($"case:{id}", Room.Name),
        Version = version,
        CaseId = id,
        State = state,
        Priority = Priority.High,
        Posted = Time.GetUtcNow() - TimeSpan.FromMinutes(3),
        Who = "Mia Lang (@mia)",
        Where = "bluesky",
        Quote = "Third time this month that my laptop dies",
        Url = "https://social.example/1",
        Reason = "says \"third time\"",
        NextStep = "Claim and answer within the hour",
        Owner = state == CaseState.Unclaimed ? null : "Jo",
        Buttons = state switch
        {
            CaseState.Unclaimed => [new("Claim", new PressTarget(PressAction.Claim, id), Main: true), new("Not a complaint", new PressTarget(PressAction.NotAComplaint, id)), new("More", new PressTarget(PressAction.More, id))],
            CaseState.Claimed => [new("Open post", null, "https://social.example/1"), new("Resolve", new PressTarget(PressAction.Resolve, id), Main: true)],
            _ => [],
        },
    };

    public async ValueTask DisposeAsync()
    {
        await StopHearingAsync();
        await Discord.DisposeAsync();
        Web.Dispose();
        _stop.Dispose();
    }
}
