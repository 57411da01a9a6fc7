using System.Text.Json;
using ListeningBot.Core.Cases;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Who presses or writes, as the server shows them.</summary>
internal static class Person
{
    public const string Service = "discord:";
    private const int LongestName = 40;
    private const int MostRoles = 250;

    /// <summary>In a server somebody is a member with a nickname perhaps; in a direct message just a user.</summary>
    public static Responder Of(JsonElement? member, JsonElement? user)
    {
        var own = member?.Field("user") ?? user;
        var id = Snowflake.TryParse(own?.Text("id"), out _) ? own?.Text("id") : "0";
        var name = member?.Text("nick") ?? own?.Text("global_name") ?? own?.Text("username") ?? "";
        var clean = Fitting.Fit(Cleaning.OneLine(name), LongestName);
        return new Responder(Service + id, clean.Length > 0 ? clean : $"user {id}");
    }

    public static IReadOnlyList<string> RolesOf(JsonElement? member) =>
    [
        .. (member?.Items("roles") ?? []).Where(role => role.ValueKind == JsonValueKind.String).Select(role => role.GetString())
            .Where(id => Snowflake.TryParse(id, out _)).Take(MostRoles).Select(id => Service + id),
    ];

    /// <summary>The user's id in an account such as "discord:1234", or null for one of another service.</summary>
    public static string? IdOf(string account) =>
        account.StartsWith(Service, StringComparison.Ordinal) && Snowflake.TryParse(account[Service.Length..], out _) ? account[Service.Length..] : null;
}
