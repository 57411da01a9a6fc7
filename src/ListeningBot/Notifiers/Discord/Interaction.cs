using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What Discord tells of a press: documented under "Receiving and Responding to Interactions" (API v10).</summary>
/// <param name="Target">Null for a button that is not ours.</param>
/// <param name="OnAsk">True when the button stands on a message that only the presser sees: our own question.</param>
internal sealed record Interaction(string Id, string Application, string Token, int Type, Responder By, PressTarget? Target, bool OnAsk)
{
    public const int Ping = 1;
    public const int Component = 3;
    private const int LongestName = 40;

    /// <summary>Null when there is not enough to answer it.</summary>
    public static Interaction? Read(JsonElement data)
    {
        if (!Snowflake.TryParse(data.Text("id"), out _) || data.Text("token") is not { Length: > 0 and < 1000 } token || !token.All(IsOfAToken))
        {
            return null;
        }
        var application = Snowflake.TryParse(data.Text("application_id"), out _) ? data.Text("application_id")! : "0";
        var flags = data.Field("message")?.Number("flags") ?? 0;
        return new Interaction(data.Text("id")!, application, token, (int)(data.Number("type") ?? 0), Presser(data), TargetOf(data), (flags & MessageBody.OnlyForPresser) != 0);
    }

    /// <summary>In a server the presser is a member with a nickname perhaps; in a direct message just a user.</summary>
    private static Responder Presser(JsonElement data)
    {
        var member = data.Field("member");
        var user = member?.Field("user") ?? data.Field("user");
        var id = Snowflake.TryParse(user?.Text("id"), out _) ? user?.Text("id") : "0";
        var name = member?.Text("nick") ?? user?.Text("global_name") ?? user?.Text("username") ?? "";
        var clean = Fitting.Fit(Cleaning.OneLine(name), LongestName);
        return new Responder($"discord:{id}", clean.Length > 0 ? clean : $"user {id}");
    }

    private static PressTarget? TargetOf(JsonElement data)
    {
        if (data.Field("data") is not { } pressed)
        {
            return null;
        }
        var values = pressed.Items("values").ToList();
        var chosen = values.Count > 0 && values[0].ValueKind == JsonValueKind.String ? values[0].GetString() : null;
        return PressTarget.Parse(pressed.Number("component_type") == Discord.Component.Menu ? chosen : pressed.Text("custom_id"));
    }

    /// <summary>The token goes into a path: nothing in it may leave its place there.</summary>
    private static bool IsOfAToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '=' or '.' or '~' or ':' or '+';
}
