using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What Discord tells of a press, a filled-in form or a typed command: documented under "Receiving and Responding to Interactions" (API v10).</summary>
/// <param name="Target">What a button, menu or form stands for; null when it is not ours.</param>
internal sealed record Interaction(string Id, string Application, string Token, int Type, Responder By, PressTarget? Target)
{
    public const int Ping = 1;
    public const int Command = 2;
    public const int Component = 3;
    public const int Submit = 5;

    /// <summary>The presser's, in the server; at most as many as a server may have.</summary>
    public IReadOnlyList<string> Roles { get; private init; } = [];

    /// <summary>What was written in a form.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; private init; } = new Dictionary<string, string>();

    /// <summary>Null for anything but a slash command.</summary>
    public TypedCommand? Typed { get; private init; }
    public Place Place { get; private init; } = new(null, null, IsThread: false);

    /// <summary>It came from a message: a command and its form do not.</summary>
    public bool OnMessage { get; private init; }

    /// <summary>That message is one that only the presser sees: our own question.</summary>
    public bool OnAsk { get; private init; }

    /// <summary>That message, where it is a card of ours.</summary>
    public PressedCard? On { get; private init; }

    /// <summary>Null when there is not enough to answer it.</summary>
    public static Interaction? Read(JsonElement data)
    {
        if (!Snowflake.TryParse(data.Text("id"), out _) || data.Text("token") is not { Length: > 0 and < 1000 } token || !token.All(IsOfAToken))
        {
            return null;
        }
        var application = Snowflake.TryParse(data.Text("application_id"), out _) ? data.Text("application_id")! : "0";
        var (type, pressed) = ((int)(data.Number("type") ?? 0), data.Field("data") ?? default);
        var place = Place.Of(data);
        return new Interaction(data.Text("id")!, application, token, type, Person.Of(data.Field("member"), data.Field("user")), TargetOf(pressed))
        {
            Roles = Person.RolesOf(data.Field("member")),
            Fields = type == Submit ? FormRendering.Written(pressed) : new Dictionary<string, string>(),
            Typed = type == Command ? TypedCommand.Read(pressed) : null,
            Place = place,
            OnMessage = data.Field("message") is not null,
            On = data.Field("message") is { } message ? CardIn(message, place) : null,
            OnAsk = ((data.Field("message")?.Number("flags") ?? 0) & MessageBody.OnlyForPresser) != 0,
        };
    }

    private static PressedCard? CardIn(JsonElement message, Place place) =>
        place.Channel is { } channel && Snowflake.TryParse(message.Text("id"), out var id) && Mark.In(message) is not null
            ? new PressedCard(new MessageAddress(channel, message.Text("id")!).ToRef(), Snowflake.GivenAt(id))
            : null;

    private static PressTarget? TargetOf(JsonElement pressed)
    {
        var values = pressed.Items("values").ToList();
        var chosen = values.Count > 0 && values[0].ValueKind == JsonValueKind.String ? values[0].GetString() : null;
        return PressTarget.Parse(pressed.Number("component_type") == Discord.Component.Menu ? chosen : pressed.Text("custom_id"));
    }

    /// <summary>The token goes into a path: nothing in it may leave its place there.</summary>
    private static bool IsOfAToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '=' or '.' or '~' or ':' or '+';
}
