using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace ListeningBot.Configuration;

/// <summary>Makes of a checked section what .NET's binder reads: a throw-away configuration that no file stands behind.</summary>
internal static class Section
{
    /// <summary>A section of one option.</summary>
    public static IConfigurationSection Of(string option, string value) => Of([new("it:" + option, value)]);

    public static IConfigurationSection Of(MapNode map)
    {
        var pairs = new List<KeyValuePair<string, string?>>();
        Flatten(map, "it", pairs);
        return Of(pairs);
    }

    private static IConfigurationSection Of(List<KeyValuePair<string, string?>> pairs) =>
        new ConfigurationBuilder().AddInMemoryCollection(pairs).Build().GetSection("it");

    /// <summary>The same for the same settings, whatever their order, comments or source; tells nothing of their values.</summary>
    public static string Fingerprint(MapNode map)
    {
        var pairs = new List<KeyValuePair<string, string?>>();
        Flatten(map, "", pairs);
        var all = new StringBuilder();
        foreach (var (key, value) in pairs.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            all.Append(key.Length).Append(':').Append(key.ToLowerInvariant()).Append(value?.Length).Append('=').Append(value);
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }

    private static void Flatten(Node node, string path, List<KeyValuePair<string, string?>> pairs)
    {
        switch (node)
        {
            case ScalarNode { Kind: not ScalarKind.Null } scalar:
                pairs.Add(new(path, scalar.Text));
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Flatten(list.Items[i], $"{path}:{i}", pairs);
                }
                break;
            case MapNode map:
                foreach (var entry in map.Entries)
                {
                    Flatten(entry.Value, $"{path}:{entry.Key}", pairs);
                }
                break;
        }
    }
}
