using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <content>What Discord takes from nobody, however well it is formed: documented under "JSON Error Codes", 200000 and 240000.</content>
public sealed partial class LocalDiscord
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A host of which the filter of harmful links knows; null: none.</summary>
    public string? HarmfulHost { get; set; }

    /// <summary>A word that a rule of the server's AutoMod blocks; null: none.</summary>
    public string? BlockedWord { get; set; }

    private (int, JsonNode?)? Filtered(JsonNode? message)
    {
        var text = message?.ToJsonString(s_plain).Replace("\\", "", StringComparison.Ordinal) ?? "";
        return HarmfulHost is { } host && text.Contains(host, StringComparison.OrdinalIgnoreCase) ? Error(400, 240000, "Message blocked by harmful links filter")
            : BlockedWord is { } word && text.Contains(word, StringComparison.OrdinalIgnoreCase) ? Error(400, 200000, "Message was blocked by automatic moderation")
            : null;
    }
}
