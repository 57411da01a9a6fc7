using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Configuration;

/// <summary>Who is told of edits.</summary>
/// <param name="Changed">A good edit: the settings before and now. What did not change is the same object in both.</param>
/// <param name="Broke">A bad edit, with all that is wrong; the settings stay. A start with bad files tells nobody: look at <see cref="LiveSettings.Problems"/>.</param>
/// <param name="Mended">After a bad edit or start, the files are good again.</param>
public sealed record SettingsListener(Func<Settings, Settings, Task> Changed, Func<IReadOnlyList<Problem>, Task> Broke, Func<Task> Mended);

/// <summary>
/// The configuration in force. A good edit of a file is swapped in within two seconds and told; a bad one changes nothing and is told
/// once, and once more when it is mended. Files are compared by content, because change events miss some mounts.
/// </summary>
public sealed class LiveSettings
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>An editor may be half way through saving: content counts once it stood this long.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMilliseconds(250);
    private const int ProblemsTold = 5;
    private const int ProblemsLogged = 50;

    private readonly SettingsReader _reader;
    private readonly IStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveSettings> _log;
    private string _judged;
    private SourceTexts _good;

    private LiveSettings(SettingsReader reader, IStore store, TimeProvider time, ILogger<LiveSettings> log, SettingsReading good, SettingsReading read)
    {
        (_reader, _store, _time, _log) = (reader, store, time, log);
        Current = good.Settings ?? throw new ArgumentException("not good", nameof(good));
        Problems = read.Problems;
        _good = good.Texts;
        _judged = read.Texts.Hash();
    }

    public Settings Current { get; private set; }

    /// <summary>What is wrong with the files as they stand; empty when what they say is in force.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; }

    /// <summary>
    /// Starts with what was read, or with the last good configuration from the store when that is bad. Null when there is none either:
    /// then the problems of <paramref name="read"/> are all there is to say.
    /// </summary>
    public static async Task<LiveSettings?> StartAsync(SettingsReader reader, SettingsReading read, IStore store, TimeProvider time, ILogger<LiveSettings> log, CancellationToken ct)
    {
        var good = read;
        if (read.Settings is null)
        {
            var kept = await LastGood.TextsAsync(store, read.Texts, ct);
            if (kept is null || reader.Read(kept) is not { Settings: not null } keptReading)
            {
                return null;
            }
            good = keptReading;
            log.StartedWithLastGood();
        }
        var live = new LiveSettings(reader, store, time, log, good, read);
        live.LogProblems();
        live.LogWarnings(good.Warnings);
        await live.KeepAsync(ct);
        return live;
    }

    /// <summary>For the ops room: what is wrong, in a few lines.</summary>
    public static string TextOf(IReadOnlyList<Problem> problems)
    {
        var more = problems.Count > ProblemsTold ? $"\n... and {problems.Count - ProblemsTold} more: run `check`." : "";
        return $"The configuration has {(problems.Count == 1 ? "an error" : $"{problems.Count} errors")}; the last good one stays in force.\n"
            + string.Join('\n', problems.Take(ProblemsTold)) + more;
    }

    /// <summary>Looks each second until cancelled.</summary>
    public async Task RunAsync(SettingsListener listener, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, _time, ct);
                await LookAsync(listener, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _log.LookFailed(e);
            }
        }
    }

    private async Task LookAsync(SettingsListener listener, CancellationToken ct)
    {
        var hash = _reader.LoadTexts().Hash();
        if (hash == _judged)
        {
            return;
        }
        await Task.Delay(Settles, _time, ct);
        var texts = _reader.LoadTexts();
        if (texts.Hash() == hash)
        {
            _judged = hash;
            await JudgeAsync(_reader.Read(texts), listener, ct);
        }
    }

    private async Task JudgeAsync(SettingsReading reading, SettingsListener listener, CancellationToken ct)
    {
        Problem[] gone = [.. _good.Files.Where(f => !Teams.CalendarFiles.IsCalendar(f.Name) && reading.Texts.File(f.Name) is null).Select(f => new Problem(f.Shown, null, "is gone", "Put it back, or restart to run without it."))];
        if (reading.Settings is null || gone.Length > 0)
        {
            Problems = [.. gone, .. reading.Problems];
            LogProblems();
            await TellAsync(() => listener.Broke(Problems));
            return;
        }
        var wasBad = Problems.Count > 0;
        Problems = [];
        await SwapAsync(reading, reading.Settings, listener, ct);
        if (wasBad)
        {
            _log.FineAgain();
            await TellAsync(listener.Mended);
        }
    }

    private async Task SwapAsync(SettingsReading reading, Settings read, SettingsListener listener, CancellationToken ct)
    {
        var sameAsBefore = reading.Texts.Hash() == _good.Hash();
        _good = reading.Texts;
        if (sameAsBefore)
        {
            return;
        }
        LogWarnings(reading.Warnings);
        var old = Current;
        Current = Unchanged.Keep(old, read);
        await KeepAsync(ct);
        TellWhatWaits(old);
        if (Current != old)
        {
            _log.Swapped(Current.Channels.Count, Current.Watches.Count);
            await TellAsync(() => listener.Changed(old, Current));
        }
    }

    private void TellWhatWaits(Settings old)
    {
        if (old.Storage != Current.Storage)
        {
            _log.NeedsRestart("Storage");
        }
        if (old.Web != Current.Web)
        {
            _log.NeedsRestart("Web");
        }
        if (old.LogLevels != Current.LogLevels)
        {
            _log.NeedsRestart("Logging");
        }
    }

    private async Task KeepAsync(CancellationToken ct)
    {
        try
        {
            await LastGood.KeepAsync(_store, _good, _time, ct);
        }
        catch (IOException e)
        {
            _log.NotKept(e.Message);
        }
    }

    /// <summary>The listener's fault does not keep the files from being looked at.</summary>
    private async Task TellAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _log.ChangeFailed(e);
        }
    }

    private void LogWarnings(IReadOnlyList<Problem> warnings)
    {
        foreach (var warning in warnings.Take(ProblemsLogged))
        {
            _log.OneWarning(warning.ToString());
        }
    }

    private void LogProblems()
    {
        if (Problems.Count == 0)
        {
            return;
        }
        _log.Broken(Problems.Count);
        foreach (var problem in Problems.Take(ProblemsLogged))
        {
            _log.OneProblem(problem.ToString());
        }
    }
}
