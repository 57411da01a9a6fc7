using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ListeningBot.Configuration;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>What people write in channels of a Discord server, heard by the bot that shows the cards.</summary>
public sealed record DiscordChannelOptions : IThroughNotifier
{
    private const int Most = 100;

    /// <summary>The configured name of the notifier whose bot listens. Default: "discord".</summary>
    [Description("The name of the Discord notifier whose bot listens.")]
    public string Notifier { get; init; } = "discord";

    /// <summary>Ids of text, announcement, voice or forum channels; threads and posts below them count too.</summary>
    [Description("Ids of text, announcement, voice or forum channels.")]
    [Length(1, 100)]
    [RegularExpression("^[0-9]{1,20}$")]
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>How long to wait for the bot's connection. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    internal static IEnumerable<OptionProblem> Validate(DiscordChannelOptions options)
    {
        const string cure = "Switch on Developer Mode in Discord (settings, Advanced), right-click the channel, \"Copy Channel ID\": digits only.";
        if (string.IsNullOrWhiteSpace(options.Notifier))
        {
            yield return new OptionProblem(nameof(Notifier), "is empty", "Give the name below Notifiers, \"discord\", or leave it out.");
        }
        if (options.Channels.Count is 0 or > Most)
        {
            yield return new OptionProblem(nameof(Channels), options.Channels.Count == 0 ? "names no channel" : $"names more than {Most} channels", cure);
        }
        foreach (var id in options.Channels.Where(id => !Snowflake.TryParse(id, out _)))
        {
            yield return new OptionProblem(nameof(Channels), $"has {Problems.Quote(id)}, no Discord channel id", cure);
        }
    }
}
