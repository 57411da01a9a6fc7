using YamlDotNet.RepresentationModel;

namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>A YAML file as nodes that are asked for by path.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <param name="path">"spec/containers/0/image".</param>
    public static YamlNode? At(this YamlNode? node, string path)
    {
        foreach (var part in path.Split('/'))
        {
            node = node switch
            {
                YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(part), out var inner) ? inner : null,
                YamlSequenceNode list when int.TryParse(part, out var index) && index < list.Children.Count => list.Children[index],
                _ => null,
            };
        }
        return node;
    }

    public static string? Text(this YamlNode? node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IReadOnlyList<YamlNode> List(this YamlNode? node, string path) => node.At(path) is YamlSequenceNode list ? [.. list.Children] : [];

    public static IReadOnlyDictionary<string, YamlNode> Map(this YamlNode? node, string path) => node.At(path) is YamlMappingNode map
        ? map.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => entry.Value)
        : new Dictionary<string, YamlNode>();
}
