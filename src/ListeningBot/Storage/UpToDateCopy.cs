namespace ListeningBot.Storage;

/// <summary>A store of today's version: the file itself, or, where it is of an older program, a copy beside it that was brought up to date and is gone afterwards. The file is never changed.</summary>
internal sealed class UpToDateCopy : IDisposable
{
    private readonly bool _isOurs;

    private UpToDateCopy(string path, bool isOurs) => (Path, _isOurs) = (path, isOurs);

    public string Path { get; }

    public static UpToDateCopy Of(string path, CancellationToken ct)
    {
        using var db = SqliteDb.OpenCopier(path, busyMilliseconds: 10_000);
        if (StoreCheck.ExpectOurs(db, path) == Migrations.All.Count)
        {
            return new UpToDateCopy(path, isOurs: false);
        }
        var copy = path + ".up-to-date";
        WholeStoreFile.Write(copy, over: true, partial =>
        {
            StoreBackup.CopyInto(db, partial, (_, _) => { }, ct);
            using var aside = SqliteDb.OpenCopyWriter(partial);
            Migrations.Apply(aside, partial, Migrations.All);
        });
        return new UpToDateCopy(copy, isOurs: true);
    }

    public void Dispose()
    {
        if (_isOurs)
        {
            File.Delete(Path);
        }
    }
}
