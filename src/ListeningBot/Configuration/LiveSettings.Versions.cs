using ListeningBot.Core.Pipeline;

namespace ListeningBot.Configuration;

/// <summary>What becomes of changed files, and of what other nodes and people apply.</summary>
public sealed partial class LiveSettings
{
    private const int WarningsTold = 3;

    /// <summary>Of a version that ended since then a team still knows how many alerts it brings.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    /// <summary>Each is read whole, and an edit is to be live within two seconds.</summary>
    private const int MostLooked = 10;

    /// <summary>The latest version that this node dealt with.</summary>
    private long _version;
    private (long Id, HeldStanding Standing)? _held;

    /// <summary>The live version can't be used here: what runs is something else.</summary>
    private bool _refused;

    /// <summary>What the warnings of the live settings say: lines move, so not where.</summary>
    private HashSet<string> _warned = [];

    /// <summary>By whom a file edit here is told and kept.</summary>
    private static string Editor => $"a file edit on {Environment.MachineName}";

    /// <summary>Nothing in the store can be used: these files begin. False: another node was first.</summary>
    /// <param name="unusable">The live version, which this node can't read; null when there is none.</param>
    private async Task<bool> BeginAsync(SettingsReading read, ConfigVersion? unusable, CancellationToken ct)
    {
        _judged = read.Texts.Hash();
        var stale = unusable is not null && await _store.ReadAsync(view => ConfigStanding.IsStale(view, _reader.Node, _files.Hash), ct);
        if (!stale)
        {
            var changed = unusable is null ? "the first version" : $"can't be compared with version {unusable.Id}, which can't be used on this machine";
            return await ApplyAsync(AppliedFiles.Of(read.Texts, Editor, changed), unusable?.Id ?? 0, unusable is null ? null : $"It {changed}.", SettingsListener.Nobody, ct);
        }
        _version = unusable!.Id;
        RunsOwnFiles = _refused = true;
        _log.VersionRefused(_version);
        await TellOpsAsync($"Version {_version} of the configuration can't be used on {_reader.Node}, so that this machine runs with its own files. Run `listeningbot check` there.", SettingsListener.Nobody, ct);
        return true;
    }

    /// <summary>Another node or a human applied a version, or settled what was held.</summary>
    private async Task FollowAsync(SettingsListener listener, CancellationToken ct)
    {
        var (latest, held) = await _store.ReadAsync(view => (view.LatestConfigId(), view.LatestHeld()), ct);
        if (held != _held)
        {
            var cards = held is { } one ? await _store.ReadAsync(view => view.HeldChangeOf(one.Id)?.Cards.Select(card => card.Room).ToHashSet(StringComparer.Ordinal), ct) : null;
            _held = held;
            listener.Ring(cards ?? []);
        }
        if (latest != _version)
        {
            listener.Ring(new HashSet<string> { Notices.OpsRoom });
            await TakeLiveAsync(_reader.LoadTexts(), listener, ct);
        }
    }

    /// <summary>False: another version went live meanwhile.</summary>
    private async Task<bool> DealAsync(SettingsReading reading, Settings settings, SettingsListener listener, bool starting, CancellationToken ct)
    {
        var print = _files.Hash;
        var (live, stale, before) = await _store.ReadAsync(view => (view.ConfigOf(view.LatestConfigId())!, ConfigStanding.IsStale(view, _reader.Node, print), view.HeldChangeOfHash(print)), ct);
        if (print == live.Hash || stale)
        {
            await SawAsync(print, ends: print == live.Hash, ct);
            await TakeLiveAsync(reading.Texts, listener, ct);
            if (starting && print != live.Hash && await _store.ReadAsync(view => ConfigStanding.Differs(view, _files), ct) is { } differs && before is null)
            {
                await TellOpsAsync(differs, listener, ct);
            }
            return true;
        }
        if (live.Id != _version)
        {
            // It went live while the edit settled: what it would be judged against does not run here yet.
            return false;
        }
        if (before is { Standing: HeldStanding.Held })
        {
            await SawAsync(print, ends: false, ct);
            return true;
        }
        if (before is { Standing: HeldStanding.Discarded } && before.Base == live.Id)
        {
            await SawAsync(print, ends: true, ct);
            await TellOpsAsync($"This change was discarded before, by {before.SettledBy}: {before.Wanted.Changed}. Version {live.Id} stays live.", listener, ct);
            return true;
        }
        return await ProposeAsync(reading, settings, live, listener, ct);
    }

    private async Task<bool> ProposeAsync(SettingsReading reading, Settings settings, ConfigVersion live, SettingsListener listener, CancellationToken ct)
    {
        var (before, left) = Before(live, reading.Texts);
        var now = Unchanged.Keep(before, settings);
        var changed = ChangeWords.Of(before, now) + left;
        var older = await _store.ReadAsync(view => view.ConfigOfHash(_files.Hash), ct);
        var wanted = AppliedFiles.Of(reading.Texts, Editor, older is null ? changed : $"back to version {older.Id}: {changed}");
        var (objection, asked) = await ObjectionAsync(before, now, ct);
        if (objection is not null && await WasLiveLatelyAsync(now, reading.Texts, ct))
        {
            objection = objection.WithoutFloods();
        }
        if (objection is not null)
        {
            return await HoldAsync(wanted, live.Id, objection, listener, ct);
        }
        if (!await ApplyAsync(wanted, live.Id, changed == ChangeWords.Nothing ? null : Told(wanted, asked, reading.Warnings), listener, ct))
        {
            return false;
        }
        await SwapAsync(reading, settings, listener);
        return true;
    }

