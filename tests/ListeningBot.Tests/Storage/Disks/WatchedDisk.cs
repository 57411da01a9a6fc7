using System.Collections.Concurrent;
using SQLitePCL;

namespace ListeningBot.Tests.Storage.Disks;

/// <summary>
/// A folder below SQLite: knows what was synced and what was not, file by file and for the folder's own list of names, so that it can say what a loss of power leaves; and can make calls fail.
/// What lies in the folder at first is safe.
/// </summary>
internal sealed class WatchedDisk : IDisposable
{
    private static readonly ConcurrentDictionary<string, WatchedDisk> Disks = new();
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly Random _random;
    private readonly Dictionary<string, KeptBytes> _names = [];
    private readonly Dictionary<string, KeptBytes> _safeNames = [];
    private readonly List<(string Name, KeptBytes? Bytes)> _namesSince = [];
    private long _changes;
    private volatile bool _dead;

    public WatchedDisk(string folder, Random random)
    {
        WatchedVfs.Prepare();
        (_folder, _random) = (folder, random);
        foreach (var path in Directory.GetFiles(folder))
        {
            _safeNames[Path.GetFileName(path)] = _names[Path.GetFileName(path)] = new KeptBytes(File.ReadAllBytes(path));
        }
        Disks[folder] = this;
    }

    /// <summary>The power fails at this change (a write, cut, sync, deletion or new name), counted from 1.</summary>
    public long? FailsAt { get; init; }

    /// <summary>Called in the moment in which the power fails, on the thread that wanted the change.</summary>
    public Action Failing { get; init; } = () => { };

    /// <summary>The result code with which a call is to fail, 0 for none.</summary>
    public Func<DiskCall, string, int> Fault { get; set; } = (_, _) => 0;

    public bool IsDead => _dead;

    public static WatchedDisk? Of(string path) => Disks.GetValueOrDefault(Path.GetDirectoryName(path) ?? "");

    /// <summary>Puts into a folder what a loss of power now, or that before, has left of this one.</summary>
    public void LeaveTo(string folder)
    {
        lock (_gate)
        {
            _dead = true;
            var survival = new Survival(_random);
            foreach (var (name, bytes) in _namesSince)
            {
                Rename(_safeNames, name, survival.Survives() ? bytes : _safeNames.GetValueOrDefault(name));
            }
            foreach (var (name, bytes) in _safeNames)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes.After(survival));
            }
        }
    }

    public int Refuses(DiskCall call, string name) => _dead ? raw.SQLITE_IOERR : Fault(call, name);

    /// <summary>How much of a failing write still arrives.</summary>
    public int ShortWrite(int length)
    {
        lock (_gate)
        {
            return _dead ? 0 : _random.Next(length);
        }
    }

    public KeptBytes Open(string name)
    {
        lock (_gate)
        {
            if (!_names.TryGetValue(name, out var bytes))
            {
                Step();
                _names[name] = bytes = new KeptBytes([]);
                _namesSince.Add((name, bytes));
            }
            return bytes;
        }
    }

    public void Delete(string name, bool syncFolder)
    {
        lock (_gate)
        {
            if (Step())
            {
                _names.Remove(name);
                _namesSince.Add((name, null));
                SyncFolder(syncFolder);
            }
        }
    }

    public void Change(KeptBytes bytes, Change change)
    {
        lock (_gate)
        {
            if (Step())
            {
                bytes.Add(change);
            }
        }
    }

    public void Sync(KeptBytes bytes, bool whole, bool syncFolder)
    {
        lock (_gate)
        {
            // Power that fails in a sync leaves what was not synced yet to chance.
            if (Step() && whole)
            {
                bytes.Sync();
                SyncFolder(syncFolder);
            }
            else if (!_dead)
            {
                bytes.SyncInPart(new Survival(_random));
            }
        }
    }

    public void Dispose() => Disks.TryRemove(_folder, out _);

    private void SyncFolder(bool really)
    {
        if (really)
        {
            _namesSince.ForEach(one => Rename(_safeNames, one.Name, one.Bytes));
            _namesSince.Clear();
        }
    }

    private static void Rename(Dictionary<string, KeptBytes> names, string name, KeptBytes? bytes)
    {
        names.Remove(name);
        if (bytes is not null)
        {
            names[name] = bytes;
        }
    }

    /// <summary>False when the power has failed: the change reaches nothing.</summary>
    private bool Step()
    {
        if (!_dead && ++_changes == FailsAt)
        {
            Failing();
            _dead = true;
        }
        return !_dead;
    }
}
