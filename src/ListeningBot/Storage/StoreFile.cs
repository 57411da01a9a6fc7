namespace ListeningBot.Storage;

/// <summary>The database's place on the disk: folder and file for their owner only, and a lock held as long as the store is open.</summary>
internal sealed class StoreFile : IDisposable
{
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FileStream _lock;

    private StoreFile(string path, FileStream held, bool isGone)
    {
        Path = path;
        _lock = held;
        IsGone = isGone;
    }

    /// <summary>The database's full path.</summary>
    public string Path { get; }

    /// <summary>There was no database, or an empty file, though what it leaves beside it shows that there has been one.</summary>
    public bool IsGone { get; }

    /// <summary>True when others than its owner may read the file, which holds customers' words.</summary>
    public bool OthersMayRead => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None;

    /// <summary>Held by the program that has the store open; there, once one had it.</summary>
    public static string LockOf(string path) => path + ".lock";

    /// <summary>SQLite's write-ahead log: it may hold the last of what was stored.</summary>
    public static string LogOf(string path) => path + "-wal";

    /// <summary>A database that is not there, or is empty, has been there: by what it leaves beside it.</summary>
    public static bool HasBeen(string path) => File.Exists(LogOf(path)) || (File.Exists(LockOf(path)) && !File.Exists(path));

    public static StoreFile Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw StoreFaults.FileIsAFolder(full);
        }
        var folder = System.IO.Path.GetDirectoryName(full) ?? throw StoreFaults.FileIsAFolder(full);
        MakeFolder(full, folder);
        // An empty file without a log is a first start that failed.
        var isGone = new FileInfo(full) is not { Exists: true, Length: > 0 } && HasBeen(full);
        var held = Lock(full, folder);
        try
        {
            MakeFile(full, folder);
            return new StoreFile(full, held, isGone);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>SQLite would delete the log of a database that is gone, and with it what only the log holds.</summary>
    /// <returns>Where it lies now; null when there is none.</returns>
    public string? PutLogAside()
    {
        var log = new FileInfo(LogOf(Path));
        if (log is not { Exists: true, Length: > 0 })
        {
            return null;
        }
        var aside = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{log.FullName}.{log.LastWriteTimeUtc:yyyyMMdd-HHmmss}");
        try
        {
            log.MoveTo(aside, overwrite: true);
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.FromFile(e, Path, System.IO.Path.GetDirectoryName(Path)!);
        }
    }

    /// <summary>The lock file stays: to delete it would let two programs hold two files of the same name.</summary>
    public void Dispose() => _lock.Dispose();

    private static void MakeFolder(string path, string folder)
    {
        try
        {
            foreach (var missing in MissingFolders(folder))
            {
                MakeOne(missing);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MissingFolders(folder).Any(File.Exists) ? StoreFaults.FolderIsAFile(folder, e) : StoreFaults.FromFile(e, path, folder);
        }
    }

    /// <summary>Outermost first: the rights asked for go to the last folder of a path only.</summary>
    private static Stack<string> MissingFolders(string folder)
    {
        var missing = new Stack<string>();
        for (var at = folder; at is not null && !Directory.Exists(at); at = System.IO.Path.GetDirectoryName(at))
        {
            missing.Push(at);
        }
        return missing;
    }

    private static void MakeOne(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFolder);
        }
    }

    private static FileStream Lock(string path, string folder)
    {
        try
        {
            return Open(LockOf(path), FileMode.OpenOrCreate, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.FromFile(e, path, folder);
        }
    }

    private static void MakeFile(string path, string folder)
    {
        if (File.Exists(path))
        {
            return;
        }
        try
        {
            Open(path, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.FromFile(e, path, folder);
        }
    }

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }
        return new FileStream(path, options);
    }
}
