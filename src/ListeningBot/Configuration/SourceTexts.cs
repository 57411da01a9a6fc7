using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Configuration;

/// <summary>One setting given outside the files.</summary>
/// <param name="From">The environment variable's name, the credentials file's path.</param>
internal sealed record Given(string From, IReadOnlyList<string> Path, string Value)
{
    /// <summary>Without the value, which may be a secret.</summary>
    public override string ToString() => From;
}

/// <summary>All texts that configuration is made of, as they stood at one moment.</summary>
public sealed record SourceTexts
{
    public static readonly SourceTexts None = new() { Folder = "", Files = [] };

    public required string Folder { get; init; }

    /// <summary>appsettings.json and config/*.yaml, those that are there.</summary>
    public required IReadOnlyList<FileText> Files { get; init; }
    public FileText? UserSecrets { get; init; }
    public IReadOnlyList<FileText> Credentials { get; init; } = [];
    internal IReadOnlyList<Given> Variables { get; init; } = [];

    public FileText? File(string name) => Files.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal));

    /// <summary>A file's path as the user would write it.</summary>
    public string Shown(string name) => Folder.Length == 0 ? name : Path.Combine(Folder, name);

    /// <summary>Of the files alone, wherever they lie; equal for equal names and texts. Secrets in them do not count: each machine has its own, and a print must not help to guess one.</summary>
    public string Print() => HashOf(_ => true);

    /// <summary>Of some of the files, as <see cref="Print"/>.</summary>
    public string HashOf(Func<string, bool> name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Files.Where(file => name(file.Name)).Select(file => file.BytesToKeep() is { } kept ? file with { Bytes = kept } : file));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Equal for equal texts.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Files.Concat(Credentials).Append(UserSecrets).OfType<FileText>());
        foreach (var variable in Variables)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{variable.From}={variable.Value.Length}\n{variable.Value}"));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, IEnumerable<FileText> files)
    {
        foreach (var file in files)
        {
            var bytes = file.Bytes ?? Encoding.UTF8.GetBytes(file.Trouble?.What ?? "");
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\n{file.Bytes is null}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }
    }
}
