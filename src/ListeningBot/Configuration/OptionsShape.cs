using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using ListeningBot.Core.Text;

namespace ListeningBot.Configuration;

/// <summary>Holds what was written against an options record: unknown keys, wrong types, missing keys, unfit secrets.</summary>
internal static class OptionsShape
{
    /// <summary>The keys that an options record knows.</summary>
    public static IReadOnlyList<PropertyInfo> KeysOf(Type options) =>
        [.. options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)];

    public static bool IsSecret(Type options, string key) =>
        KeysOf(options).Any(p => string.Equals(p.Name, key, StringComparison.OrdinalIgnoreCase) && p.IsDefined(typeof(SecretAttribute)));

    public static string WhereSecretsGo(string path)
    {
        var name = path.Replace(":", "__", StringComparison.Ordinal);
        return $"Put it in the environment variable {Sources.Prefix}{name} or in a file {name} of the credentials folder.";
    }

    /// <summary>Checks a section.</summary>
    /// <param name="path">For people: "Channels:inbox".</param>
    /// <param name="beside">Keys that stand beside the options: Kind, Enabled.</param>
    public static void Check(MapNode section, Type options, string path, Problems problems, params string[] beside)
    {
        var known = KeysOf(options);
        string[] names = [.. beside, .. known.Select(p => p.Name)];
        foreach (var entry in section.Entries)
        {
            var property = known.FirstOrDefault(p => string.Equals(p.Name, entry.Key, StringComparison.OrdinalIgnoreCase));
            if (property is not null)
            {
                CheckProperty(property, entry, $"{path}:{property.Name}", problems);
            }
            else if (!beside.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(entry.Place, $"has an unknown key {Problems.Quote(entry.Key)} in {path}", Nearest.Cure(entry.Key, names, "Take it away."));
            }
        }
        foreach (var property in known.Where(p => p.IsDefined(typeof(RequiredMemberAttribute)) && section.ValueOf(p.Name) is null))
        {
            problems.Add(section.Place, $"{path} has no {property.Name}", CureOfMissing(property, path), isAbsentSecret: property.IsDefined(typeof(SecretAttribute)));
        }
    }

    private static string CureOfMissing(PropertyInfo property, string path) =>
        property.IsDefined(typeof(SecretAttribute))
            ? WhereSecretsGo($"{path}:{property.Name}")
            : $"Add \"{property.Name}\": {OptionType.Example(property.PropertyType)}.";

    private static void CheckProperty(PropertyInfo property, Entry entry, string path, Problems problems)
    {
        if (!property.IsDefined(typeof(SecretAttribute)))
        {
            CheckValue(property.PropertyType, entry.Value, path, problems);
            return;
        }
        if (entry.Value is not ScalarNode secret)
        {
            problems.Add(entry.Place, $"{path} is not text", "Write it in quotes.");
            return;
        }
        problems.Hide(secret.Text);
        if (secret.Text.Any(char.IsControl))
        {
            var line = secret.Text.Any(c => c is '\n' or '\r');
            problems.Add(secret.Place, $"{path} has a {(line ? "line break" : "control character")} in it", "Copy it again, without what stands round it.");
        }
    }

    private static void CheckValue(Type declared, Node value, string path, Problems problems)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (value is ScalarNode { Kind: ScalarKind.Null })
        {
            return;
        }
        if (OptionType.ItemOf(type) is { } item)
        {
            CheckList(item, value, path, problems);
        }
        else if (OptionType.IsSection(type))
        {
            CheckSection(type, value, path, problems);
        }
        else if (value is not ScalarNode scalar || !OptionType.Reads(type, scalar))
        {
            problems.Add(value.Place, $"{path} is {Shown(value)}, not {OptionType.Noun(type)}", OptionType.Cure(type, value));
        }
    }

    private static void CheckList(Type item, Node value, string path, Problems problems)
    {
        var items = value switch
        {
            ListNode list => list.Items,
            MapNode map when map.Entries.All(e => int.TryParse(e.Key, CultureInfo.InvariantCulture, out _)) => [.. map.Entries.Select(e => e.Value)],
            _ => null,
        };
        if (items is null)
        {
            problems.Add(value.Place, $"{path} is {Shown(value)}, not a list", "Write it in brackets: [\"one\", \"two\"].");
            return;
        }
        for (var i = 0; i < items.Count; i++)
        {
            CheckValue(item, items[i], $"{path}:{i}", problems);
        }
    }

    private static void CheckSection(Type type, Node value, string path, Problems problems)
    {
        if (value is not MapNode map)
        {
            problems.Add(value.Place, $"{path} is {Shown(value)}, not a group of settings", "Write it in braces: { \"Key\": \"value\" }.");
            return;
        }
        if (type.IsGenericType)
        {
            foreach (var entry in map.Entries)
            {
                CheckValue(type.GetGenericArguments()[1], entry.Value, $"{path}:{entry.Key}", problems);
            }
            return;
        }
        Check(map, type, path, problems);
    }

    private static string Shown(Node value) => value switch
    {
        ScalarNode { Text.Length: 0 } => "empty",
        ScalarNode { Kind: ScalarKind.Text } text => Problems.Quote(text.Text),
        ScalarNode other => other.Text,
        ListNode => "a list",
        _ => "a group of settings",
    };
}
