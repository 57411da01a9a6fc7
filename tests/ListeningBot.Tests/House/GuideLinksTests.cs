using System.Text.RegularExpressions;
using ListeningBot.Tests.Configuration;

namespace ListeningBot.Tests.House;

/// <summary>The guides name each other's files and headings; none of these links may lead nowhere.</summary>
public sealed partial class GuideLinksTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("config/README.md")]
    [InlineData("deploy/README.md")]
    [InlineData("deploy/SECURITY.md")]
    [InlineData("src/README.md")]
    public void Every_link_of_a_guide_leads_somewhere(string guide)
    {
        var links = Link().Matches(Shipped.Text(guide)).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal)).ToList();

        Assert.All(links, link => Assert.True(Leads(guide, link), $"{guide} names {link}, which is not there."));
    }

    [Fact]
    public void The_operators_guide_has_all_its_sections_in_its_index()
    {
        var guide = Shipped.Text("deploy/README.md");
        var index = guide[..guide.IndexOf("\n## ", StringComparison.Ordinal)];

        Assert.All(Heading().Matches(guide).Select(match => match.Groups[1].Value).Where(line => line.StartsWith("## ", StringComparison.Ordinal)),
            line => Assert.Contains($"](#{Anchor(line)})", index, StringComparison.Ordinal));
    }

    private static bool Leads(string guide, string link)
    {
        var (file, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, "");
        var path = file.Length == 0 ? Path.Combine(Shipped.Root, guide) : Path.GetFullPath(Path.Combine(Shipped.Root, Path.GetDirectoryName(guide)!, file));
        return Path.Exists(path) && (anchor.Length == 0 || Heading().Matches(File.ReadAllText(path)).Any(match => Anchor(match.Groups[1].Value) == anchor));
    }

    /// <summary>As the usual viewers of Markdown make them.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?<line>#+ .+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
