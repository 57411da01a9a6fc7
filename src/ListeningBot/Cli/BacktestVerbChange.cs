using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <param name="What">For people: "without the watch nimbus".</param>
internal sealed record BacktestVerbWatches(WatchSet Before, WatchSet After, string What);

/// <summary>The watches to compare; null after all that is wrong was told, as `check` tells it.</summary>
internal sealed class BacktestVerbChange(SettingsReader reader, VerbPaper paper, VerbPaper errors)
{
    public BacktestVerbWatches? With(FileInfo file)
    {
        var shown = file.ToString();
        if (FileText.Read(Sources.Watches, shown) is not { } text)
        {
            errors.Write($"There is no file {shown}. Copy config/watches.yaml, change the copy, and give its path.");
            return null;
        }
        var texts = reader.LoadTexts();
        var changed = texts with { Files = [.. texts.Files.Where(one => one.Name != Sources.Watches), text] };
        return Now() is { } now && Good(reader.Read(changed)) is { } then ? new BacktestVerbWatches(now.Matcher(), then.Matcher(), $"{shown} in the place of {Sources.Watches}") : null;
    }

    public BacktestVerbWatches? Query(TriedWatch tried)
    {
        var reading = reader.Read(reader.LoadTexts(), tried);
        if (Now() is not { } now || Good(reading) is not { } then)
        {
            return null;
        }
        CheckVerb.TellWarningsOfTried(reading, errors);
        var known = now.Watches.Any(watch => watch.Name == tried.Watch);
        if (!known && Nearest.To(tried.Watch, now.Watches.Select(watch => watch.Name)) is { } near)
        {
            errors.Write($"No watch is named {Quoted.Of(tried.Watch)}, so it is tried as a new one. Did you mean {Quoted.Of(near)}?");
        }
        return new BacktestVerbWatches(now.Matcher(), then.Matcher(), known ? $"the watch {Quoted.Of(tried.Watch)} with the query {tried.Query}" : $"a new watch with the query {tried.Query}");
    }

    public BacktestVerbWatches? Without(string name)
    {
        if (Now() is not { } now)
        {
            return null;
        }
        if (now.Watches.All(watch => watch.Name != name))
        {
            errors.Write($"No watch is named {Quoted.Of(name)}. {Nearest.Cure(name, [.. now.Watches.Select(watch => watch.Name)], "There is none yet.")}");
            return null;
        }
        return new BacktestVerbWatches(now.Matcher(), (now with { Watches = [.. now.Watches.Where(watch => watch.Name != name)] }).Matcher(), $"without the watch {Quoted.Of(name)}");
    }

    /// <summary>What was applied last, against the files as they stand: what is held back or not live yet.</summary>
    public async Task<BacktestVerbWatches?> FilesAsync(IStore store, TimeProvider time, CancellationToken ct)
    {
        var today = reader.LoadTexts();
        if (await AppliedFiles.LatestAsync(store, today, time, ct) is not { } version || AppliedFiles.Texts(version, today) is not { } applied)
        {
            errors.Write("No configuration was applied here yet: run the bot first, or try a change by --with, --query or --without.");
            return null;
        }
        return Now() is { } now && Good(reader.Read(applied)) is { } live
            ? new BacktestVerbWatches(live.Matcher(), now.Matcher(), $"the files as they are in the place of what is live, version {version.Id}")
            : null;
    }

    private Settings? Now() => Good(reader.Read());

    /// <summary>Who tries watches need not have the secrets of the service.</summary>
    private Settings? Good(SettingsReading reading)
    {
        if (reading.Problems.All(problem => problem.IsAbsentSecret))
        {
            return reading.AsFarAsRead;
        }
        CheckVerb.TellProblems(reading.Problems, paper);
        return null;
    }
}
