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
