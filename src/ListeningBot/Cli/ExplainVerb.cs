using System.CommandLine;
using System.Text;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Learning;

namespace ListeningBot.Cli;

/// <summary>`explain`: what the bot would make of one text, and why.</summary>
internal static class ExplainVerb
{
    private const int LongestText = 1024 * 1024;
    private static readonly Argument<string?> Text = new("text") { Description = "The text; from standard input when left out", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Author = new("--author") { Description = "As if this account had written it: a handle, an id or an address" };
    private static readonly Option<string?> Channel = new("--channel") { Description = "As if it came from this configured channel" };
    private static readonly Option<double?> Stars = new("--stars") { Description = "As if it were a review with so many stars, 1 to 5" };
    private static readonly Option<long?> Followers = new("--followers") { Description = "As if its author had so many followers" };
    private static readonly Option<string?> Lang = new("--lang") { Description = "As if its source called this its language: de" };
    private static readonly Option<string?> Query = new("--query") { Description = "As if this query were the only watch: \"late again\" OR refund*" };
    private static readonly Option<bool> Thread = new("--thread") { Description = "Also show what the thread of such a case would tell its owner: drafts and gestures" };

    public static Command Create()
    {
        var verb = new Command("explain", "Show which watches match one text and where, each reason for and against, and to whom it would go") { Text, Query, Channel, Author, Stars, Followers, Lang, Thread };
        verb.SetAction(async (parsed, ct) =>
        {
            var reader = new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds);
            var text = parsed.GetValue(Text);
            if (text is null && !Console.IsInputRedirected)
            {
                await Console.Error.WriteLineAsync("Give a text in quotes: explain \"My order never came\".");
                return Exit.Usage;
            }
            text ??= await ReadAsync(Console.OpenStandardInput(), ct);
            var post = new ExplainVerbPost(text, parsed.GetValue(Channel), parsed.GetValue(Author), parsed.GetValue(Thread)) { Stars = parsed.GetValue(Stars), Followers = parsed.GetValue(Followers), Lang = parsed.GetValue(Lang), Query = parsed.GetValue(Query) };
            return Run(reader, post, TimeProvider.System, VerbPaper.Standard(), new VerbPaper(Console.Error, null));
        });
        return verb;
    }

    public static int Run(SettingsReader reader, ExplainVerbPost post, TimeProvider time, VerbPaper paper, VerbPaper errors)
    {
        var (text, channel) = (post.Text, post.Channel);
        var tried = post.Query is { } query ? new TriedWatch("tried", query, Team: null, Alert: null) : null;
        var reading = reader.Read(reader.LoadTexts(), tried);
        if (!CanExplain(reading, errors))
        {
            return Exit.BadInput;
        }
        CheckVerb.TellWarningsOfTried(reading, errors);
        var settings = tried is null ? reading.AsFarAsRead : reading.AsFarAsRead with { Watches = [.. reading.AsFarAsRead.Watches.Where(watch => watch.Name == tried.Watch)] };
        var from = settings.Channels.FirstOrDefault(c => c.Name == channel);
        if (channel is not null && from is null)
        {
            errors.Write($"No enabled channel is named {Problems.Quote(channel)}. {Nearest.Cure(channel, [.. settings.Channels.Select(c => c.Name)], "None is enabled; leave --channel out.")}");
            return Exit.BadInput;
        }
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Write("The text is empty. Give one in quotes, or on standard input.");
            return Exit.BadInput;
        }
        if (post.Stars is < 1 or > 5 or double.NaN || post.Followers < 0)
        {
            errors.Write(post.Followers < 0 ? "Nobody has fewer than 0 followers. Give --followers 1500." : "Stars go from 1 to 5. Give --stars 2.");
            return Exit.BadInput;
        }
        post = post with { IsPrivate = from?.Kind.IsPrivate == true };
        var assessment = new Scorer(ModelOf(reading, errors)).Assess(text, Intake.EvidenceOf(post.AsPost(from?.Kind.Name ?? "")));
        var teams = new ExplainVerbReport(settings, post, from?.Kind.Name ?? "", assessment, time.GetUtcNow()).WriteTo(paper);
        if (post.Thread)
        {
            var team = teams.FirstOrDefault() ?? settings.Watches.Select(watch => watch.Team).FirstOrDefault() ?? "care";
            new ExplainVerbThread(settings, settings.Responders.TeamOf(team), post, assessment, time.GetUtcNow()).WriteTo(paper);
        }
        return Exit.Done;
    }

    /// <summary>The one by which the bot judges; the shipped one where the team's can't be read from here.</summary>
    private static Model ModelOf(SettingsReading reading, VerbPaper errors)
    {
        try
        {
            return ModelFolder.Beside(reading.StorePath).InUse().Model;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Write($"Your team's models can't be read here, so this is what the shipped one says: {e.Message}");
            return Model.Shipped;
        }
    }

    /// <summary>A manager has the watches but not the operators' passwords: their file's mistakes are only mentioned.</summary>
    private static bool CanExplain(SettingsReading reading, VerbPaper errors)
    {
        var ofWatches = reading.Problems.Where(p => TriedWatch.IsOf(p) || Path.GetExtension(p.File) is ".yaml" or ".yml" or ".ics").ToList();
        if (ofWatches.Count > 0)
        {
            CheckVerb.TellProblems(ofWatches, errors);
        }
        else if (reading.Problems.Count > 0)
        {
            errors.Write($"{Sources.AppSettings} is explained as far as it can be read: {reading.Problems.Count} of its settings are wrong or missing here (`check` shows them).");
        }
        return ofWatches.Count == 0;
    }

    private static async Task<string> ReadAsync(Stream input, CancellationToken ct)
    {
        var bytes = new byte[LongestText];
        var length = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\r', '\n');
    }
}

/// <summary>What is explained.</summary>
/// <param name="Channel">Null: from anywhere.</param>
/// <param name="Author">Null: by anybody.</param>
/// <param name="Thread">With what its thread would tell the owner.</param>
internal sealed record ExplainVerbPost(string Text, string? Channel = null, string? Author = null, bool Thread = false)
{
    /// <summary>1..5; null: it has none.</summary>
    public double? Stars { get; init; }

    /// <summary>Written to us alone.</summary>
    public bool IsPrivate { get; init; }
    public long? Followers { get; init; }

    /// <summary>In the place of all watches; null: those of the file.</summary>
    public string? Query { get; init; }

    /// <summary>What its source claims; null: nothing.</summary>
    public string? Lang { get; init; }

    /// <param name="kind">Of the channel; empty when none is named.</param>
    public Post AsPost(string kind) => new()
    {
        Key = new PostKey("explain", "1"),
        Channel = Channel ?? "",
        Kind = kind,
        Text = Text,
        Author = new Author { Id = Author, Handle = Author, Followers = Followers },
        Stars = Stars,
        Lang = Lang,
        Private = IsPrivate,
    };
}
