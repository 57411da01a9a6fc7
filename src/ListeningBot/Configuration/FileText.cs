using System.Buffers;
using System.Text;

namespace ListeningBot.Configuration;

/// <summary>One file as it stood at one moment.</summary>
/// <param name="Name">Below the configuration's folder: "config/watches.yaml".</param>
/// <param name="Shown">As the user would write it.</param>
/// <param name="Bytes">Null when it could not be read; then <paramref name="Trouble"/> says why.</param>
public sealed record FileText(string Name, string Shown, byte[]? Bytes, Problem? Trouble)
{
    public const int LargestBytes = 1024 * 1024;

    /// <summary>Null when there is no such file.</summary>
    public static FileText? Read(string name, string shown)
    {
        try
        {
            using var file = new FileStream(shown, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // Each file is read again and again while the bot runs: what is read ahead of its end must not be new memory each time.
            var bytes = ArrayPool<byte>.Shared.Rent(LargestBytes + 1);
            var length = file.ReadAtLeast(bytes, LargestBytes + 1, throwOnEndOfStream: false);
            var text = length > LargestBytes ? null : bytes[..length];
            ArrayPool<byte>.Shared.Return(bytes);
            return text is null
                ? Unreadable(name, shown, "is larger than 1 MiB", "Keep only settings in it.")
                : new FileText(name, shown, text, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(shown)
                ? Unreadable(name, shown, "is a folder, not a file", "Put a file of this name there.")
                : Unreadable(name, shown, "can't be read", "Let the account that runs the bot read it.");
        }
    }

    /// <summary>Without the secrets that stand in it; null when it could not be read, or is appsettings.json and no JSON.</summary>
    internal byte[]? BytesToKeep() => Bytes is null || Name != Sources.AppSettings ? Bytes : OwnSecrets.TakenOut(Bytes);

    /// <summary>The text without a byte order mark, or null and a problem.</summary>
    internal string? Text(Problems problems)
    {
        if (Trouble is not null)
        {
            problems.Add(new Place(Trouble.File, Trouble.Line, Trouble.Column), Trouble.What, Trouble.Cure);
            return null;
        }
        ReadOnlySpan<byte> bytes = Bytes;
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }
        if (FirstBadByte(bytes) is { } bad)
        {
            var begin = bytes[..bad].LastIndexOf((byte)'\n') + 1;
            problems.Add(new Place(Shown, bytes[..bad].Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(bytes[begin..bad]) + 1), "is not UTF-8 text here", "Save the file with the encoding UTF-8.");
            return null;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    private static FileText Unreadable(string name, string shown, string what, string cure) => new(name, shown, null, new Problem(shown, null, what, cure));

    private static int? FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        var valid = 0;
        while (valid < bytes.Length)
        {
            var status = Rune.DecodeFromUtf8(bytes[valid..], out _, out var used);
            if (status != System.Buffers.OperationStatus.Done || bytes[valid] == 0)
            {
                return valid;
            }
            valid += used;
        }
        return null;
    }
}
