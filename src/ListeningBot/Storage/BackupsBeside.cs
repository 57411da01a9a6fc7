using System.Buffers.Binary;

namespace ListeningBot.Storage;

/// <summary>Other stores of ours in the store's folder, whatever their names: backups, unfinished ones, copies.</summary>
internal static class BackupsBeside
{
    /// <summary>Where SQLite's file format has the application's id, in the order of the network.</summary>
    private const int IdAt = 68;
    private const int Most = 20;

    /// <summary>Their full names, at most 20. Empty where nothing can be read.</summary>
    public static IReadOnlyList<string> Of(StorePlace place)
    {
        var store = Path.GetFullPath(place.Path);
        try
        {
            return Path.GetDirectoryName(store) is { } folder && Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder).Where(file => (place.IsShared || file != store) && IsOurs(file)).Order(StringComparer.Ordinal).Take(Most)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsOurs(string file)
    {
        try
        {
            Span<byte> head = stackalloc byte[IdAt + sizeof(int)];
            // A device or a pipe has no length, and would wait for ever.
            if (new FileInfo(file).Length < head.Length)
            {
                return false;
            }
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
                && head.StartsWith("SQLite format 3\0"u8) && BinaryPrimitives.ReadInt32BigEndian(head[IdAt..]) == Migrations.ApplicationId;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
