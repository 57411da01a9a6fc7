using System.CommandLine;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Learning;

namespace ListeningBot.Cli;

/// <summary>`watches`: which watch and which word is worth it. Works beside a running bot.</summary>
internal static class WatchesVerb
{
    private static readonly TimeSpan s_usual = TimeSpan.FromDays(90);

    public static Command Create()
    {
        var name = new Argument<string?>("watch") { Description = "Only this watch, with its words", Arity = ArgumentArity.ZeroOrOne };
        var words = new Option<bool>("--words") { Description = "Also the words of each watch" };
        var since = StoreVerb.Since("posts first seen since then; default: 90 days ago");
        var verb = new Command("watches", "Which watch and which word is worth it, by what was heard and what people said of it; also while the bot runs")
        {
            name, words, since, StoreVerb.Json,
            WatchesVerbSuggest.Create(), WatchesVerbEdit.Add(), WatchesVerbEdit.Remove(), WatchesVerbEdit.Exclude(), WatchesVerbEdit.Promote(),
        };
        verb.SetAction((parsed, ct) => RunAsync(parsed, parsed.GetValue(name), async (store, settings, one) =>
        {
            var set = settings.Matcher();
            var report = await WatchesReport.ReadAsync(store, set, ScorerOf(settings), SinceOf(parsed.GetValue(since), TimeProvider.System), ct);
            new WatchesVerbReport(report, one, parsed.GetValue(words) || one is not null).Write(parsed.GetValue(StoreVerb.Json), Console.Out, VerbPaper.Standard());
        }));
        return verb;
    }

    internal static DateTimeOffset SinceOf(string? written, TimeProvider time) => StoreVerb.TimeOf(written) ?? time.GetUtcNow() - s_usual;

    internal static Scorer ScorerOf(Settings settings)
    {
        try
        {
            return new Scorer(ModelFolder.Beside(settings.Storage.Path).InUse().Model);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Your team's models can't be read here, so unmatched posts are judged by the shipped one: {e.Message}");
            return new Scorer();
        }
    }

    /// <summary>With the watches of the files as they stand, and the one that was named.</summary>
    internal static Task<int> RunAsync(ParseResult parsed, string? name, Func<IStore, Settings, Watch?, Task> work) => StoreVerb.RunAsync(parsed, async store =>
    {
        var reading = new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds).Read();
        if (reading.Problems.Where(problem => Path.GetExtension(problem.File) is ".yaml" or ".yml").ToList() is { Count: > 0 } problems)
        {
            CheckVerb.TellProblems(problems, new VerbPaper(Console.Error, null));
            return Exit.BadInput;
        }
        var settings = reading.AsFarAsRead;
        var one = settings.Watches.FirstOrDefault(watch => watch.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (name is not null && one is null)
        {
            await Console.Error.WriteLineAsync($"There is no watch {Problems.Quote(name)}. {Nearest.Cure(name, [.. settings.Watches.Select(watch => watch.Name)], "There is none at all.")}");
            return Exit.BadInput;
        }
        await work(store, settings, one);
        return Exit.Done;
    });
}
