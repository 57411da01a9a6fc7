using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ListeningBot.Cli;
using ListeningBot.Tests.Configuration;

namespace ListeningBot.Tests.House.Bom;

/// <summary>What `listeningbot sbom` prints is made of the lock files and of what the restored packages say of themselves.</summary>
public sealed class BillOfMaterialsTests
{
    private const string Shown = "src/ListeningBot/Cli/sbom.json";
    private static readonly string[] s_projects = ["src/ListeningBot", "src/ListeningBot.Core"];

    /// <summary>With these the program may be given on, in a company too. SQLite's one is a sentence of its package.</summary>
    private static readonly string[] s_allowed = ["MIT", "Apache-2.0", "PostgreSQL", "SQLite is Public Domain"];
    private static readonly JsonNode s_bom = JsonNode.Parse(Shipped.Text(Shown))!;

    [Fact]
    public void It_is_what_the_lock_files_and_the_packages_say()
    {
        var text = BillOfMaterials.Of(Locked(), [.. Direct()], Property("Version"), Property("TargetFramework")[3..]);
        if (Environment.GetEnvironmentVariable("LISTENINGBOT_SBOM") == "write")
        {
            File.WriteAllText(Path.Combine(Shipped.Root, Shown), text);
        }

        Assert.True(text == Shipped.Text(Shown).ReplaceLineEndings("\n"), $"The packages changed. Write {Shown} anew: LISTENINGBOT_SBOM=write dotnet test tests/ListeningBot.Tests --filter FullyQualifiedName~BillOfMaterials");
    }

    [Fact]
    public void Every_package_of_the_lock_files_is_in_it_once()
    {
        var listed = Components().Where(component => (string?)component["type"] == "library").Select(component => $"{component["name"]} {component["version"]}").ToList();

        Assert.Equal(listed.Distinct(), listed);
        Assert.Equal(Locked().Select(package => $"{package.Name} {package.Version}"), listed);
        Assert.True(listed.Count > 15);
    }

    [Fact]
    public void Every_licence_is_one_that_we_can_live_with()
    {
        Assert.All(Components(), component => Assert.Contains(Bill.LicenceOf(component), s_allowed));
    }

    /// <summary>What the schema of CycloneDX 1.6 demands of the parts that are used here.</summary>
    [Fact]
    public void It_has_the_form_of_CycloneDX()
    {
        Assert.Equal(("CycloneDX", "1.6"), ((string?)s_bom["bomFormat"], (string?)s_bom["specVersion"]));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", (string?)s_bom["serialNumber"]);
        var references = Components().Append(s_bom["metadata"]!["component"]!).Select(component => (string)component["bom-ref"]!).ToList();
        Assert.Equal(references.Distinct(), references);
        Assert.All(Components(), component => Assert.Contains((string?)component["type"], new[] { "library", "framework" }));
        Assert.All(Components().Where(component => component["hashes"] is not null), component => Assert.Matches("^[0-9a-f]{128}$", (string?)component["hashes"]![0]!["content"]));
        Assert.All(s_bom["dependencies"]!.AsArray(), part =>
        {
            Assert.Contains((string)part!["ref"]!, references);
            Assert.All(part["dependsOn"]!.AsArray(), need => Assert.Contains((string)need!, references));
        });
    }

    [Fact]
    public void The_program_prints_it_and_a_table_of_it()
    {
        using var table = new StringWriter { NewLine = "\n" };
        Bill.WriteTable(table);

        Assert.Equal(Shipped.Text(Shown).ReplaceLineEndings("\n"), Bill.Text.ReplaceLineEndings("\n"));
        Assert.Matches(@"(?m)^Npgsql +10\.[0-9.]+ +PostgreSQL +Shay", table.ToString());
        Assert.DoesNotContain("Meziantou", table.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<LockedPackage> Locked() => LockedPackage.Of(s_projects.Select(project => Path.Combine(Shipped.Root, project, "packages.lock.json")));

    private static IEnumerable<string> Direct() => s_projects
        .SelectMany(project => Regex.Matches(Shipped.Text($"{project}/{Path.GetFileName(project)}.csproj"), "<PackageReference Include=\"([^\"]+)\"").Select(match => match.Groups[1].Value))
        .Concat(BillOfMaterials.OnlyBuilding)
        .Distinct();

    private static string Property(string name) => Regex.Match(Shipped.Text("Directory.Build.props"), $"<{name}>([^<]+)<").Groups[1].Value;

    private static IEnumerable<JsonNode> Components() => s_bom["components"]!.AsArray().Select(component => component!);
}
