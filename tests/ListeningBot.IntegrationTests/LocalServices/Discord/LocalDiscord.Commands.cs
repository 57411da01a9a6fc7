using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <content>Slash commands and forms: documented under "Application Commands" and "Receiving and Responding to Interactions".</content>
public sealed partial class LocalDiscord
{
    private readonly ConcurrentDictionary<string, JsonArray> _commands = new();

    /// <summary>False: the bot was invited without the scope "applications.commands".</summary>
    public bool CommandsAllowed { get; set; } = true;

    /// <summary>What people see when they type a slash.</summary>
    public IReadOnlyList<JsonObject> Commands(string guild = GuildId) => [.. (_commands.GetValueOrDefault(guild) ?? []).Select(command => (JsonObject)command!.DeepClone())];

    /// <summary>Types a command and waits for the first answer as Discord would: 3 s.</summary>
    /// <param name="words">"case show".</param>
    /// <param name="options">Numbers as numbers, all else as text.</param>
    /// <param name="channel">A channel or thread.</param>
    public async Task<LocalPress> CommandAsync(string words, JsonObject? options = null, string? channel = null, LocalUser? user = null, TimeSpan? within = null)
    {
        var (name, part) = words.Split(' ') is [var one, var two] ? (one, two) : (words, null as string);
        var given = new JsonArray([.. (options ?? []).Select(option => (JsonNode)new JsonObject
        {
            ["name"] = option.Key,
            ["type"] = option.Value!.GetValueKind() == System.Text.Json.JsonValueKind.Number ? 4 : 3,
            ["value"] = option.Value.DeepClone(),
        })]);
        var data = new JsonObject { ["id"] = NewId(), ["name"] = name, ["type"] = 1, ["guild_id"] = GuildId };
        data["options"] = part is null ? given : new JsonArray(new JsonObject { ["name"] = part, ["type"] = 1, ["options"] = given });
        var press = Send(2, data, null, user ?? LocalUser.Jo, channel);
        await press.WaitForAnswerAsync(within ?? FirstAnswerWithin, _time);
        return press;
    }

    /// <summary>Fills in the form that a press or command opened, and sends it.</summary>
    /// <param name="written">By the labels of the fields. A field that is left out keeps what stands in it.</param>
    public async Task<LocalPress> SubmitAsync(LocalPress opened, Dictionary<string, string> written, LocalUser? user = null, TimeSpan? within = null)
    {
        var form = opened.Form ?? throw new InvalidOperationException($"No form opened, but an answer of type {opened.Type}: {opened.Text}");
        var labels = form["components"]!.AsArray();
        foreach (var unknown in written.Keys.Except(labels.Select(label => (string)label!["label"]!)))
        {
            throw new InvalidOperationException($"The form has no field \"{unknown}\".");
        }
        var filled = new JsonArray([.. labels.Select((label, at) => (JsonNode)new JsonObject
        {
            ["type"] = 18,
            ["id"] = at + 1,
            ["component"] = Filled(label!["component"]!, written.GetValueOrDefault((string)label["label"]!)),
        })]);
        var press = Send(5, new JsonObject { ["custom_id"] = (string?)form["custom_id"], ["components"] = filled }, opened.Message, user ?? LocalUser.Jo, opened.Channel);
        await press.WaitForAnswerAsync(within ?? FirstAnswerWithin, _time);
        return press;
    }

    private static JsonObject Filled(JsonNode input, string? written)
    {
        var value = written ?? (string?)input["value"] ?? "";
        if (value.Length > (int)input["max_length"]! || ((bool)input["required"]! && value.Length == 0))
        {
            throw new InvalidOperationException($"Discord would not let anyone send \"{value}\" in the field {(string?)input["custom_id"]}.");
        }
        return new JsonObject { ["type"] = 4, ["custom_id"] = (string?)input["custom_id"], ["value"] = value };
    }

    private (int, JsonNode?) ListCommands(HttpContext context, JsonNode? body) =>
        CommandRefusal(context) ?? (200, new JsonArray([.. Commands(Id(context, "guild")).Select(command => (JsonNode)command)]));

    private (int, JsonNode?) OfferCommands(HttpContext context, JsonNode? body)
    {
        if (CommandRefusal(context) is { } refusal)
        {
            return refusal;
        }
        if (body is not JsonArray commands || DiscordRules.CommandFaults(commands) is { Count: > 0 })
        {
            return Error(400, 50035, "Invalid Form Body", body is JsonArray list ? DiscordRules.CommandFaults(list) : []);
        }

        // Listed in another order than they were given, and with all that Discord adds.
        var kept = new JsonArray([.. commands.Reverse().Select(command =>
        {
            var whole = (JsonObject)command!.DeepClone();
            whole["id"] = NewId();
            whole["application_id"] = BotId;
            whole["guild_id"] = Id(context, "guild");
            whole["version"] = NewId();
            whole["default_member_permissions"] = null;
            whole["nsfw"] = false;
            return (JsonNode)whole;
        })]);
        _commands[Id(context, "guild")] = kept;
        return (200, kept.DeepClone());
    }

    private (int, JsonNode?)? CommandRefusal(HttpContext context) =>
        Id(context, "application") != BotId ? Error(404, 10002, "Unknown Application") : !CommandsAllowed ? Error(403, 50001, "Missing Access") : null;
}
