using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Hosting;
using ListeningBot.Hosting.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Learning;

/// <summary>
/// Takes up the team's newest model, at the start before anything is heard and within a second or two of its appearing; likewise when one is rolled back.
/// What can't be used is refused and told once, also across restarts; what was in force stays.
/// </summary>
/// <param name="machine">Null where no database is shared. The folder is each machine's own, so that each says whose it is.</param>
internal sealed class ModelWatch(ModelFolder folder, ScorerBook scorers, IStore store, RoomBells bells, TimeProvider time, ILogger<ModelWatch> log, NodeName? machine = null) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly string _told = machine is null ? "model-faults-told" : $"model-faults-told {machine.Name}";
    private readonly string _here = machine is null ? "" : $"Machine \"{machine.Name}\": ";
    private string? _trace;
    private string? _inForce;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the program.
        }
    }

    /// <summary>What could not be looked at is looked at again.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        try
        {
            var trace = folder.Trace();
            if (trace != _trace)
            {
                var starts = _trace is null;
                await TakeAsync(folder.InUse(), starts, ct);
                _trace = trace;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_trace != e.Message)
            {
                log.FolderNotRead(folder.Path, e.Message);
                _trace = e.Message;
            }
        }
    }

    private async Task TakeAsync(ModelInUse found, bool starts, CancellationToken ct)
    {
        // A file that was damaged after it was read: what was read stays in force.
        var stays = _inForce is not null && found.Faults.Any(fault => fault.File == _inForce);
        var version = found.Model.Manifest.Version;
        if (!stays && version != scorers.Current.Version)
        {
            if (!starts)
            {
                // First of all: where the store can't take it, both are tried again at the next look.
                await TellAsync(WordsOf(found), ct);
            }
            scorers.Swap(new Scorer(found.Model));
            log.ModelTaken(version, found.Entry?.File ?? "the shipped one");
        }
        _inForce = stays ? _inForce : found.Entry?.File;
        await TellFaultsAsync(found, ct);
    }

    private async Task TellFaultsAsync(ModelInUse found, CancellationToken ct)
    {
        var words = string.Join('\n', Faults(found));
        if (words.Length > 0)
        {
            log.ModelRefused(words);
        }
        if (words != (await store.ReadAsync(view => view.Document(_told), ct) ?? ""))
        {
            await store.WriteAsync(
                tx =>
                {
                    tx.KeepDocument(_told, words, time.GetUtcNow());
                    return words.Length > 0 && Notices.Add(tx, words, good: false, time.GetUtcNow()) > 0;
                },
                ct);
            bells.Ring(Notices.OpsRoom);
        }
    }

    private IEnumerable<string> Faults(ModelInUse found)
    {
        var stays = $"Model {scorers.Current.Version}{(scorers.Current.Version == Model.Shipped.Manifest.Version ? " (the shipped one)" : "")} judges.";
        foreach (var fault in found.Faults.Where(fault => fault.Manifest is not { Fits: false }))
        {
            yield return $"{_here}The model {fault.File} can't be used: {fault.Fault} {stays} Remove the file, or train again: listeningbot train --from-cases";
        }
        if (found.Faults.FirstOrDefault(fault => fault.Manifest is { Fits: false }) is { } old)
        {
            yield return $"{_here}Your team's model {old.File} was learned for another version of this program and does not fit any more. {stays} Train again: listeningbot train --from-cases";
        }
    }

    private string WordsOf(ModelInUse found) => _here + (found.Entry?.Manifest is { } manifest
        ? $"From now on model {manifest.Version} judges, which learned from {manifest.Fitted} verdicts of yours. {(machine is null ? "" : "Copy its folder `models` to the other machines, which judge by their own. ")}Back to the one before: listeningbot train --rollback"
        : $"From now on the shipped model {found.Model.Manifest.Version} judges.");

    private async Task TellAsync(string words, CancellationToken ct)
    {
        await store.WriteAsync(tx => Notices.Add(tx, words, good: true, time.GetUtcNow()), ct);
        bells.Ring(Notices.OpsRoom);
    }
}
