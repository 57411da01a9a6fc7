using System.CommandLine;
using System.CommandLine.Parsing;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Learning;

namespace ListeningBot.Cli;

/// <summary>`backtest`: what changed watches would have made of the posts that are kept. Works beside a running bot.</summary>
internal static class BacktestVerb
{
    private const int MostExamples = 1000;
    private static readonly Option<FileInfo?> With = new("--with") { Description = "A changed watches.yaml, to be tried in the place of the one in config/" };
    private static readonly Option<string?> Query = new("--query") { Description = "A query, to be tried as a watch of its own, or with --watch in the place of what that one finds" };
    private static readonly Option<string?> Watch = new("--watch") { Description = "With --query: the watch that gets it; a name that is not there yet makes a new watch" };
    private static readonly Option<string?> Team = new("--team") { Description = "With --query: whose alerts they would be" };
    private static readonly Option<string?> Alert = new("--alert") { Description = "With --query: from which complaint probability it alerts, such as 0.35" };
    private static readonly Option<string?> Without = new("--without") { Description = "The name of a watch, to be tried without it" };
    private static readonly Option<string?> Since = StoreVerb.Since("posts first seen since then; default: 30 days ago");
    private static readonly Option<int> Examples = new("--examples") { Description = "How many alerts lost, and how many gained, are shown", DefaultValueFactory = _ => 5 };

    public static Command Create()
    {
        var verb = new Command("backtest", "What changed watches would have made of stored posts: alerts gained and lost, complaints missed; without an option: the files as they are against what is live")
        {
            With, Query, Watch, Team, Alert, Without, Since, Examples, StoreVerb.Json,
        };
        verb.Validators.Add(RefuseOddChoice);
        verb.SetAction((parsed, ct) => RunAsync(parsed, ct));
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var reader = new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds);
        var change = new BacktestVerbChange(reader, VerbPaper.Standard(), new VerbPaper(Console.Error, null));
        return await StoreVerb.RunAsync(parsed, async store =>
        {
            var watches = parsed.GetValue(With) is { } file ? change.With(file)
                : parsed.GetValue(Query) is { } query ? change.Query(new TriedWatch((parsed.GetValue(Watch) ?? "tried").Trim(), query, parsed.GetValue(Team), parsed.GetValue(Alert)))
                : parsed.GetValue(Without) is { } name ? change.Without(name.Trim())
                : await change.FilesAsync(store, TimeProvider.System, ct);
            if (watches is not { } compared)
            {
                return Exit.BadInput;
            }
            var since = StoreVerb.TimeOf(parsed.GetValue(Since)) ?? TimeProvider.System.GetUtcNow() - BacktestPlan.Usual;
            var plan = new BacktestPlan(compared.Before, compared.After, since) { Examples = parsed.GetValue(Examples) };
            var scorer = new Scorer(ModelFolder.Beside(StoreVerb.PlaceOf(parsed).Path).InUse().Model);
            using var progress = ProgressLine.OnTerminal(TimeProvider.System);
            var result = await new Backtest(store, scorer).RunAsync(plan, read => progress?.Say($"{read.Done:#,0} of {read.All:#,0} posts"), ct);
            progress?.Dispose();
            if (parsed.GetValue(StoreVerb.Json))
            {
                await Console.Out.WriteLineAsync(CasesVerbJson.Of(BacktestVerbJson.Of(result, compared.What, since)));
                return Exit.Done;
            }
            new BacktestVerbSheet(result, compared.What, since).WriteTo(VerbPaper.Standard());
            return Exit.Done;
        });
    }

    private static void RefuseOddChoice(CommandResult verb)
    {
        var query = verb.GetValue(Query) is not null;
        if (new[] { verb.GetValue(With) is not null, query, verb.GetValue(Without) is not null }.Count(given => given) > 1)
        {
            verb.AddError("Give one of --with, --query and --without: one change at a time. Several changes can be tried together as a file, by --with.");
        }
        if (!query && (verb.GetValue(Watch) ?? verb.GetValue(Team) ?? verb.GetValue(Alert)) is not null)
        {
            verb.AddError("--watch, --team and --alert belong to --query.");
        }
        if (verb.GetResult(Examples) is { Errors: var wrong } && !wrong.Any() && verb.GetValue(Examples) is < 0 or > MostExamples)
        {
            verb.AddError($"--examples is not from 0 to {MostExamples}.");
        }
    }
}
