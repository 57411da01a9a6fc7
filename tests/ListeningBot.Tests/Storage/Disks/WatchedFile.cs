namespace ListeningBot.Tests.Storage.Disks;

internal enum DiskCall
{
    Open,
    Read,
    Write,
    Truncate,
    Sync,
    Delete,
    Lock,
}

/// <summary>One opening of one file. A file that lies on no watched disk is left alone.</summary>
internal sealed class WatchedFile(string? path, int flags)
{
    private const int Create = 0x4;
    private const int AnyJournal = 0x800 | 0x4000 | 0x80000;
    private readonly WatchedDisk? _disk = path is null ? null : WatchedDisk.Of(path);
    private readonly string _name = Path.GetFileName(path) ?? "";

    // As in SQLite's own unix VFS: a journal that it may have made is synced in its folder, too, the first time.
    private bool _syncsFolder = (flags & Create) != 0 && (flags & AnyJournal) != 0;
    private KeptBytes? _bytes;

    /// <summary>0, or the result code with which the call fails.</summary>
    public int Refuses(DiskCall call) => _disk?.Refuses(call, _name) ?? 0;

    public int ShortWrite(int length) => _disk?.ShortWrite(length) ?? 0;

    public int Done(int code, Action then)
    {
        if (code == 0)
        {
            then();
        }
        return code;
    }

    public void Opened() => _bytes = _disk?.Open(_name);

    public void Deleted(bool syncFolder) => _disk?.Delete(_name, syncFolder);

    public void Wrote(ReadOnlySpan<byte> bytes, long at) => _disk?.Change(_bytes!, new Change(at, bytes.ToArray()));

    public void Truncated(long length) => _disk?.Change(_bytes!, new Change(length, null));

    /// <param name="whole">False: the disk failed; nobody knows what reached it, and it will not be tried again.</param>
    public void Synced(bool whole)
    {
        _disk?.Sync(_bytes!, whole, _syncsFolder && whole);
        _syncsFolder &= !whole;
    }
}
