using System.CommandLine;
using System.Globalization;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <summary>`watches suggest`: words to find and words to leave out, for a human to accept.</summary>
internal static class WatchesVerbSuggest
{
    public static Command Create()
    {
        var name = new Option<string?>("--watch") { Description = "Only for this watch" };
        var since = StoreVerb.Since("posts first seen since then; default: 90 days ago");
        var verb = new Command("suggest", "Words that confirmed complaints have and alerts lack, and words that false alarms share") { name, since, StoreVerb.Json };
        verb.SetAction((parsed, ct) => WatchesVerb.RunAsync(parsed, parsed.GetValue(name), async (store, settings, one) =>
        {
            var found = await WordSuggestions.ReadAsync(store, settings.Matcher(), WatchesVerb.ScorerOf(settings), WatchesVerb.SinceOf(parsed.GetValue(since), TimeProvider.System), one, ct);
            Write(found, settings.Watches, parsed.GetValue(StoreVerb.Json), Console.Out, VerbPaper.Standard());
        }));
        return verb;
    }

    public static void Write(WordSuggestions found, IReadOnlyList<Watch> watches, bool json, TextWriter output, VerbPaper paper)
    {
        if (json)
        {
            foreach (var line in found.Add.Select(add => Plain(add, watches)).Concat(found.Exclude.Select(Plain)))
            {
                output.WriteLine(CasesVerbJson.Of(line));
            }
            return;
        }
        WriteAdd(found, watches, paper);
        WriteExclude(found, paper);
        paper.Write("Nothing was changed. What a change would do to all that is kept, before it is live: listeningbot backtest");
    }

    private static void WriteAdd(WordSuggestions found, IReadOnlyList<Watch> watches, VerbPaper paper)
    {
        paper.Write($"{found.Missed} confirmed complaints raised no alert; {found.Posts.Total:N0} posts were looked at.");
        if (found.Add.Count == 0)
        {
            paper.Write(found.Missed < WordSuggestions.Fewest ? $"With fewer than {WordSuggestions.Fewest} no word can be suggested to find." : "No word tells them from other posts: there is nothing to suggest to find.");
            return;
        }
        paper.Write(new CheckVerbSheet(
            "Words that they have and other posts lack",
            ["word", "in them", "in all others", "weight", "alerts gained", "of them confirmed", "of them wrong"],
            [.. found.Add.Select(add => (IReadOnlyList<string>)
                [add.How.Word, Of(add.How.In, add.How.Of), Of(add.How.InOthers, add.How.Others), Weight(add.How), Number(add.Gained.Total), Number(add.Right), Number(add.Wrong)])]));
        foreach (var add in found.Add)
        {
            paper.Write($"  {add.How.Word}: {Advice(add, watches)}");
        }
    }

    private static void WriteExclude(WordSuggestions found, VerbPaper paper)
    {
        paper.Write($"{found.FalseAlarms} alerts were called wrong, {found.Confirmed} were confirmed.");
        if (found.Exclude.Count == 0)
        {
            paper.Write(Math.Min(found.FalseAlarms, found.Confirmed) < WordSuggestions.Fewest ? $"With fewer than {WordSuggestions.Fewest} of each no word can be suggested to leave out." : "No word tells the wrong ones from the right ones: there is nothing to suggest to leave out.");
            return;
        }
        paper.Write(new CheckVerbSheet(
            "Words that the wrong ones share and the confirmed ones lack",
            ["word", "in wrong ones", "in confirmed ones", "weight", "alerts spared", "confirmed lost"],
            [.. found.Exclude.Select(noise => (IReadOnlyList<string>)
                [noise.How.Word, Of(noise.How.In, noise.How.Of), Of(noise.How.InOthers, noise.How.Others), Weight(noise.How), Number(noise.Spared), Number(noise.Lost)])]));
        foreach (var noise in found.Exclude)
        {
            paper.Write($"  {noise.How.Word}: {Advice(noise)}");
        }
    }

    private static string Advice(WordToAdd add, IReadOnlyList<Watch> watches)
    {
        var watch = watches.First(one => one.Name == add.Watch);
        return add.Right > 0 ? WatchesVerbAdvice.Command("add", add.Watch, add.How.Word)
            : string.Create(CultureInfo.InvariantCulture, $"they lie below the line of {watch.Name} ({watch.AlertAt:0.##}), so try a watch of its own under watches: - {OwnWatch(add, watch)}");
    }

    /// <summary>Lower than the complaints that have it, on a line of its own.</summary>
    private static string OwnWatch(WordToAdd add, Watch watch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{ name: {YamlText.Of(add.How.Word)}, team: {YamlText.Of(watch.Team)}, shadow: true, find: [{YamlText.Of(add.How.Word)}], alert: {Math.Floor(add.Lowest * 20) / 20:0.##} }}");

    private static string Advice(WordToExclude noise) => noise.IsSafe
        ? WatchesVerbAdvice.Command("exclude", noise.Watch, noise.How.Word)
        : $"not safe: {noise.Lost} confirmed complaints say it too";

    private static object Plain(WordToAdd add, IReadOnlyList<Watch> watches) => new
    {
        suggest = "add",
        word = add.How.Word,
        watch = add.Watch,
        @in = add.How.In,
        of = add.How.Of,
        inOthers = add.How.InOthers,
        others = add.How.Others,
        weight = Math.Round(add.How.Strength, 2),
        gained = add.Gained.Total,
        confirmed = add.Right,
        wrong = add.Wrong,
        advice = Advice(add, watches),
    };

    private static object Plain(WordToExclude noise) => new
    {
        suggest = "exclude",
        word = noise.How.Word,
        watch = noise.Watch,
        @in = noise.How.In,
        of = noise.How.Of,
        inOthers = noise.How.InOthers,
        others = noise.How.Others,
        weight = Math.Round(noise.How.Strength, 2),
        spared = noise.Spared,
        lost = noise.Lost,
        safe = noise.IsSafe,
        advice = Advice(noise),
    };

    private static string Of(int some, int all) => string.Create(CultureInfo.InvariantCulture, $"{some} of {all}");

    private static string Weight(WordContrast how) => how.Strength.ToString("0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
