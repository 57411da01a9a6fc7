using System.Xml;
using System.Xml.Linq;

namespace ListeningBot.Tests.House.Bom;

/// <summary>What a restored package says of itself.</summary>
/// <param name="Licence">An expression of SPDX, or the first line of the licence's text where it has none.</param>
internal sealed record PackageManifest(string Authors, string? Copyright, string Licence, bool IsExpression, string? Website, string? Source)
{
    public static PackageManifest Of(LockedPackage package)
    {
        var folder = Path.Combine(Packages, package.Name.ToLowerInvariant(), package.Version.ToLowerInvariant());
        using var reader = XmlReader.Create(Path.Combine(folder, package.Name.ToLowerInvariant() + ".nuspec"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var facts = XDocument.Load(reader).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        var licence = Element(facts, "license") ?? throw new InvalidDataException($"{package.Name} {package.Version} names no licence.");
        var isExpression = licence.Attribute("type")?.Value == "expression";
        return new PackageManifest(
            Element(facts, "authors")!.Value,
            Element(facts, "copyright")?.Value,
            isExpression ? licence.Value : File.ReadLines(Path.Combine(folder, licence.Value)).First(line => line.Trim().Length > 0).Trim(),
            isExpression,
            Element(facts, "projectUrl")?.Value,
            Element(facts, "repository")?.Attribute("url")?.Value);
    }

    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
        ? given
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static XElement? Element(XElement facts, string name) => facts.Elements().FirstOrDefault(element => element.Name.LocalName == name);
}
