using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.YouTube;

/// <summary>Reads the comments below the videos of YouTube channels, and below single videos, by the Data API.</summary>
public sealed record YouTubeOptions
{
    /// <summary>The API key of a project in the Google Cloud console that has the YouTube Data API v3 switched on.</summary>
    [Secret]
    [Description("Secret: the API key; best in the environment.")]
    public string Key { get; init; } = "";

    /// <summary>YouTube channels, by their ids: "UC" and 22 characters. The comments on all their videos are read.</summary>
    [Description("YouTube channels whose videos' comments are read, by their ids: UC and 22 letters.")]
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Single videos of others (reviews, tests), by their ids of eleven characters.</summary>
    [Description("Videos of others whose comments are read, by their ids of eleven letters.")]
    public IReadOnlyList<string> Videos { get; init; } = [];

    /// <summary>How often each channel and video is looked at, as far as the day's units allow. Default 5 minutes; 1 second to 7 days.</summary>
    [Description("How often each channel and video is looked at, as far as the day's units allow.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many of the key's units may be used in a day, which ends at midnight in California. Default 9,000 of the 10,000 that a key has; a fifth of them is for re-reading open cases.</summary>
    [Description("How many of the key's quota units a day the bot may use.")]
    [Range(100, 10000000)]
    public int UnitsADay { get; init; } = 9000;

    /// <summary>Where the API is. Default: https://www.googleapis.com/youtube/v3.</summary>
    [Description("Where the API is.")]
    public string Address { get; init; } = "https://www.googleapis.com/youtube/v3";

    /// <summary>What one answer may take. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"{Channels.Count} channels and {Videos.Count} videos at {Address}";

    internal static IEnumerable<OptionProblem> Validate(YouTubeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Key))
        {
            yield return new OptionProblem("Key", "is empty", "Make one in the Google Cloud console: \"APIs & Services\", \"Credentials\".");
        }
        if (options.Channels?.FirstOrDefault(id => !IsId(id, 24) || !id.StartsWith("UC", StringComparison.Ordinal)) is { } channel)
        {
            yield return new OptionProblem("Channels", $"holds \"{channel}\", which is no channel's id", "Take the id that begins with UC: on the channel's page, \"About\", \"Share channel\", \"Copy channel ID\".");
        }
        if (options.Videos?.FirstOrDefault(id => !IsId(id, 11)) is { } video)
        {
            yield return new OptionProblem("Videos", $"holds \"{video}\", which is no video's id", "Take the eleven characters behind v= in the video's address.");
        }
        if (options.Channels is not { Count: > 0 } && options.Videos is not { Count: > 0 })
        {
            yield return new OptionProblem("Channels", "and Videos are both empty", "Name a channel or a video to listen on.");
        }
        if (options.UnitsADay is < 100 or > 10_000_000)
        {
            yield return new OptionProblem("UnitsADay", $"is {options.UnitsADay}, which is not between 100 and 10,000,000", "Give what the key has a day, and a little less: 9000.");
        }
        foreach (var problem in ServiceOptions.Every(options.Every).Concat(ServiceOptions.Address(nameof(Address), options.Address, "https://www.googleapis.com/youtube/v3")))
        {
            yield return problem;
        }
    }

    private static bool IsId(string? id, int length) => id?.Length == length && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
