using System.Globalization;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>Versions that were live.</summary>
internal static class ConfigVerbHistory
{
    public static async Task<int> WriteAsync(IStore store, bool json, TextWriter output, VerbPaper paper, CancellationToken ct)
    {
        var versions = await store.ReadAsync(view => view.ConfigHistory(ConfigDesk.VersionsKept), ct);
        if (json)
        {
            foreach (var version in versions)
            {
                await output.WriteLineAsync(CasesVerbJson.Of(new { version = version.Id, at = version.At, by = version.By, changed = version.Changed, hash = version.Hash, live = version.Id == versions[0].Id }));
            }
            return Exit.Done;
        }
        if (versions.Count == 0)
        {
            paper.Write("No configuration was live yet: the first start of the bot keeps the first version.");
            return Exit.Done;
        }
        paper.Write(new CheckVerbSheet(
            $"{(versions.Count == 1 ? "1 version" : $"{versions.Count} versions")}, the live one first",
            ["version", "live from (UTC)", "by", "changed"],
            [.. versions.Select(version => (IReadOnlyList<string>)[Number(version.Id), version.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), version.By, version.Changed])]));
        return Exit.Done;
    }

    /// <summary>appsettings.json is left out: addresses in it may hold what a program can't know to be secret.</summary>
    public static async Task<int> ShowAsync(IStore store, long id, VerbPaper paper, CancellationToken ct)
    {
        if (await store.ReadAsync(view => view.ConfigOf(id), ct) is not { } version)
        {
            paper.Write(WhyNot(id));
            return Exit.BadInput;
        }
        paper.Write($"Version {version.Id}, live from {version.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, by {version.By}");
        paper.Write($"Changed: {version.Changed}");
        foreach (var file in AppliedFiles.Texts(version, SourceTexts.None)?.Files ?? [])
        {
            paper.Write("");
            paper.Write($"--- {file.Name}");
            foreach (var line in file.Name == Sources.AppSettings ? ["(kept without its secrets, and not shown: other parts may be private, too)"] : (file.Text(new Problems()) ?? "").TrimEnd().ReplaceLineEndings("\n").Split('\n'))
            {
                paper.Write(line);
            }
        }
        return Exit.Done;
    }

    public static string WhyNot(long id) => $"There is no version {Number(id)}, or it is no longer kept. `config history` shows those that are.";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
