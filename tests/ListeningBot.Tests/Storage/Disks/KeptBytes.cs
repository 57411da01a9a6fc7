namespace ListeningBot.Tests.Storage.Disks;

/// <summary>Bytes written at a place; without bytes: the file was cut there.</summary>
internal sealed record Change(long At, byte[]? Bytes);

/// <summary>What of one file is safely on the disk, and what was changed since.</summary>
internal sealed class KeptBytes(byte[] safe)
{
    private byte[] _safe = safe;
    private int _length = safe.Length;
    private readonly List<Change> _since = [];

    public void Add(Change change) => _since.Add(change);

    public void Sync()
    {
        _since.ForEach(Apply);
        _since.Clear();
    }

    /// <summary>The disk kept some, dropped the rest, and told that it failed.</summary>
    public void SyncInPart(Survival survival)
    {
        survival.Of(_since).ForEach(Apply);
        _since.Clear();
    }

    /// <summary>What is found after the power has gone.</summary>
    public byte[] After(Survival survival)
    {
        var found = new KeptBytes(_safe.AsSpan(0, _length).ToArray());
        survival.Of(_since).ForEach(found.Apply);
        return found._safe.AsSpan(0, found._length).ToArray();
    }

    private void Apply(Change change)
    {
        if (change.Bytes is not { } bytes)
        {
            _safe.AsSpan((int)Math.Min(change.At, _length)).Clear();
            _length = (int)change.At;
            Grow(_length);
            return;
        }
        var end = (int)change.At + bytes.Length;
        Grow(end);
        bytes.CopyTo(_safe, change.At);
        _length = Math.Max(_length, end);
    }

    private void Grow(int length)
    {
        if (length > _safe.Length)
        {
            Array.Resize(ref _safe, Math.Max(length, _safe.Length * 2));
        }
    }
}
