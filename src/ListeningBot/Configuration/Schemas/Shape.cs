using System.Text.Json.Nodes;

namespace ListeningBot.Configuration.Schemas;

/// <summary>What a value may be, in the words of JSON Schema.</summary>
internal static class Shape
{
    public const string LanguagePattern = "^[a-z]{2}$";

    public static JsonObject Text(int? longest = null, int? shortest = null, string? pattern = null, string? usual = null) =>
        Of(("type", "string"), ("minLength", shortest), ("maxLength", longest), ("pattern", pattern), ("default", usual));

    /// <summary>YAML reads 404 as a number; the program takes it for the word.</summary>
    public static JsonObject TextOrNumber(int? longest = null) => Of(("type", Words("string", "number")), ("maxLength", longest));

    public static JsonObject YesOrNo(bool usual) => Of(("type", "boolean"), ("default", usual));

    public static JsonObject Number(double least, double most, double usual) => Of(("type", "number"), ("minimum", least), ("maximum", most), ("default", usual));

    public static JsonObject Whole(int least, int most, int usual) => Of(("type", "integer"), ("minimum", least), ("maximum", most), ("default", usual));

    public static JsonObject OneOf(IEnumerable<string> words, string? usual = null) => Of(("enum", Words([.. words])), ("default", usual));

    public static JsonObject Either(params JsonObject[] shapes) => Of(("oneOf", new JsonArray([.. shapes.Select(shape => shape.DeepClone())])));

    /// <summary>A list with something in it.</summary>
    public static JsonObject List(JsonObject item) => Of(("type", "array"), ("minItems", 1), ("items", item.DeepClone()));

    /// <summary>A list that may be empty, or its key alone.</summary>
    public static JsonObject ListOrNothing(JsonObject item) => Of(("type", Words("array", "null")), ("items", item.DeepClone()));

    /// <summary>One text, or a list of them.</summary>
    public static JsonObject OneOrMore(JsonObject? item = null) => Of(("type", Words("string", "array")), ("minItems", 1), ("items", item?.DeepClone() ?? Text()));

    /// <summary>A map whose keys are the writer's own.</summary>
    public static JsonObject MapOf(JsonObject value, string? keyPattern = null) =>
        Of(("type", "object"), ("propertyNames", keyPattern is null ? null : Of(("pattern", keyPattern))), ("additionalProperties", value.DeepClone()));

    /// <summary>A list's line with one key of the writer's own.</summary>
    public static JsonObject Line(JsonObject value) => Of(("type", "object"), ("minProperties", 1), ("maxProperties", 1), ("additionalProperties", value.DeepClone()));

    public static JsonObject Defined(string name) => Of(("$ref", "#/$defs/" + name));

    public static JsonArray Words(params string[] words) => [.. words.Select(word => JsonValue.Create(word))];

    /// <summary>What is null is left out.</summary>
    public static JsonObject Of(params (string Key, JsonNode? Value)[] facts)
    {
        var shape = new JsonObject();
        foreach (var (key, value) in facts.Where(fact => fact.Value is not null))
        {
            shape[key] = value;
        }
        return shape;
    }

    public static JsonObject Add(JsonObject to, JsonObject? more)
    {
        foreach (var (key, value) in more ?? [])
        {
            to[key] = value?.DeepClone();
        }
        return to;
    }
}
