using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ListeningBot.Configuration;

namespace ListeningBot.Tests.Configuration;

/// <summary>Holds a file against its JSON Schema: as much of JSON Schema as the files in config/ use, and no more.</summary>
internal sealed class SchemaCheck
{
    private static readonly string[] s_told = ["$schema", "$defs", "title", "description", "default", "format", "then", "else"];
    private readonly JsonNode _root;
    private readonly List<string> _faults = [];

    private SchemaCheck(JsonNode root) => _root = root;

    public static List<string> Faults(JsonNode schema, JsonNode? value) => Of(schema, schema, value, "");

    /// <summary>A file as JSON.</summary>
    public static JsonNode? Plain(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Plain(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Plain)]),
        ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Boolean } scalar => scalar.Text == "true",
        ScalarNode { Kind: ScalarKind.Number } scalar => double.Parse(scalar.Text, CultureInfo.InvariantCulture),
        ScalarNode scalar => Guess(scalar.Text),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The program's reader of YAML tells a plain 0.5 or true from text only where it is asked for; an editor always does.</summary>
    private static JsonNode Guess(string text) =>
        text is "true" or "false" ? text == "true"
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : text;

    private static List<string> Of(JsonNode root, JsonNode schema, JsonNode? value, string where)
    {
        var check = new SchemaCheck(root);
        foreach (var (word, rule) in schema.AsObject())
        {
            check.Hold(schema, word, rule!, value, where);
        }
        return check._faults;
    }

    private List<string> Try(JsonNode schema, JsonNode? value, string where) => Of(_root, schema, value, where);

    private void Hold(JsonNode schema, string word, JsonNode rule, JsonNode? value, string where)
    {
        switch (word)
        {
            case "$ref":
                _faults.AddRange(Try(_root["$defs"]![((string)rule!)["#/$defs/".Length..]]!, value, where));
                break;
            case "anyOf":
                Want(rule.AsArray().Any(one => Try(one!, value, where).Count == 0), $"{where} fits none");
                break;
            case "oneOf":
                Want(rule.AsArray().Count(one => Try(one!, value, where).Count == 0) == 1, $"{where} fits none or more than one");
                break;
            case "allOf":
                _faults.AddRange(rule.AsArray().SelectMany(one => Try(one!, value, where)));
                break;
            case "if":
                _faults.AddRange(schema[Try(rule, value, where).Count == 0 ? "then" : "else"] is { } then ? Try(then, value, where) : []);
                break;
            case "type":
                Want((rule is JsonArray types ? types.Select(type => (string)type!) : [(string)rule!]).Any(type => IsA(type, value)), $"{where} is no {rule}");
                break;
            case "enum":
                Want(rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)), $"{where} is none of {rule}");
                break;
            case "const":
                Want(JsonNode.DeepEquals(rule, value), $"{where} is not {rule}");
                break;
            default:
                HoldWithin(schema, word, rule, value, where);
                break;
        }
    }

    private void HoldWithin(JsonNode schema, string word, JsonNode rule, JsonNode? value, string where)
    {
        switch (value)
        {
            case JsonObject map:
                HoldMap(schema, word, rule, map, where);
                break;
            case JsonArray list when word == "items":
                _faults.AddRange(list.SelectMany((item, i) => Try(rule, item, $"{where}/{i}")));
                break;
            case JsonArray list when word is "minItems" or "maxItems":
                Want(word == "minItems" ? list.Count >= (int)rule : list.Count <= (int)rule, $"{where}: {word}");
                break;
            case JsonValue text when text.TryGetValue<string>(out _) && word is "minLength" or "maxLength" or "pattern":
                Want(Fits(word, rule, text), $"{where}: {word}");
                break;
            case JsonValue number when number.TryGetValue<double>(out _) && word is "minimum" or "maximum":
                Want(word == "minimum" ? (double)number >= (double)rule : (double)number <= (double)rule, $"{where}: {word}");
                break;
            default:
                Assert.Contains(word, (string[])[.. s_told, .. "properties required additionalProperties propertyNames minProperties maxProperties items minItems maxItems minLength maxLength pattern minimum maximum".Split(' ')]);
                break;
        }
    }

    private void HoldMap(JsonNode schema, string word, JsonNode rule, JsonObject map, string where)
    {
        switch (word)
        {
            case "required":
                _faults.AddRange(rule.AsArray().Where(key => !map.ContainsKey((string)key!)).Select(key => $"{where} has no {key}"));
                break;
            case "properties":
                _faults.AddRange(map.Where(entry => rule[entry.Key] is not null).SelectMany(entry => Try(rule[entry.Key]!, entry.Value, $"{where}/{entry.Key}")));
                break;
            case "additionalProperties":
                var others = map.Where(entry => schema["properties"]?[entry.Key] is null);
                _faults.AddRange(rule is JsonValue ? others.Select(entry => $"{where} has the unknown key {entry.Key}") : others.SelectMany(entry => Try(rule, entry.Value, $"{where}/{entry.Key}")));
                break;
            case "propertyNames":
                _faults.AddRange(map.SelectMany(entry => Try(rule, entry.Key, $"{where}: key {entry.Key}")));
                break;
            case "minProperties" or "maxProperties":
                Want(word == "minProperties" ? map.Count >= (int)rule : map.Count <= (int)rule, $"{where}: {word}");
                break;
        }
    }

    private static bool Fits(string word, JsonNode rule, JsonValue text) => word switch
    {
        "minLength" => ((string)text!).Length >= (int)rule,
        "maxLength" => ((string)text!).Length <= (int)rule,
        _ => Regex.IsMatch((string)text!, (string)rule!, RegexOptions.NonBacktracking),
    };

    private static bool IsA(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        "number" => value is JsonValue number && number.TryGetValue<double>(out _),
        "integer" => value is JsonValue number && number.TryGetValue<double>(out var amount) && double.IsInteger(amount),
        _ => throw new InvalidOperationException(type),
    };

    private void Want(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }
}
