using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>
/// A store written to a file that nobody sees by its name before it is whole, checked and on the disk. Readable by its owner only.
/// </summary>
internal static class WholeStoreFile
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is written meanwhile.</summary>
    public static string Partial(string target) => target + ".partial";

    /// <summary>
    /// Throws <see cref="StoreException"/>, and then nothing is left. A process that is killed meanwhile leaves the partial file, which is no backup by its name.
    /// </summary>
    /// <param name="fill">Makes the store in the empty file of this name.</param>
    /// <param name="over">True when an empty file of the name may be replaced.</param>
    public static void Write(string target, bool over, Action<string> fill)
    {
        if (!over && File.Exists(target))
        {
            throw StoreFaults.AlreadyThere(target);
        }
        var partial = Partial(target);
        if (File.Exists(partial))
        {
            throw StoreFaults.BrokenOff(partial);
        }
        var folder = Path.GetDirectoryName(target)!;
        var isOurs = false;
        try
        {
            MakeEmpty(partial);
            isOurs = true;
            fill(partial);
            Check(partial);
            Settle(partial);
            File.Move(partial, target, over);
            FolderSync.Run(folder);
        }
        catch (Exception e) when (e is IOException and not StoreException or UnauthorizedAccessException)
        {
            throw over ? StoreFaults.FromFile(e, target, folder) : StoreFaults.NotWritten(target, folder, e);
        }
        finally
        {
            if (isOurs)
            {
                Forget(partial);
            }
        }
    }

    /// <summary>Throws when the disk of the target has not this much left.</summary>
    public static void ExpectRoom(string target, long bytes)
    {
        try
        {
            var free = new DriveInfo(Path.GetDirectoryName(target)!).AvailableFreeSpace;
            if (free < bytes)
            {
                throw StoreFaults.NoRoom(target, bytes, free);
            }
        }
        catch (Exception e) when (e is ArgumentException or UnauthorizedAccessException || (e is IOException and not StoreException))
        {
            // A place whose size can't be told: writing tells.
            _ = e;
        }
    }

    private static void MakeEmpty(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }
        new FileStream(path, options).Dispose();
    }

    private static void Check(string path)
    {
        using var db = SqliteDb.OpenCopier(path, busyMilliseconds: 0);
        StoreCheck.ExpectWhole(db, path);
    }

    /// <summary>VACUUM INTO leaves this to its caller.</summary>
    private static void Settle(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private static void Forget(string partial)
    {
        foreach (var file in new[] { partial, partial + "-wal", partial + "-shm", partial + "-journal" })
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It keeps a name that says what it is.
                _ = e;
            }
        }
    }
}
