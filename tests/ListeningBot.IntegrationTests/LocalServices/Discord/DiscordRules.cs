using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>The documented limits of a message: "Create Message", "Embed Limits", "Button", "String Select", "Action Row".</summary>
public static class DiscordRules
{
    /// <summary>Each fault as "field CODE"; empty when Discord would take the message.</summary>
    public static IReadOnlyList<string> Faults(JsonObject body, bool creates)
    {
        var faults = new List<string>();
        Check(faults, "content", (string?)body["content"], 2000);
        Check(faults, "nonce", body["nonce"]?.ToString(), 25);
        var embeds = body["embeds"]?.AsArray() ?? [];
        var total = embeds.Sum(embed => Length(embed, "title") + Length(embed, "description") + Length(embed?["footer"], "text") + Length(embed?["author"], "name"));
        Require(faults, "embeds", embeds.Count <= 10 && total <= 6000, "MAX_EMBED_SIZE_EXCEEDED");
        foreach (var embed in embeds)
        {
            Check(faults, "embeds.description", (string?)embed!["description"], 4096);
            Require(faults, "embeds.url", embed["url"] is null || IsWeb((string)embed["url"]!), "URL_TYPE_INVALID_URL");
        }
        var rows = body["components"]?.AsArray() ?? [];
        Require(faults, "components", rows.Count <= 5, "BASE_TYPE_BAD_LENGTH");
        var ids = new List<string>();
        foreach (var row in rows)
        {
            CheckRow(faults, row!, ids);
        }
        Require(faults, "components", ids.Distinct().Count() == ids.Count, "COMPONENT_CUSTOM_ID_DUPLICATED");
        Require(faults, "content", !creates || embeds.Count > 0 || !string.IsNullOrEmpty((string?)body["content"]), "EMPTY_MESSAGE");
        return faults;
    }

    /// <summary>Of a form: documented under "Modal", "Label" and "Text Input".</summary>
    public static IReadOnlyList<string> FormFaults(JsonObject form)
    {
        var faults = new List<string>();
        var labels = form["components"]?.AsArray() ?? [];
        Require(faults, "title", ((string?)form["title"])?.Length is >= 1 and <= 45, "BASE_TYPE_BAD_LENGTH");
        Require(faults, "custom_id", ((string?)form["custom_id"])?.Length is >= 1 and <= 100, "BASE_TYPE_BAD_LENGTH");
        Require(faults, "components", labels.Count is >= 1 and <= 5, "BASE_TYPE_BAD_LENGTH");
        foreach (var label in labels)
        {
            var input = label!["component"];
            Require(faults, "components.label", (int?)label["type"] == 18 && ((string?)label["label"])?.Length is >= 1 and <= 45, "BASE_TYPE_BAD_LENGTH");
            Require(faults, "components.component", (int?)input?["type"] == 4 && (int?)input["style"] is 1 or 2 && ((string?)input["custom_id"])?.Length is >= 1 and <= 100, "UNION_TYPE_CHOICES");
            Require(faults, "components.max_length", (int?)input?["max_length"] is null or (>= 1 and <= 4000), "NUMBER_TYPE_MAX");
            Require(faults, "components.value", (((string?)input?["value"])?.Length ?? 0) <= ((int?)input?["max_length"] ?? 4000), "BASE_TYPE_MAX_LENGTH");
            Check(faults, "components.placeholder", (string?)input?["placeholder"], 100);
        }
        return faults;
    }

    /// <summary>Of what is offered behind a slash: documented under "Application Command Object".</summary>
    public static IReadOnlyList<string> CommandFaults(JsonArray commands)
    {
        var faults = new List<string>();
        Require(faults, "commands", commands.Count <= 100 && commands.Select(command => (string?)command!["name"]).Distinct().Count() == commands.Count, "APPLICATION_COMMANDS_DUPLICATE_NAME");
        foreach (var command in commands)
        {
            CheckCommand(faults, command!, depth: 0);
        }
        return faults;
    }

