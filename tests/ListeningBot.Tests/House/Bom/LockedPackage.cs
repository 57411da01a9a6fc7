using System.Text.Json;

namespace ListeningBot.Tests.House.Bom;

/// <summary>A package of a lock file.</summary>
/// <param name="Hash">SHA-512 of the package without its signature.</param>
/// <param name="Needs">Names of the packages that it uses.</param>
internal sealed record LockedPackage(string Name, string Version, byte[] Hash, IReadOnlyList<string> Needs)
{
    /// <summary>Of a project and of those below it, without the projects themselves.</summary>
    public static IReadOnlyList<LockedPackage> Of(params IEnumerable<string> lockFiles) =>
        [.. lockFiles.SelectMany(Read).DistinctBy(package => (package.Name, package.Version)).OrderBy(package => package.Name, StringComparer.Ordinal)];

    private static IEnumerable<LockedPackage> Read(string lockFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(lockFile));
        foreach (var framework in json.RootElement.GetProperty("dependencies").EnumerateObject().ToList())
        {
            foreach (var package in framework.Value.EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() != "Project"))
            {
                yield return new LockedPackage(
                    package.Name,
                    package.Value.GetProperty("resolved").GetString()!,
                    package.Value.GetProperty("contentHash").GetBytesFromBase64(),
                    package.Value.TryGetProperty("dependencies", out var needs) ? [.. needs.EnumerateObject().Select(need => need.Name)] : []);
            }
        }
    }
}
