using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>Which fields the objects of a configuration may have, and of which kind. What is not listed its reader refuses or, worse, drops.</summary>
internal sealed partial class FieldTable
{
    private readonly Dictionary<string, Dictionary<string, (string Kind, bool Needed)>> _objects = new(StringComparer.Ordinal);

    /// <summary>Lines of "OBJECT: FIELD KIND, NEEDED! KIND".</summary>
    public FieldTable(string text)
    {
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var (name, fields) = line.Split(": ", 2) is [var left, var right] ? (left, right) : throw new FormatException(line);
            _objects.Add(name, fields.Split(", ").Select(field => field.Split(' ')).ToDictionary(field => field[0].TrimEnd('!'), field => (field[1], field[0].EndsWith('!')), StringComparer.Ordinal));
        }
    }

    /// <summary>Each as "where: what is wrong".</summary>
    public IEnumerable<string> Faults(YamlNode node, string kind, string at = "") => (kind[0], kind[^1]) switch
    {
        ('[', ']') => node is YamlSequenceNode list ? list.Children.SelectMany((child, i) => Faults(child, kind[1..^1], $"{at}/{i}")) : [$"{at}: no list"],
        ('{', '}') => node is YamlMappingNode map ? map.Children.SelectMany(child => Faults(child.Value, kind[1..^1], $"{at}/{child.Key}")) : [$"{at}: nothing by names"],
        _ when kind.Split('/') is [var brief, var whole] => Faults(node, node is YamlScalarNode ? brief : whole, at),
        _ when _objects.TryGetValue(kind, out var fields) => node is YamlMappingNode map ? OfObject(map, fields, at) : node is YamlScalarNode { Value: "" } ? [] : [$"{at}: no object"],
        _ => Fits(node, kind) ? [] : [$"{at}: '{node}' is no {kind}"],
    };

    private IEnumerable<string> OfObject(YamlMappingNode map, Dictionary<string, (string Kind, bool Needed)> fields, string at)
    {
        var given = map.Children.ToDictionary(child => ((YamlScalarNode)child.Key).Value!, child => child.Value, StringComparer.Ordinal);
        return given.Keys.Where(name => !fields.ContainsKey(name)).Select(name => $"{at}/{name}: unknown")
            .Concat(fields.Where(field => field.Value.Needed && !given.ContainsKey(field.Key)).Select(field => $"{at}/{field.Key}: missing"))
            .Concat(given.Where(one => fields.ContainsKey(one.Key)).SelectMany(one => Faults(one.Value, fields[one.Key].Kind, $"{at}/{one.Key}")));
    }

    private static bool Fits(YamlNode node, string kind) => kind switch
    {
        "any" => true,
        "text" => IsText(node),
        "int" => IsNumber(node),
        "bool" => IsBool(node),
        "bool-or-text" => IsBool(node) || IsText(node),
        "int-or-text" or "quantity" => IsNumber(node) || IsText(node),
        "map" => node is YamlMappingNode map && map.Children.Values.All(IsText),
        "quantities" => node is YamlMappingNode map && map.Children.Values.All(value => IsNumber(value) || IsText(value)),
        _ when kind.Contains('|', StringComparison.Ordinal) || char.IsUpper(kind[0]) => IsText(node) && kind.Split('|').Contains(node.ToString(), StringComparer.Ordinal),
        _ => throw new FormatException($"The table knows no kind '{kind}'."),
    };

    private static bool IsNumber(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } value } && Number().IsMatch(value);

    private static bool IsBool(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" };

    /// <summary>Without quotes, "5", "on" and "~" are none.</summary>
    private static bool IsText(YamlNode node) => node is YamlScalarNode { Value: { } value } scalar && (scalar.Style != ScalarStyle.Plain || !NoText().IsMatch(value));

    [GeneratedRegex(@"^-?\d+$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(|~|null|true|false|yes|no|on|off|[-+]?\.?\d[\d._]*(e[-+]?\d+)?)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NoText();
}
