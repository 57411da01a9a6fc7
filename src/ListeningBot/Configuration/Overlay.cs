using System.Globalization;

namespace ListeningBot.Configuration;

/// <summary>Lays what was given outside the files over appsettings.json: user-secrets, then the credentials folder, then the environment.</summary>
internal static class Overlay
{
    public static void Apply(MapNode root, SourceTexts texts, Problems problems)
    {
        foreach (var secret in UserSecrets(texts, problems).Concat(Credentials(texts, problems)).Where(s => HasItsPlace(root, s)))
        {
            Lay(root, secret, secret.Path);
        }
        foreach (var variable in texts.Variables)
        {
            Lay(root, variable, variable.Path);
        }
    }

    /// <summary>
    /// A secret may lie ready for a channel that is not (or no longer) configured; a folder of credentials may hold others' too. The store's is never one of those:
    /// a bot that overlooks it would begin with an empty store of its own.
    /// </summary>
    private static bool HasItsPlace(MapNode root, Given secret)
    {
        if (secret.Path[0].Equals("Storage", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        Node? at = root;
        foreach (var part in secret.Path.SkipLast(1))
        {
            at = (at as MapNode)?.ValueOf(part);
        }
        return at is MapNode;
    }

    private static IEnumerable<Given> Credentials(SourceTexts texts, Problems problems)
    {
        foreach (var file in texts.Credentials)
        {
            if (file.Text(problems) is { } text)
            {
                yield return new Given(file.Shown, Sources.Parts(WithoutPrefix(file.Name)), WithoutLastLineEnd(text));
            }
        }
    }

    /// <summary>A service manager that loads a whole folder of credentials puts a name of its own before each: the unit makes it the one that variables have.</summary>
    private static string WithoutPrefix(string name) => name.StartsWith(Sources.Prefix, StringComparison.OrdinalIgnoreCase) ? name[Sources.Prefix.Length..] : name;

    private static string WithoutLastLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;

    private static IEnumerable<Given> UserSecrets(SourceTexts texts, Problems problems)
    {
        if (texts.UserSecrets is not { } file || file.Text(problems) is not { } text || JsonTree.Read(text, file.Shown, problems) is not { } root)
        {
            return [];
        }
        return Leaves(root, [], file.Shown);
    }

    private static IEnumerable<Given> Leaves(MapNode map, string[] above, string from) => map.Entries.SelectMany(entry =>
    {
        string[] path = [.. above, .. entry.Key.Split(':')];
        return entry.Value switch
        {
            MapNode inner => Leaves(inner, path, from),
            ScalarNode { Kind: not ScalarKind.Null } scalar => [new Given(from, path, scalar.Text)],
            _ => [],
        };
    });

    private static void Lay(MapNode map, Given given, IEnumerable<string> path)
    {
        var place = new Place(given.From, null);
        var key = path.First();
        var rest = path.Skip(1).ToArray();
        var there = map.EntryOf(key);
        if (rest.Length == 0)
        {
            map.Set(new Entry(there?.Key ?? key, place, new ScalarNode(place, ScalarKind.Text, given.Value)));
            return;
        }
        var inner = there?.Value switch
        {
            MapNode already => already,
            ListNode list => AsMap(list),
            _ => new MapNode(place, StringComparer.OrdinalIgnoreCase),
        };
        map.Set(new Entry(there?.Key ?? key, there?.Place ?? place, inner));
        Lay(inner, given, rest);
    }

    private static MapNode AsMap(ListNode list)
    {
        var map = new MapNode(list.Place, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < list.Items.Count; i++)
        {
            map.Set(new Entry(i.ToString(CultureInfo.InvariantCulture), list.Items[i].Place, list.Items[i]));
        }
        return map;
    }
}
