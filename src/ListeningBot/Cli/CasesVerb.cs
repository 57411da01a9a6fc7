using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ListeningBot.Configuration;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`cases`: what the store holds, and how a person is forgotten. Works beside a running bot.</summary>
internal static class CasesVerb
{
    private static readonly Option<string?> Team = new("--team") { Description = "Only cases of this team, also those that it shares" };
    private static readonly string[] States = [.. Enum.GetNames<CaseState>().Select(name => name.ToLowerInvariant())];
    private static readonly Option<CaseState[]> State = new("--state") { Description = $"Only cases in these states: {string.Join(", ", States)}", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> All = new("--all") { Description = "Also cases that have ended" };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most this many", DefaultValueFactory = _ => 50 };
    private static readonly Option<bool> Json = new("--json") { Description = "JSON instead of a table" };
    private static readonly Argument<long> Number = new("number") { Description = "The case's number" };
    private static readonly Option<string?> Author = new("--author") { Description = "Whom: an id, a handle, a mail address, the address of a profile, or a name" };
    private static readonly Option<string?> Since = new("--since") { Description = "What was first seen on this day (UTC) or later: 2026-11-01" };
    private static readonly Option<string> Whom = new("--author") { Description = Author.Description, Required = true };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask" };

    public static Command Create()
    {
        Limit.Validators.Add(CommandLine.RefuseNoCount);
        State.Validators.Add(RefuseNoState);
        Number.Validators.Add(RefuseNoCase);
        var list = new Command("list", "Cases in which somebody must act, the most urgent first") { Team, State, All, Limit, Json };
        list.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, async store =>
        {
            var asked = new CasesVerbList(parsed.GetValue(Team), parsed.GetValue(State) ?? [], parsed.GetValue(All), parsed.GetValue(Limit));
            await asked.WriteAsync(store, parsed.GetValue(Json), Console.Out, VerbPaper.Standard(), ct);
            return Exit.Done;
        }));

        var show = new Command("show", "One case: its state, its posts, everything that happened, promises and verdicts") { Number, Json };
        show.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, store => CasesVerbShow.RunAsync(store, parsed.GetValue(Number), parsed.GetValue(Json), Console.Out, Console.Error, ct)));

        var export = new Command("export", "Everything that is kept of a person, or since a day, as JSON lines") { Author, Since };
        export.SetAction((parsed, ct) => ExportAsync(parsed, ct));

        var erase = new Command("erase", "Forget a person: all that was kept of them, also on cards already shown") { Whom, Yes };
        erase.SetAction((parsed, ct) =>
        {
            var place = StoreVerb.PlaceOf(parsed);
            var ask = Console.IsInputRedirected ? null : Console.In;
            return StoreVerb.RunAsync(parsed, store => new CasesVerbErase(store, place, StoreWipe.Run, TimeProvider.System, Console.Out, Console.Error) { Reaches = StoreVerb.ReachesOf(parsed) }
                .RunAsync(parsed.GetValue(Whom)!, parsed.GetValue(Yes), ask, ct));
        });
        return new Command("cases", "Look through the cases, export or forget what is kept of a person; also while the bot runs") { list, show, export, erase };
    }

    private static async Task<int> ExportAsync(ParseResult parsed, CancellationToken ct)
    {
        var (who, day) = (parsed.GetValue(Author), parsed.GetValue(Since));
        if (who is null == day is null)
        {
            await Console.Error.WriteLineAsync("Say of whom, or since when: cases export --author @mia, or cases export --since 2026-11-01");
            return Exit.Usage;
        }
        if (day is not null && !DateTimeOffset.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            await Console.Error.WriteLineAsync($"--since is \"{day}\", not a day. Write --since 2026-11-01");
            return Exit.Usage;
        }
        return await StoreVerb.RunAsync(parsed, store => who is not null
            ? CasesVerbExport.OfPersonAsync(store, who, Console.Out, Console.Error, ct)
            : CasesVerbExport.SinceAsync(store, DateTimeOffset.Parse(day!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Console.Out, ct));
    }

    private static void RefuseNoState(OptionResult result)
    {
        foreach (var given in result.Tokens.Where(given => !States.Contains(given.Value, StringComparer.OrdinalIgnoreCase)))
        {
            result.AddError($"--state is \"{given.Value}\", which no case can be. {Nearest.Cure(given.Value, States, "")}");
        }
    }

    private static void RefuseNoCase(ArgumentResult result)
    {
        if (result.Tokens is [var given] && !long.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            result.AddError($"\"{given.Value}\" is no case's number. Write the number that stands on the card: cases show 12.");
        }
    }
}