    /// <summary>What is live on the other machines, by which an edit is judged, also where this one can't use all of it; and what of it could not be compared, for people.</summary>
    private (Settings Settings, string Left) Before(ConfigVersion live, SourceTexts today)
    {
        if (!_refused || AppliedFiles.Texts(live, today) is not { } texts)
        {
            return (Current, "");
        }
        var read = _reader.Read(texts);
        var more = read.Problems.Count > ProblemsTold ? $" and {read.Problems.Count - ProblemsTold} more" : "";
        return (read.AsFarAsRead, read.Problems.Count > 0 ? $"; what of version {live.Id} can't be used on {_reader.Node} was not compared ({string.Join("; ", read.Problems.Take(ProblemsTold).Select(problem => problem.What))}{more})" : "");
    }

    /// <summary>Asked is false where the guard failed: managers must be able to edit all the same.</summary>
    private async Task<(Objection? Objection, bool Asked)> ObjectionAsync(Settings before, Settings now, CancellationToken ct)
    {
        try
        {
            return (now.Watches == before.Watches && now.Ours == before.Ours ? null : await _guard(before, now, ct), true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _log.GuardFailed(e);
            return (null, false);
        }
    }

    /// <summary>
    /// The alerts that these watches bring were the teams' own a few days ago: against an edit that made the bot deaf they look like a flood, and held it would stay deaf.
    /// What a version lately live said counts, not its files: who takes an edit back by hand writes another comment.
    /// </summary>
    private async Task<bool> WasLiveLatelyAsync(Settings now, SourceTexts today, CancellationToken ct)
    {
        var since = _time.GetUtcNow() - Lately;
        var versions = await _store.ReadAsync(
            view =>
            {
                var latest = view.ConfigHistory(MostLooked + 1);
                return latest.Zip(latest.Skip(1)).TakeWhile(one => one.First.At >= since).Select(one => view.ConfigOf(one.Second.Id)).OfType<ConfigVersion>().ToList();
            },
            ct);
        return versions.Any(version => AppliedFiles.Texts(version, today) is { } texts && _reader.Read(texts).Settings is { } then && Unchanged.Keep(now, then) is var kept && kept.Watches == now.Watches && kept.Ours == now.Ours);
    }

    private string Told(ConfigVersion wanted, bool asked, IReadOnlyList<Problem> warnings)
    {
        string[] fresh = [.. warnings.Where(warning => !_warned.Contains(warning.What)).Select(warning => $"\nLikely not meant: {warning}")];
        return $"{ConfigDesk.Sentence(wanted.Changed)}{(asked ? "" : " It could not be tried on stored posts; the log says why.")}{string.Concat(fresh.Take(WarningsTold))}"
            + (fresh.Length > WarningsTold ? $"\n... and {fresh.Length - WarningsTold} more: run `check`." : "");
    }

    private async Task<bool> ApplyAsync(ConfigVersion wanted, long basedOn, string? tell, SettingsListener listener, CancellationToken ct)
    {
        var (version, rooms) = await ConfigDesk.WriteAsync(
            _store,
            _time,
            (tx, desk) =>
            {
                var applied = desk.Apply(wanted, basedOn, tell);
                if (applied is not null)
                {
                    tx.SawFiles(_reader.Node, wanted.Hash, _time.GetUtcNow());
                }
                return applied;
            },
            ct);
        listener.Ring(rooms);
        _version = version?.Id ?? _version;
        return version is not null;
    }

    private async Task<bool> HoldAsync(ConfigVersion wanted, long basedOn, Objection why, SettingsListener listener, CancellationToken ct)
    {
        var (held, rooms) = await ConfigDesk.WriteAsync(
            _store,
            _time,
            (tx, desk) =>
            {
                var done = desk.Hold(wanted, basedOn, why);
                if (done)
                {
                    tx.SawFiles(_reader.Node, wanted.Hash, _time.GetUtcNow());
                }
                return done;
            },
            ct);
        listener.Ring(rooms);
        if (held)
        {
            _log.Held(wanted.Changed);
        }
        return held;
    }

    /// <param name="ends">A change of this node's files that was held is no longer wanted.</param>
    private async Task SawAsync(string print, bool ends, CancellationToken ct) => await ConfigDesk.WriteAsync(
        _store,
        _time,
        (tx, desk) =>
        {
            if (ends && tx.LatestHeld() is (var id, HeldStanding.Held) && tx.HeldChangeOf(id) is { } held && held.Wanted.Hash != print && held.Wanted.Hash == tx.FilesSeenBy(_reader.Node)?.Hash)
            {
                desk.EndHeld("its file is as it was before");
            }
            tx.SawFiles(_reader.Node, print, _time.GetUtcNow());
            return true;
        },
        ct);

    /// <summary>Runs with the live version and this node's secrets of now; with what ran before where that can't be used here.</summary>
    private async Task TakeLiveAsync(SourceTexts today, SettingsListener listener, CancellationToken ct)
    {
        var live = await _store.ReadAsync(view => view.ConfigOf(view.LatestConfigId()), ct);
        var first = live is not null && live.Id != _version;
        _version = live?.Id ?? _version;
        if (live is not null && AppliedFiles.Texts(live, today) is { } texts && _reader.Read(texts) is { Settings: { } settings } reading)
        {
            await SwapAsync(reading, settings, listener);
            return;
        }
        _refused = true;
        _log.VersionRefused(_version);
        if (first)
        {
            await TellOpsAsync($"Version {_version} of the configuration can't be used on {_reader.Node}; what ran before goes on there. Run `listeningbot check` there.", listener, ct);
        }
    }

    private async Task TellOpsAsync(string text, SettingsListener listener, CancellationToken ct)
    {
        var (_, rooms) = await ConfigDesk.WriteAsync(_store, _time, (_, desk) => { desk.Tell(text, good: false); return true; }, ct);
        listener.Ring(rooms);
    }
}
