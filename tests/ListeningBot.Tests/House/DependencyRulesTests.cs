using System.Reflection;
using System.Text.RegularExpressions;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Tests.House;

/// <summary>Who may depend on whom, read from the sources' own using lines and qualified names.</summary>
public sealed partial class DependencyRulesTests
{
    private static readonly string[] Core = ["Text", "Posts", "Scoring", "Watching", "Teams", "Cases", "Alerting", "Pipeline"];

    /// <summary>Formats that several services speak: a folder of no vendor.</summary>
    private static readonly string[] Shared = ["Feeds", "Searches"];

    [Fact]
    public void The_core_goes_one_way()
    {
        foreach (var (file, text) in Sources("ListeningBot.Core"))
        {
            var own = Array.IndexOf(Core, Folder(file, "ListeningBot.Core"));
            Assert.True(own >= 0, $"{file} lies in no room of the core.");
            foreach (Match match in CoreRoom().Matches(text))
            {
                var used = Array.IndexOf(Core, match.Groups[1].Value);
                Assert.True(used <= own, $"{file} uses {match.Value}: {Core[own]} may only use what stands before it in {string.Join(" <- ", Core)}.");
            }
        }
    }

    [Fact]
    public void The_core_knows_no_vendor_no_http_and_not_the_program()
    {
        var allowed = new[] { "System.", "Microsoft.Extensions.Logging.Abstractions", "NodaTime", "netstandard", "mscorlib" };
        var forbidden = typeof(IStore).Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("System.Net", StringComparison.Ordinal) || !allowed.Any(a => name.StartsWith(a, StringComparison.Ordinal)))
            .ToList();

        Assert.Empty(forbidden);
    }

    [Theory]
    [InlineData("Channels")]
    [InlineData("Notifiers")]
    public void A_vendor_folder_uses_no_other_vendor_folder(string rooms)
    {
        foreach (var (file, text) in Sources("ListeningBot").Where(s => s.File.Contains($"/{rooms}/", StringComparison.Ordinal)))
        {
            var own = file.Split($"/{rooms}/")[1].Split('/');
            foreach (Match match in VendorRoom().Matches(text))
            {
                Assert.True(own.Length == 1 || match.Groups[2].Value == own[0] || Shared.Contains(match.Groups[2].Value), $"{file} uses {match.Value}, another vendor's folder.");
            }
        }
    }

    [Fact]
    public void Only_the_configuration_reads_IConfiguration()
    {
        string[] mayBind = ["/Configuration/", "/Channels/ChannelKind.cs", "/Notifiers/NotifierKind.cs"];
        var others = Sources("ListeningBot")
            .Where(s => s.Text.Contains("IConfiguration", StringComparison.Ordinal) && !mayBind.Any(m => s.File.Contains(m, StringComparison.Ordinal)))
            .Select(s => s.File);

        Assert.Empty(others);
    }

    private static IEnumerable<(string File, string Text)> Sources(string project)
    {
        var root = Path.Combine(RepositoryRoot(), "src", project);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => file.Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file)));
    }

    private static string Folder(string file, string project) => file.Split($"/{project}/")[1].Split('/')[0];

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ListeningBot.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not stand inside the repository.");
    }

    [GeneratedRegex(@"ListeningBot\.Core\.(\w+)")]
    private static partial Regex CoreRoom();

    [GeneratedRegex(@"ListeningBot\.(Channels|Notifiers)\.([A-Z]\w+)\b(?=\s*;|\.)")]
    private static partial Regex VendorRoom();
}
