using System.CommandLine;
using System.Text.Json.Nodes;

namespace ListeningBot.Cli;

/// <summary>`sbom`: what this program is made of, for those who must know it.</summary>
public static class SbomVerb
{
    private static readonly Option<bool> Table = new("--table") { Description = "A line for each package with its licence, for people" };

    public static Command Create()
    {
        var verb = new Command("sbom", "Print which packages this program is made of, with their licences: CycloneDX 1.6 in JSON") { Table };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(Table))
            {
                Bill.WriteTable(Console.Out);
            }
            else
            {
                Console.Out.Write(Bill.Text);
            }
            return Exit.Done;
        });
        return verb;
    }
}

/// <summary>The bill of materials that is built in. A test holds it equal to the lock files and to what the packages say of themselves.</summary>
internal static class Bill
{
    public static string Text { get; } = Read();

    /// <summary>Without what is used only to build it.</summary>
    public static void WriteTable(TextWriter to)
    {
        var parts = JsonNode.Parse(Text)!["components"]!.AsArray().Select(part => part!).Where(part => (string?)part["scope"] != "excluded")
            .Select(part => (Name: (string)part["name"]!, Version: (string)part["version"]!, Licence: LicenceOf(part), By: (string?)part["authors"]?[0]?["name"] ?? "Microsoft")).ToList();
        var (name, version, licence) = (parts.Max(part => part.Name.Length), parts.Max(part => part.Version.Length), parts.Max(part => part.Licence.Length));
        foreach (var part in parts)
        {
            to.WriteLine($"{part.Name.PadRight(name)}  {part.Version.PadRight(version)}  {part.Licence.PadRight(licence)}  {part.By}");
        }
    }

    /// <summary>An expression of SPDX, or a name.</summary>
    public static string LicenceOf(JsonNode component)
    {
        var choice = component["licenses"]![0]!;
        return (string?)choice["expression"] ?? (string?)choice["license"]!["id"] ?? (string)choice["license"]!["name"]!;
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(Bill).Assembly.GetManifestResourceStream("ListeningBot.Cli.sbom.json")!);
        return reader.ReadToEnd();
    }
}
