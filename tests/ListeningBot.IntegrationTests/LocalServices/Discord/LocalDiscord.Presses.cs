using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <content>Humans press buttons: documented under "Receiving and Responding to Interactions".</content>
public sealed partial class LocalDiscord
{
    private static readonly TimeSpan FirstAnswerWithin = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, LocalPress> _presses = new();

    /// <summary>Presses a button of a message, by its label or custom id, and waits for the first answer as Discord would: 3 s.</summary>
    /// <param name="message">As <see cref="Messages"/> or <see cref="LocalPress.Shown"/> gave it.</param>
    /// <param name="choose">For a menu: the label of the option.</param>
    /// <param name="within">Shorter or longer patience than Discord's.</param>
    public async Task<LocalPress> PressAsync(JsonObject message, string? button = null, string? choose = null, LocalUser? user = null, TimeSpan? within = null)
    {
        var data = choose is null ? ButtonData(message, button!) : MenuData(message, choose);
        var press = Send(3, data, message, user ?? LocalUser.Jo);
        await press.WaitForAnswerAsync(within ?? FirstAnswerWithin, _time);
        return press;
    }

    /// <summary>Sends any interaction, pressing nothing that stands anywhere.</summary>
    /// <param name="channel">Where it was typed; null: where the message stands.</param>
    /// <param name="server">Another than its own.</param>
    public LocalPress Send(int type, JsonObject? data, JsonObject? message, LocalUser user, string? channel = null, string server = GuildId)
    {
        var press = new LocalPress(NewId(), "token-" + Guid.NewGuid().ToString("N"), type, message) { Channel = channel };
        _presses[press.Token] = press;
        var interaction = new JsonObject
        {
            ["id"] = press.Id,
            ["application_id"] = BotId,
            ["type"] = type,
            ["token"] = press.Token,
            ["version"] = 1,
            ["channel_id"] = channel ?? (string?)message?["channel_id"],
            ["message"] = message?.DeepClone(),
        };
        if (_channels.TryGetValue(channel ?? (string?)message?["channel_id"] ?? "", out var where))
        {
            interaction["channel"] = Whole(where);
        }
        if (data is not null)
        {
            interaction["data"] = data;
        }
        user.AddTo(interaction, server);
        Gateway.Dispatch("INTERACTION_CREATE", interaction);
        return press;
    }

    private static JsonObject ButtonData(JsonObject message, string button)
    {
        var found = Parts(message).FirstOrDefault(part => (string?)part["label"] == button || (string?)part["custom_id"] == button)
            ?? throw new InvalidOperationException($"The message has no button \"{button}\", but: {string.Join(", ", Parts(message).Select(part => (string?)part["label"]))}");
        return new JsonObject { ["component_type"] = 2, ["custom_id"] = (string?)found["custom_id"] ?? throw new InvalidOperationException("A link can't be pressed.") };
    }

    private static JsonObject MenuData(JsonObject message, string choose)
    {
        var menu = Parts(message).First(part => (int?)part["type"] == 3);
        var option = menu["options"]!.AsArray().First(one => (string?)one!["label"] == choose);
        return new JsonObject { ["component_type"] = 3, ["custom_id"] = (string?)menu["custom_id"], ["values"] = new JsonArray((string?)option!["value"]) };
    }

    /// <summary>Buttons and menus of a message.</summary>
    public static IEnumerable<JsonNode> Parts(JsonObject message) =>
        (message["components"]?.AsArray() ?? []).SelectMany(row => row!["components"]!.AsArray()).Select(part => part!);

    private (int, JsonNode?) TakeCallback(HttpContext context, JsonNode? body)
    {
        var type = (int?)body!["type"] ?? 0;
        if (!_presses.TryGetValue(Id(context, "token"), out var press) || press.Id != Id(context, "id") || press.Expired)
        {
            return Error(404, 10062, "Unknown interaction");
        }
        if (press.FaultsOf(type, body["data"] as JsonObject, Files(context)) is { Count: > 0 } faults)
        {
            return Error(400, 50035, "Invalid Form Body", faults);
        }
        if (Filtered(body["data"]) is { } filtered)
        {
            return filtered;
        }
        return press.Answer(type, LocalUpload.With(body["data"] as JsonObject, Files(context))) ? (204, null) : Error(400, 40060, "Interaction has already been acknowledged.");
    }

    private (int, JsonNode?) EditAnswer(HttpContext context, JsonNode? body)
    {
        if (!_presses.TryGetValue(Id(context, "token"), out var press) || press.Type is null)
        {
            return Error(404, 10015, "Unknown Webhook");
        }
        if (press.Type == 9)
        {
            return Error(404, 10008, "Unknown Message");
        }
        if (Faults(context, (JsonObject)body!, creates: false) is { Count: > 0 } faults)
        {
            return Error(400, 50035, "Invalid Form Body", faults);
        }
        if (Filtered(body) is { } filtered)
        {
            return filtered;
        }
        press.Edit(LocalUpload.With((JsonObject)body!, Files(context))!);
        return (200, press.Shown);
    }

    private (int, JsonNode?) FollowUp(HttpContext context, JsonNode? body)
    {
        if (!_presses.TryGetValue(Id(context, "token"), out var press) || press.Type is null)
        {
            return Error(404, 10015, "Unknown Webhook");
        }
        press.FollowUp((JsonObject)body!);
        return (200, body!.DeepClone());
    }
}

/// <summary>Who presses.</summary>
public sealed record LocalUser(string Id, string Username, string? GlobalName = null, string? Nick = null, bool InDirectMessage = false)
{
    /// <summary>By their ids.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    public static readonly LocalUser Jo = new("700000000000000002", "jo", "Jo Berg", "Jo (care)");

    internal void AddTo(JsonObject interaction, string guild)
    {
        var user = new JsonObject { ["id"] = Id, ["username"] = Username, ["global_name"] = GlobalName };
        if (InDirectMessage)
        {
            interaction["user"] = user;
        }
        else
        {
            interaction["guild_id"] = guild;
            interaction["member"] = Member(user);
        }
    }

    /// <summary>In a message the author stands beside the member, not in it.</summary>
    internal JsonObject Member(JsonObject? user)
    {
        var member = new JsonObject { ["nick"] = Nick, ["roles"] = new JsonArray([.. Roles.Select(role => (JsonNode)role)]) };
        if (user is not null)
        {
            member["user"] = user;
        }
        return member;
    }
}
