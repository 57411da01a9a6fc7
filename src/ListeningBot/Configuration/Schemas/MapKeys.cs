using System.Text.Json.Nodes;

namespace ListeningBot.Configuration.Schemas;

/// <summary>One key that may be written.</summary>
/// <param name="About">For whoever fills it in: one or two short sentences.</param>
/// <param name="Value">What may stand behind it, as JSON Schema says it.</param>
internal sealed record Key(string Name, string? About, JsonObject Value, bool Required = false);

/// <summary>The keys of one kind of map. The reader refuses all others, and the schema tells editors the same.</summary>
internal sealed class MapKeys(params Key[] keys)
{
    public string[] Names { get; } = [.. keys.Select(key => key.Name)];

    /// <param name="also">What else holds of such a map.</param>
    public JsonObject Schema(JsonObject? also = null)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        string[] required = [.. keys.Where(key => key.Required).Select(key => key.Name)];
        if (required.Length > 0)
        {
            schema["required"] = Shape.Words(required);
        }
        Shape.Add(schema, also);
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            properties[key.Name] = Shape.Add(key.About is null ? [] : new JsonObject { ["description"] = key.About }, key.Value);
        }
        schema["properties"] = properties;
        return schema;
    }
}
