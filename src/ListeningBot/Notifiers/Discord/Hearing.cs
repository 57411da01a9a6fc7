using System.Collections.Concurrent;
using System.Text.Json;
using ListeningBot.Core.Alerting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What one run of hearing does with the gateway's events. Each is taken at once; the work goes on beside the gateway's reading.</summary>
internal sealed class Hearing(Rest rest, IReadOnlyList<Room> rooms, IDesk desk, Action<string?> told, Listeners listeners, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan LastAnswersWithin = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly PressAnswering _answering = new(rest, rooms, time, log);
    private readonly CommandOffers _offers = new(rest, desk, time, log);
    private string? _application;
    private bool _toldOfNotes;

    public void Hear(string happened, JsonElement data)
    {
        listeners.Hear(happened, data);
        switch (happened)
        {
            case "READY":
                Begin(data);
                told(null);
                break;
            case "RESUMED":
                told(null);
                break;
            case "GUILD_CREATE":
                Offer(data.Text("id"));
                break;
            case "GUILD_DELETE" when !data.IsTrue("unavailable"):
                _offers.Left(data.Text("id") ?? "");
                break;
            case "INTERACTION_CREATE":
                Start(() => AnswerAsync(data));
                break;
            case "MESSAGE_CREATE" when WrittenNote.Read(data, rooms) is { } note:
                Start(() => KeepAsync(note));
                break;
        }
    }

    /// <summary>Discord lets the bot read no messages: the operators are told once what to switch on.</summary>
    public void NotesRefused(string cure)
    {
        listeners.Refuse(cure);
        log.NotesNotHeard(cure);
        if (!_toldOfNotes)
        {
            _toldOfNotes = true;
            Start(() => desk.TellOperatorsAsync($"{cure}, and start this program again. Until then what people write in the threads of cases is not kept as notes; buttons and commands work.", good: false));
        }
    }

    /// <summary>There is no connection; perhaps it comes back.</summary>
    public void Lost(string why)
    {
        listeners.Lost();
        told(why);
    }

    /// <summary>A press that was heard is answered, also while stopping.</summary>
    public async Task EndAsync()
    {
        listeners.Lost();
        await _over.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_running.Keys), Task.Delay(LastAnswersWithin, time, CancellationToken.None));
    }

    public void Dispose() => _over.Dispose();

    private void Begin(JsonElement ready)
    {
        if (_application is not null)
        {
            log.NotesMissed();
        }
        _application = Snowflake.TryParse(ready.Field("application")?.Text("id"), out _) ? ready.Field("application")?.Text("id") : null;
        foreach (var guild in ready.Items("guilds"))
        {
            Offer(guild.Text("id"));
        }
    }

    private void Offer(string? guild)
    {
        if (_application is { } application && Snowflake.TryParse(guild, out _))
        {
            Start(() => _offers.OfferAsync(application, guild!, _over.Token));
        }
    }

    private void Start(Func<Task> work)
    {
        var task = RunAsync(work);
        _running[task] = true;
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task RunAsync(Func<Task> work)
    {
        await Task.Yield();
        try
        {
            await work();
        }
        catch (Exception e)
        {
            log.EventFailed(e);
        }
    }

    private async Task AnswerAsync(JsonElement data)
    {
        if (Interaction.Read(data) is { } press)
        {
            await _answering.AnswerAsync(press, desk, CancellationToken.None);
        }
        else
        {
            log.UnreadablePress();
        }
    }

    private async Task KeepAsync(ThreadNote note)
    {
        try
        {
            await desk.NoteAsync(note);
        }
        catch (Exception e)
        {
            log.NoteNotSaved(note.Id, e);
        }
    }
}
