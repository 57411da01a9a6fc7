using Microsoft.Extensions.Configuration;

namespace ListeningBot.Configuration;

/// <summary>What sections of named groups ("Channels", "Notifiers", "Rooms") have in common.</summary>
internal static class Groups
{
    public static IEnumerable<Entry> Of(MapNode root, string section) =>
        root.ValueOf(section) is MapNode map ? map.Entries.Where(e => e.Value is MapNode) : [];

    /// <summary>Adds a problem for the section and each of its entries that is no group of settings.</summary>
    public static void Refuse(MapNode root, string section, Problems problems)
    {
        var node = root.ValueOf(section);
        if (node is MapNode map)
        {
            foreach (var entry in map.Entries.Where(e => e.Value is not MapNode))
            {
                problems.Add(entry.Place, $"{section}:{entry.Key} is not a group of settings", $"Write \"{entry.Key}\": {{ ... }}.");
            }
        }
        else if (node is not null)
        {
            problems.Add(node.Place, $"{section} is not a group of settings", $"Write \"{section}\": {{ \"name\": {{ ... }} }}.");
        }
    }

    /// <summary>True when it does not say.</summary>
    public static bool Enabled(MapNode section, string path, Problems problems)
    {
        var node = section.ValueOf("Enabled");
        if (node is null)
        {
            return true;
        }
        if (node is ScalarNode { Kind: not ScalarKind.Number } scalar && bool.TryParse(scalar.Text, out var enabled))
        {
            return enabled;
        }
        problems.Add(node.Place, $"{path}:Enabled is neither true nor false", "Write true or false.");
        return false;
    }

    /// <summary>The options record, or null when there was any problem.</summary>
    public static object? Bound(MapNode section, Type type, string path, string[] beside, Problems problems, Func<IConfigurationSection, object> bind, Func<object, bool> tell)
    {
        var before = problems.Count;
        OptionsShape.Check(section, type, path, problems, beside);
        if (problems.Count > before)
        {
            return null;
        }
        try
        {
            var options = bind(Section.Of(section));
            return tell(options) ? null : options;
        }
        catch (InvalidOperationException)
        {
            // what the shape could not foresee; the exception's text may hold a secret
            problems.Add(section.Place, $"{path} can't be read", "Compare it with appsettings.example.json.");
            return null;
        }
    }

    /// <summary>Adds the problems that a kind found, each at its option's line. True when there were any.</summary>
    public static bool Told(IEnumerable<OptionProblem> found, MapNode root, MapNode section, Type options, string path, Problems problems)
    {
        var any = false;
        foreach (var problem in found)
        {
            var ofRoom = problem.Option.StartsWith("Rooms:", StringComparison.OrdinalIgnoreCase);
            var place = (ofRoom ? root : section).Nearest(problem.Option).Place;
            var whole = ofRoom ? problem.Option : $"{path}:{problem.Option}";
            if (OptionsShape.IsSecret(options, problem.Option))
            {
                problems.Add(place, $"{whole} {problem.What}", $"{Sentence(problem.Cure)} {OptionsShape.WhereSecretsGo(whole)}", isAbsentSecret: section.ValueOf(problem.Option) is null or ScalarNode { Text: "" });
            }
            else
            {
                problems.Add(place, $"{whole} {problem.What}", problem.Cure);
            }
            any = true;
        }
        return any;
    }

    /// <summary>A cure that ends with a command has no full stop, and must not run into the next sentence.</summary>
    private static string Sentence(string cure) => cure.EndsWith('.') ? cure : cure + ".";
}
