using System.Text.Json.Nodes;

namespace ListeningBot.Configuration.Editing;

/// <summary>What an edit came to.</summary>
/// <param name="Text">The whole new text; null when nothing was changed.</param>
/// <param name="Line">Where it was changed, or where somebody should look, from 1.</param>
/// <param name="WhyNot">Null when it could be done.</param>
internal sealed record YamlEdited(string? Text, int Line, string? WhyNot)
{
    public static YamlEdited No(int line, string why) => new(null, line, why);
}

/// <summary>
/// Changes one watch of a YAML text and nothing else: comments, order, line ends and indentation stay byte for byte. What comes out is read again and must be exactly
/// the old tree with that one change; else nothing is changed.
/// </summary>
internal static class YamlEdit
{
    private const string Begin = "watches:";

    /// <param name="text">Without a byte order mark.</param>
    public static YamlEdited Apply(string text, WatchEdit edit)
    {
        var before = Tree(text);
        if (before is null)
        {
            return YamlEdited.No(1, "can't be read as it stands");
        }
        if (WatchOf(before, edit.Watch) is not { } watch)
        {
            return YamlEdited.No(1, $"has no watch named {Problems.Quote(edit.Watch)}");
        }
        var mark = YamlMark.Read(text).EntryOf("watches")!.Value.Value.Items.First(item => item.EntryOf("name")?.Value.Text.Trim() == edit.Watch);
        var line = text.AsSpan(0, mark.Start).Count('\n') + 1;
        Change(watch, edit);
        var splice = new YamlSplice(text);
        if (new YamlEditing(splice, mark).WhyNot(edit) is { } why)
        {
            return YamlEdited.No(line, why);
        }
        var after = splice.Whole();
        return JsonNode.DeepEquals(Tree(after), before) ? new YamlEdited(after, splice.Line, null) : YamlEdited.No(line, "is written in a way that I can't change safely");
    }

    /// <summary>A text's tree, in which the order of keys does not matter; null when it can't be read.</summary>
    internal static JsonNode? Tree(string text) => YamlTree.Read(text, "", Begin, new Problems()) is { } map ? Plain(map) : null;

    /// <summary>The change as it is meant.</summary>
    internal static void Change(JsonObject watch, WatchEdit edit)
    {
        switch (edit)
        {
            case WatchEdit.AddWord add when watch[add.List] is JsonArray list:
                list.Add(add.Word);
                break;
            case WatchEdit.AddWord add:
                watch[add.List] = new JsonArray(add.Word);
                break;
            case WatchEdit.RemoveWord remove when watch[remove.List] is JsonArray list && IndexOf(list, remove.Word) is >= 0 and var at:
                list.RemoveAt(at);
                _ = list.Count > 0 || watch.Remove(remove.List);
                break;
            case WatchEdit.RemoveKey remove:
                watch.Remove(remove.Key);
                break;
        }
    }

    internal static JsonObject? WatchOf(JsonNode tree, string name) =>
        (tree["watches"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(watch => watch["name"] is JsonValue value && value.GetValue<string>().Trim() == name);

    private static int IndexOf(JsonArray list, string word) => list.Index().Where(item => item.Item is JsonValue value && value.GetValue<string>().Trim() == word).Select(item => item.Index).DefaultIfEmpty(-1).First();

    private static JsonNode? Plain(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Plain(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Plain)]),
        ScalarNode { Kind: not ScalarKind.Null } scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };
}
