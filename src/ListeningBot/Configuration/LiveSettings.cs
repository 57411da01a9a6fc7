using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Configuration;

/// <summary>Who is told of edits.</summary>
/// <param name="Changed">Other settings are live: those before and now. What did not change is the same object in both.</param>
/// <param name="Broke">A bad edit, with all that is wrong; the settings stay. A start with bad files tells nobody: look at <see cref="LiveSettings.Problems"/>.</param>
/// <param name="Mended">After a bad edit or start, the files are good again.</param>
/// <param name="Ring">These rooms have something new to show.</param>
public sealed record SettingsListener(Func<Settings, Settings, Task> Changed, Func<IReadOnlyList<Problem>, Task> Broke, Func<Task> Mended, Action<IReadOnlySet<string>> Ring)
{
    public static readonly SettingsListener Nobody = new((_, _) => Task.CompletedTask, _ => Task.CompletedTask, () => Task.CompletedTask, _ => { });
}

/// <summary>Whether a change of watches must wait for a human, and why; null: it may go live.</summary>
public delegate Task<Objection?> ChangeGuard(Settings old, Settings now, CancellationToken ct);

/// <summary>
/// The configuration in force on this node: the latest version in the store. A good edit of this node's files becomes that version within two seconds, unless the guard
/// holds it; a bad one changes nothing and is told once, and once more when it is mended. What another node applies is followed as fast.
/// Files are compared by content, because change events miss some mounts.
/// </summary>
public sealed partial class LiveSettings
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>An editor may be half way through saving: content counts once it stood this long.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMilliseconds(250);
    private const int ProblemsTold = 5;
    private const int ProblemsLogged = 50;

    /// <summary>Holds nothing.</summary>
    public static readonly ChangeGuard Unguarded = (_, _, _) => Task.FromResult<Objection?>(null);

    private readonly SettingsReader _reader;
    private readonly IStore _store;
    private readonly ChangeGuard _guard;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveSettings> _log;
    private string _judged = "";
    private string? _lookFault;
    private string? _changeFault;

    /// <summary>What ran before the change that could not be put in force yet; null: what is live is in force.</summary>
    private Settings? _behind;
    private SourceTexts _good;
    private FilesHere _files;

    /// <summary>This node's files when they were last good; those of the live version may be another node's.</summary>
    private IReadOnlyList<FileText> _here;

    private LiveSettings(SettingsReader reader, IStore store, ChangeGuard guard, TimeProvider time, ILogger<LiveSettings> log, SettingsReading good, SettingsReading read)
    {
        (_reader, _store, _guard, _time, _log) = (reader, store, guard, time, log);
        Current = good.Settings ?? throw new ArgumentException("not good", nameof(good));
        _good = good.Texts;
        _files = Here(read);
        _here = read.Texts.Files;
    }

    public Settings Current { get; private set; }

    /// <summary>This node runs with its own files since its start, for it can't use the live version, by which others may work.</summary>
    public bool RunsOwnFiles { get; private set; }

    /// <summary>When everybody's maybe list is due: one list comes for all, also where this node can use nothing else of the live version.</summary>
    public TimeOnly MaybeListAt => RunsOwnFiles ? EverybodysListAt : Current.Alerting.MaybeListAt;

    /// <summary>By the version that was live at the start, as far as that could be read.</summary>
    private TimeOnly EverybodysListAt { get; init; }

    /// <summary>What is wrong with the files as they stand; empty when they are good, live or not.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The files as they were last judged.</summary>
    public FilesHere Files => _files;

    /// <summary>
    /// Starts with the version that is live, and judges this node's files like an edit; where there is no version yet, they become the first. Null when neither can be
    /// used: then the problems of <paramref name="read"/> are all there is to say.
    /// </summary>
    public static async Task<LiveSettings?> StartAsync(SettingsReader reader, SettingsReading read, IStore store, ChangeGuard guard, TimeProvider time, ILogger<LiveSettings> log, CancellationToken ct)
    {
        var version = await AppliedFiles.LatestAsync(store, read.Texts, time, ct);
        var truth = version is not null && AppliedFiles.Texts(version, read.Texts) is { } texts ? reader.Read(texts) : null;
        if ((truth?.Settings is null ? read : truth) is not { Settings: not null } good)
        {
            return null;
        }
        var live = new LiveSettings(reader, store, guard, time, log, good, read) { EverybodysListAt = (truth ?? read).AsFarAsRead.Alerting.MaybeListAt };
        live.LogWarnings(good.Warnings);
        if (truth?.Settings is not null)
        {
            live._version = version!.Id;
            live._judged = await live.JudgeAsync(read, SettingsListener.Nobody, starting: true, ct) ? read.Texts.Hash() : "";
        }
        else if (!await live.BeginAsync(read, version, ct))
        {
            return await StartAsync(reader, read, store, guard, time, log, ct);
        }
        if (live.Problems.Count > 0)
        {
            log.StartedWithLastGood();
        }
        return live;
    }

    /// <summary>For the ops room: what is wrong, in a few lines.</summary>
    public static string TextOf(IReadOnlyList<Problem> problems)
    {
        var more = problems.Count > ProblemsTold ? $"\n... and {problems.Count - ProblemsTold} more: run `check`." : "";
        return $"The configuration has {(problems.Count == 1 ? "an error" : $"{problems.Count} errors")}; the last good one stays in force.\n"
            + string.Join('\n', problems.Take(ProblemsTold)) + more;
    }

    /// <summary>Looks twice a second until cancelled.</summary>
    public async Task RunAsync(SettingsListener listener, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, _time, ct);
                await LookAsync(listener, ct);
                if (_lookFault is not null)
                {
                    _log.LooksAgain();
                    _lookFault = null;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                TellOfLook(e);
            }
        }
    }

    /// <summary>A database that is away for a day is one line, not a hundred thousand; what it says is for operators, so that no stack is needed.</summary>
    private void TellOfLook(Exception e)
    {
        if (_lookFault != e.Message)
        {
            _log.LookFailed(e.Message, e is StoreException ? null : e);
        }
        _lookFault = e.Message;
    }

    private async Task LookAsync(SettingsListener listener, CancellationToken ct)
    {
        await PutInForceAsync(listener);
        await FollowAsync(listener, ct);
        var hash = _reader.LoadTexts().Hash();
        if (hash == _judged)
        {
            return;
        }
        await Task.Delay(Settles, _time, ct);
        var texts = _reader.LoadTexts();
        if (texts.Hash() == hash && await JudgeAsync(_reader.Read(texts), listener, starting: false, ct))
        {
            _judged = hash;
        }
    }

    /// <summary>False: look again, something else went live meanwhile.</summary>
    private async Task<bool> JudgeAsync(SettingsReading reading, SettingsListener listener, bool starting, CancellationToken ct)
    {
        Problem[] gone = starting ? [] : Gone(reading.Texts);
        Problem[] problems = [.. gone, .. reading.Problems.Where(problem => gone.All(file => file.File != problem.File))];
        _files = Here(reading) with { Errors = problems.Length };
        if (reading.Settings is not { } settings || problems.Length > 0)
        {
            Problems = problems;
            LogProblems();
            await TellAsync(() => listener.Broke(Problems));
            return true;
        }
        if (!await DealAsync(reading, settings, listener, starting, ct))
        {
            return false;
        }
        _here = reading.Texts.Files;
        if (Problems.Count > 0)
        {
            Problems = [];
            _log.FineAgain();
            await TellAsync(listener.Mended);
        }
        return true;
    }

    private Problem[] Gone(SourceTexts texts) =>
        [.. _here.Where(file => !Teams.CalendarFiles.IsCalendar(file.Name) && texts.File(file.Name) is null).Select(file => new Problem(file.Shown, null, "is gone", HowBack(file.Name)))];

    /// <summary>A restart would go on with the live version without the watches, and not at all without the channels.</summary>
    private string HowBack(string name)
    {
        if (name == Sources.AppSettings)
        {
            return "Put back a copy of your own: a start without it knows no channel that it names.";
        }
        var back = $"Put it back (`listeningbot config restore {_version}` writes it as it was live last)";
        return name == Sources.Watches ? $"{back}." : $"{back}, or leave an empty file there to do without it.";
    }

    private async Task SwapAsync(SettingsReading reading, Settings read, SettingsListener listener)
    {
        var (sameAsBefore, ranAlone) = (reading.Texts.Hash() == _good.Hash(), RunsOwnFiles);
        _good = reading.Texts;
        RunsOwnFiles = _refused = false;
        if (sameAsBefore && !ranAlone)
        {
            return;
        }
        LogWarnings(reading.Warnings);
        var old = Current;
        Current = Unchanged.Keep(old, read);
        if (listener != SettingsListener.Nobody)
        {
            // At the start nothing waits for the next one.
            TellWhatWaits(old);
        }

        // Who ran alone kept to everybody's hour of the maybe list: that may change though the settings do not.
        if (Current != old || ranAlone)
        {
            _log.Swapped(Current.Channels.Count, Current.Watches.Count);
            _behind ??= old;
            await PutInForceAsync(listener);
        }
    }

    /// <summary>A version that is live and stored counts for all; where its parts could not be started, because the store was away for a moment, it is tried at each look.</summary>
    private async Task PutInForceAsync(SettingsListener listener)
    {
        if (_behind is not { } before)
        {
            return;
        }
        try
        {
            await listener.Changed(before, Current);
            (_behind, _changeFault) = (null, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (_changeFault != e.Message)
            {
                _log.ChangeFailed(e);
            }
            _changeFault = e.Message;
        }
    }

    private void TellWhatWaits(Settings old)
    {
        if (old.Storage.Path != Current.Storage.Path)
        {
            _log.NeedsRestart("Storage:Path");
        }
        if (old.Storage.Connection != Current.Storage.Connection)
        {
            _log.NeedsRestart("Storage:Connection");
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
        _warned = [.. warnings.Select(warning => warning.What)];
        foreach (var warning in warnings.Take(ProblemsLogged))
        {
            _log.OneWarning(warning.ToString());
        }
    }

    private void LogProblems()
    {
        _log.Broken(Problems.Count);
        foreach (var problem in Problems.Take(ProblemsLogged))
        {
            _log.OneProblem(problem.ToString());
        }
    }

    private FilesHere Here(SettingsReading reading) => new(_reader.Node, reading.Texts.Print(), reading.Problems.Count);
}
