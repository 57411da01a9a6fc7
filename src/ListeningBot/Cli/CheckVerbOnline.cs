using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using ListeningBot.Notifiers;
using ListeningBot.Storage;
using ListeningBot.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Cli;

/// <summary>Looks at the database, signs in to each channel's service and sends a test card through each notifier, one after the other.</summary>
internal sealed class CheckVerbOnline(Settings settings, VerbPaper paper, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>True when all went well.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        using var web = new WebReader(settings.Http, time);
        var good = await TryAsync("store", token => settings.Storage.Connection.Length > 0
            ? Task.Run(() => PostgresMigrations.Look(PostgresPlace.Of(settings.Storage.Connection)), token)
            : Task.FromResult(SqliteLook.At(settings.Storage.Path)), ct);
        foreach (var channel in settings.Channels)
        {
            var context = new ChannelContext(channel.Name, web, time, NullLoggerFactory.Instance, (pause, token) => Task.Delay(pause, time, token)) { Doors = Doors(), Notifier = NotifierOf(channel.Options, web), Folder = settings.Storage.Folder };
            good &= await TryAsync($"channel {channel.Name}", token => channel.Kind.SignInAsync(context, channel.Options, token), ct);
        }
        foreach (var notifier in settings.Notifiers)
        {
            var rooms = settings.Rooms.Where(r => r.Notifier == notifier.Name).ToList();
            var context = new NotifierContext(notifier.Name, rooms, web, time, NullLoggerFactory.Instance);
            good &= await TryAsync($"notifier {notifier.Name}", token => notifier.Kind.TryAsync(context, notifier.Options, token), ct);
        }
        return good;
    }

    private INotifier? NotifierOf(object options, WebReader web) =>
        options is IThroughNotifier through && settings.Notifiers.FirstOrDefault(notifier => notifier.Name == through.Notifier) is { } found
            ? found.Kind.Create(new NotifierContext(found.Name, [], web, time, NullLoggerFactory.Instance), found.Options)
            : null;

    /// <summary>Where the program will be heard; whether the address is free shows when it runs.</summary>
    private Doors Doors()
    {
        var doors = new Doors();
        if (settings.Web.Listen.Length > 0)
        {
            doors.Served(settings.Web.Listen);
            return doors;
        }
        doors.NotServed(HealthService.SwitchedOff);
        return doors;
    }

    private async Task<bool> TryAsync(string what, Func<CancellationToken, Task<string>> @try, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            paper.Write($"{what}: fine: {await @try(both.Token).WaitAsync(both.Token)}");
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            paper.Write($"{what}: FAILED: no answer within {Patience.TotalSeconds:0} seconds. Look at its address and at the network.");
        }
        catch (Exception e) when (e is ChannelException or IOException)
        {
            paper.Write($"{what}: FAILED: {ByItself.NoMore(e.Message)}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            paper.Write($"{what}: FAILED: an unexpected fault of the program ({e.GetType().Name}).");
        }
        return false;
    }
}
