using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>What a start would find at the place of a SQLite store, in words; also beside a bot that runs on it.</summary>
internal static class SqliteLook
{
    /// <summary>Throws <see cref="StoreException"/> when a start could not work with it. A file of a moment is made in its folder, because nothing else tells whether one may write there.</summary>
    public static string At(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw StoreFaults.FileIsAFolder(full);
        }
        MovedStore.ExpectNone(full);
        ExpectWritable(full, Path.GetDirectoryName(full)!);
        if (!File.Exists(full) || new FileInfo(full).Length == 0)
        {
            return $"{full}: no store yet; the first start makes it";
        }
        using var db = SqliteDb.OpenCopier(full, busyMilliseconds: 1_000);
        var (version, last) = (StoreCheck.ExpectOurs(db, full), Migrations.All.Count);
        ExpectOwn(full);
        return $"{full}: a store of version {version}{(version < last ? $", which the first start brings to {last}" : "")}";
    }

    private static void ExpectOwn(string full)
    {
        try
        {
            File.Open(full, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            throw StoreFaults.ReadOnly(full);
        }
    }

    private static void ExpectWritable(string full, string folder)
    {
        // Folders that are missing are made at the start.
        var at = folder;
        while (!Directory.Exists(at) && Path.GetDirectoryName(at) is { } above)
        {
            at = above;
        }
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose };
            new FileStream(Path.Combine(at, Path.GetRandomFileName() + ".listeningbot-check"), options).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.FromFile(e, full, at);
        }
    }
}
