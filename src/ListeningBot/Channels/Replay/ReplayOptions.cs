using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Replay;

/// <summary>
/// Reads posts from JSON lines: one object a line, UTF-8. For the demo, for experiments, and for whatever can write lines.
/// <code>
/// {"id":"17","text":"My order never came","author":{"id":"mia","name":"Mia Lang","handle":"mia","followers":120},"ago":"00:03:10"}
/// </code>
/// Only "text" is needed. All keys:
/// <list type="bullet">
/// <item>"id": unique in its channel; without one, a hash of the line is taken.</item>
/// <item>"channel", "kind": where the post is said to come from ("inbox", "mail"); default: this channel's name, "replay". One file may show several channels.</item>
/// <item>"title", "text", "url", "lang", "author" {"id" or "address", "name", "handle", "url", "followers"}.</item>
/// <item>"posted": ISO 8601, or seconds or milliseconds since 1970; or "ago": how long before its line is read it was posted, "hh:mm:ss" or seconds.</item>
/// <item>"inReplyTo", "thread": the id of the post it answers, and of the first post of its thread, in the same channel.</item>
/// <item>"stars": 1..5; "automatic", "private": true or false.</item>
/// <item>"change": "added" (default), "edited", "deleted", or "authorGone" (the id is then the author's); "edited" or "deleted" may also be a key of its own, with true.</item>
/// <item>"after": pause before this line when a pace is set, "hh:mm:ss" or seconds.</item>
/// </list>
/// What `read` writes is in this format, and what is posted to a webhook. A number may be written as text; another value of the wrong type counts as absent. A line that is no post, or whose "posted" is no time, is skipped and kept aside with its number.
/// </summary>
public sealed record ReplayOptions
{
    /// <summary>A file, or "-" for standard input. Relative to the working directory.</summary>
    [Description("A file of JSON lines, or - for standard input.")]
    public string Path { get; init; } = "";

    /// <summary>
    /// 0, the default: as fast as possible. Otherwise pauses are kept, divided by this number: "after" where a line has it,
    /// else the time between its "posted" and that of the line before. 1 is real time, 60 shows an hour in a minute.
    /// </summary>
    [Description("0: as fast as possible; 1: real time; 60: an hour in a minute.")]
    [Range(0.0, double.PositiveInfinity)]
    public double Pace { get; init; }

    /// <summary>No pause is longer than this. Default 5 seconds.</summary>
    [Description("No pause is longer.")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Shifts all "posted" times so that the newest of the file is now. Default false. Files only.</summary>
    [Description("Shift all times so that the newest is now.")]
    public bool Rebase { get; init; }

    /// <summary>Waits at the end for lines that are still to be written; only lines with their end are read. Default false: the channel ends there. Files only.</summary>
    [Description("Waits at the end for lines that are still to be written; only lines with their end are read. Files only.")]
    public bool Follow { get; init; }

    /// <summary>A canary may be written to the end of the file. Default false. Wants <see cref="Follow"/>.</summary>
    [Description("A canary may be written to the end of the file. Wants Follow.")]
    public bool Canary { get; init; }

    /// <summary>Opens lines that are no file (the embedded demo). Not to be configured.</summary>
    internal Func<Stream>? Source { get; init; }

    internal bool FromStandardInput => Source is null && Path == "-";

    public static IEnumerable<OptionProblem> Validate(ReplayOptions options)
    {
        if (options.Source is null && string.IsNullOrWhiteSpace(options.Path))
        {
            yield return new OptionProblem(nameof(Path), "is missing", "Give a file of JSON lines, or \"-\" for standard input.");
        }
        if (!double.IsFinite(options.Pace) || options.Pace < 0)
        {
            yield return new OptionProblem(nameof(Pace), "is not 0 or more", "Give 0 for as fast as possible, 1 for real time, 60 for an hour in a minute.");
        }
        if (options.LongestPause < TimeSpan.Zero || options.LongestPause > TimeSpan.FromHours(1))
        {
            yield return new OptionProblem(nameof(LongestPause), "is not between nothing and an hour", "Give a time such as \"00:00:05\".");
        }
        if (options.Follow && (options.FromStandardInput || options.Rebase))
        {
            yield return new OptionProblem(nameof(Follow), options.Rebase ? "can't be used with Rebase" : "can't be used with standard input, which ends by itself", "Take one of the two away.");
        }
        if (options.Canary && !options.Follow)
        {
            yield return new OptionProblem(nameof(Canary), "needs Follow: what is written at the end would not be read", "Set Follow to true, or take Canary away.");
        }
        if (options.Rebase && options.FromStandardInput)
        {
            yield return new OptionProblem(nameof(Rebase), "can't be used with standard input, which is read only once", "Give a file, or use \"ago\" in the lines.");
        }
    }
}
