using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ListeningBot.Tests.House.Bom;

/// <summary>The packages as a bill of materials: CycloneDX 1.6 in JSON. Equal packages make equal bytes: it has no time, and its serial number is made of what it says.</summary>
internal static class BillOfMaterials
{
    /// <summary>Used while the program is built and no part of it.</summary>
    public static readonly IReadOnlySet<string> OnlyBuilding = new HashSet<string> { "Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers" };
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="direct">Names of the packages that the projects themselves name.</param>
    public static string Of(IReadOnlyList<LockedPackage> packages, IReadOnlyList<string> direct, string version, string framework)
    {
        var own = $"listeningbot@{version}";
        var known = packages.ToDictionary(package => package.Name, Purl, StringComparer.OrdinalIgnoreCase);
        var bom = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["serialNumber"] = "",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = new JsonObject { ["type"] = "application", ["bom-ref"] = own, ["name"] = "ListeningBot", ["version"] = version, ["licenses"] = Licences("MIT", isExpression: true) } },
            ["components"] = new JsonArray([Framework(framework), .. packages.Select(Component)]),
            ["dependencies"] = new JsonArray(
            [
                Needs(own, direct.Select(name => known[name])),
                .. packages.Select(package => Needs(Purl(package), package.Needs.Where(known.ContainsKey).Select(need => known[need]))),
            ]),
        };
        bom["serialNumber"] = "urn:uuid:" + new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(bom.ToJsonString())).AsSpan(0, 16));
        return bom.ToJsonString(s_json) + "\n";
    }

    private static JsonObject Component(LockedPackage package)
    {
        var facts = PackageManifest.Of(package);
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = Purl(package),
            ["authors"] = new JsonArray(new JsonObject { ["name"] = facts.Authors }),
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["scope"] = OnlyBuilding.Contains(package.Name) ? "excluded" : "required",
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(package.Hash) }),
            ["licenses"] = Licences(facts.Licence, facts.IsExpression),
        };
        if (facts.Copyright is { } copyright)
        {
            component["copyright"] = copyright;
        }
        component["purl"] = Purl(package);
        JsonNode[] links = [.. new[] { ("website", facts.Website), ("vcs", facts.Source) }.Where(link => link.Item2 is not null).Select(link => new JsonObject { ["type"] = link.Item1, ["url"] = link.Item2 })];
        if (links.Length > 0)
        {
            component["externalReferences"] = new JsonArray(links);
        }
        return component;
    }

    /// <summary>Its release is that of the machine, of the image, or of the self-contained folder.</summary>
    private static JsonObject Framework(string version) => new()
    {
        ["type"] = "framework",
        ["bom-ref"] = "Microsoft.AspNetCore.App@" + version,
        ["name"] = "Microsoft.AspNetCore.App",
        ["version"] = version,
        ["licenses"] = Licences("MIT", isExpression: true),
    };

    private static JsonArray Licences(string licence, bool isExpression) => !isExpression ? new(new JsonObject { ["license"] = new JsonObject { ["name"] = licence } })
        : licence.Contains(' ', StringComparison.Ordinal) ? new(new JsonObject { ["expression"] = licence })
        : new(new JsonObject { ["license"] = new JsonObject { ["id"] = licence } });

    private static JsonObject Needs(string part, IEnumerable<string> needs) => new() { ["ref"] = part, ["dependsOn"] = new JsonArray([.. needs.Order(StringComparer.Ordinal).Select(need => (JsonNode)need)]) };

    private static string Purl(LockedPackage package) => $"pkg:nuget/{package.Name}@{package.Version}";
}
