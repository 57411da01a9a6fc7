using System.Collections;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace ListeningBot.Configuration;

/// <summary>Where configuration comes from.</summary>
public sealed record Sources
{
    public const string AppSettings = "appsettings.json";
    public const string Watches = "config/watches.yaml";
    public const string Responders = "config/responders.yaml";
    public const string Replies = "config/replies.yaml";
    public const string Gestures = "config/gestures.yaml";

    /// <summary>What managers edit; another file of that kind in config/ is a mistake.</summary>
    public static readonly string[] ManagersFiles = [Watches, Responders, Replies, Gestures];
    public const string Prefix = "LISTENINGBOT__";
    private const string UserSecretsId = "listeningbot";

    /// <summary>As the user gave it; empty for the working directory.</summary>
    public required string Folder { get; init; }
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    public string? UserSecretsFile { get; init; }

    /// <summary>One file a secret, named like Channels__inbox__Password.</summary>
    public string? CredentialsFolder { get; init; }

    /// <summary>This machine and folder: who it is that sees, or has seen, these files.</summary>
    public string Node => $"{System.Environment.MachineName}:{Path.GetFullPath(Folder.Length == 0 ? "." : Folder)}";

    /// <summary>The real ones of this process and account.</summary>
    public static Sources Of(DirectoryInfo? folder) => new()
    {
        Folder = folder?.ToString() ?? "",
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal),
        UserSecretsFile = UserSecretsPath(),
        CredentialsFolder = System.Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"),
    };

    /// <summary>All texts as they stand now. Never throws: what can't be read is told when the texts are.</summary>
    public SourceTexts Read() => new()
    {
        Folder = Folder,
        Files = [.. FileNames().Select(name => FileText.Read(name, Shown(name))).OfType<FileText>()],
        // Most accounts have no such folder; to find that out by an exception twice a second would be dear.
        UserSecrets = UserSecretsFile is null || !Directory.Exists(Path.GetDirectoryName(UserSecretsFile)) ? null : FileText.Read("user-secrets", UserSecretsFile),
        Credentials = Credentials(),
        Variables =
        [
            .. Environment.Where(v => v.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(v => v.Key, StringComparer.Ordinal)
                .Select(v => new Given(v.Key, Parts(v.Key[Prefix.Length..]), v.Value)),
        ],
    };

    /// <summary>A file's path as the user would write it.</summary>
    public string Shown(string name) => Folder.Length == 0 ? name : Path.Combine(Folder, name);

    internal static string[] Parts(string name) => name.Split("__");

    private IEnumerable<string> FileNames()
    {
        yield return AppSettings;
        string[] found;
        try
        {
            found = Directory.GetFiles(Path.Combine(Path.GetFullPath(Folder.Length == 0 ? "." : Folder), "config"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            found = [];
        }
        foreach (var path in found.Where(IsRead).Order(StringComparer.Ordinal))
        {
            yield return "config/" + Path.GetFileName(path);
        }
    }

    /// <summary>Managers' files, and calendars of holidays beside them.</summary>
    private static bool IsRead(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".ics" && !Path.GetFileName(path).StartsWith('.');

    private List<FileText> Credentials()
    {
        if (CredentialsFolder is null)
        {
            return [];
        }
        try
        {
            return [.. Directory.GetFiles(CredentialsFolder)
                .Where(path => Path.GetFileName(path).Contains("__", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(path => FileText.Read(Path.GetFileName(path), path)).OfType<FileText>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [new FileText("credentials", CredentialsFolder, null, new Problem(CredentialsFolder, null, "the credentials folder can't be read",
                e is DirectoryNotFoundException ? "There is no such folder: mend or take away the environment variable CREDENTIALS_DIRECTORY." : "Let the account that runs the bot read it."))];
        }
    }

    private static string? UserSecretsPath()
    {
        try
        {
            return PathHelper.GetSecretsPathFromSecretsId(UserSecretsId);
        }
        catch (InvalidOperationException)
        {
            // an account without a home has no user-secrets
            return null;
        }
    }
}