    private static void CheckCommand(List<string> faults, JsonNode command, int depth)
    {
        var options = command["options"]?.AsArray() ?? [];
        var required = options.Select(option => (bool?)option!["required"] == true).ToList();
        Require(faults, "name", (string?)command["name"] is { Length: >= 1 and <= 32 } name && name.All(c => c is '-' or '_' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)), "APPLICATION_COMMAND_INVALID_NAME");
        Require(faults, "description", ((string?)command["description"])?.Length is >= 1 and <= 100, "BASE_TYPE_BAD_LENGTH");
        Require(faults, "options", options.Count <= 25 && options.Select(option => (string?)option!["name"]).Distinct().Count() == options.Count, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED");
        Require(faults, "options", required.SequenceEqual(required.OrderByDescending(is_ => is_)), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID");
        Require(faults, "options", options.Select(option => (int?)option!["type"] == 1).Distinct().Count() <= 1, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID");
        foreach (var option in options)
        {
            Require(faults, "options.type", (int?)option!["type"] is 3 or 4 || ((int?)option["type"] == 1 && depth == 0), "UNION_TYPE_CHOICES");
            Require(faults, "options.choices", (option["choices"]?.AsArray().Count ?? 0) <= 25, "BASE_TYPE_BAD_LENGTH");
            CheckCommand(faults, option, depth + 1);
        }
    }

    private static void CheckRow(List<string> faults, JsonNode row, List<string> ids)
    {
        var parts = row["components"]?.AsArray() ?? [];
        Require(faults, "components", (int?)row["type"] == 1 && parts.Count is >= 1 and <= 5, "BASE_TYPE_BAD_LENGTH");
        foreach (var part in parts)
        {
            if ((int?)part!["type"] == 3)
            {
                CheckMenu(faults, part, parts.Count);
            }
            else
            {
                CheckButton(faults, part);
            }
            if ((string?)part["custom_id"] is { } id)
            {
                ids.Add(id);
            }
        }
    }

    private static void CheckButton(List<string> faults, JsonNode button)
    {
        var link = (int?)button["style"] == 5;
        Require(faults, "components.type", (int?)button["type"] == 2 && (int?)button["style"] is >= 1 and <= 5, "UNION_TYPE_CHOICES");
        Require(faults, "components.url", link == button["url"] is not null && (!link || IsWeb((string)button["url"]!)), "BUTTON_COMPONENT_INVALID_URL");
        Require(faults, "components.custom_id", link == button["custom_id"] is null, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED");
        Require(faults, "components.label", !string.IsNullOrWhiteSpace((string?)button["label"]), "BUTTON_COMPONENT_INVALID_EMOJI");
        Check(faults, "components.label", (string?)button["label"], 80);
        Check(faults, "components.custom_id", (string?)button["custom_id"], 100);
        Check(faults, "components.url", (string?)button["url"], 512);
    }

    private static void CheckMenu(List<string> faults, JsonNode menu, int partsInRow)
    {
        var options = menu["options"]?.AsArray() ?? [];
        Require(faults, "components.options", partsInRow == 1 && options.Count is >= 1 and <= 25, "BASE_TYPE_BAD_LENGTH");
        Require(faults, "components.options", options.Select(option => (string)option!["value"]!).Distinct().Count() == options.Count, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED");
        foreach (var option in options)
        {
            Check(faults, "components.options.label", (string?)option!["label"], 100);
            Check(faults, "components.options.value", (string?)option["value"], 100);
        }
    }

    private static void Check(List<string> faults, string field, string? text, int most) => Require(faults, field, (text?.Length ?? 0) <= most, "BASE_TYPE_MAX_LENGTH");

    private static void Require(List<string> faults, string field, bool fine, string code)
    {
        if (!fine)
        {
            faults.Add($"{field} {code}");
        }
    }

    private static int Length(JsonNode? node, string field) => ((string?)node?[field])?.Trim().Length ?? 0;

    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "discord" && uri.Host.Contains('.');
}
