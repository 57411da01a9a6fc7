using System.ComponentModel;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>How to reach Discord. The rooms' addresses are channel ids.</summary>
public sealed record DiscordOptions
{
    /// <summary>The bot's token, from the Developer Portal, page "Bot".</summary>
    [Secret]
    [Description("The bot's token. Better in the environment, LISTENINGBOT__Notifiers__discord__Token, or a credentials folder than here.")]
    public string Token { get; init; } = "";

    /// <summary>Where the REST API is. Default: the real one, version 10.</summary>
    [Description("Default: the real service.")]
    public string Api { get; init; } = "https://discord.com/api/v10/";

    /// <summary>How long one answer may take. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    internal Uri ApiBase => new(Api.EndsWith('/') ? Api : Api + "/");

    /// <summary>Without the token, which a record would print.</summary>
    public override string ToString() => $"Discord at {Api}";

    internal static IEnumerable<OptionProblem> Validate(DiscordOptions options, IReadOnlyList<Room> rooms) =>
        [.. TokenProblems(options.Token), .. ApiProblems(options.Api), .. rooms.SelectMany(RoomProblems)];

    private static IEnumerable<OptionProblem> TokenProblems(string token)
    {
        const string cure = "Copy it anew from the Developer Portal (your application, page \"Bot\", \"Reset Token\"), on one line.";
        if (string.IsNullOrWhiteSpace(token))
        {
            yield return new OptionProblem(nameof(Token), "is missing", "Copy it from the Developer Portal: your application, page \"Bot\", \"Reset Token\".");
        }
        else if (token.StartsWith("Bot ", StringComparison.OrdinalIgnoreCase))
        {
            yield return new OptionProblem(nameof(Token), "begins with \"Bot \"", "Give the token alone.");
        }
        else if (token.Any(c => c is <= ' ' or > '~'))
        {
            yield return new OptionProblem(nameof(Token), "holds a blank, a line break or a character that no token has", cure);
        }
    }

    private static IEnumerable<OptionProblem> ApiProblems(string api)
    {
        if (!Uri.TryCreate(api, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            yield return new OptionProblem(nameof(Api), "is not a web address", "Leave it out, or give https://discord.com/api/v10/.");
        }
        else if (uri.Scheme == "http" && !uri.IsLoopback)
        {
            yield return new OptionProblem(nameof(Api), "would send the token unencrypted", "Give an address that begins with https://.");
        }
    }

    private static IEnumerable<OptionProblem> RoomProblems(Room room)
    {
        if (!Snowflake.TryParse(room.Address, out _))
        {
            yield return new OptionProblem($"Rooms:{room.Name}:Address", "is no Discord channel id", "Switch on Developer Mode in Discord (settings, Advanced), right-click the channel, \"Copy Channel ID\": digits only.");
        }
    }
}
