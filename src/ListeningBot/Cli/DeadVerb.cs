using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ListeningBot.Cli;

/// <summary>`dead`: what could not be dealt with. Works beside a running bot, which does what is to be tried again.</summary>
internal static class DeadVerb
{
    private static readonly Argument<string[]> Which = new("which") { Description = "Numbers in the list, or all", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<string> One = new("which") { Description = "Its number in the list" };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most this many", DefaultValueFactory = _ => 100 };

    public static Command Create()
    {
        Which.Validators.Add(result => RefuseNoNumber(result, all: result.Tokens.Count == 1));
        One.Validators.Add(result => RefuseNoNumber(result, all: false));
        Limit.Validators.Add(CommandLine.RefuseNoCount);
        var list = new Command("list", "What waits, the oldest first") { Limit, StoreVerb.Json };
        list.SetAction(ListAsync);
        var show = new Command("show", "One of them: what it is, why it failed, how it began") { One, StoreVerb.Json };
        show.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, store => DeadVerbList.ShowAsync(store, IdOf(parsed.GetValue(One)!), parsed.GetValue(StoreVerb.Json), Console.Out, Console.Error, ct)));
        var retry = new Command("retry", "Has the running bot try them again") { Which };
        retry.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, store => new DeadVerbRetry(store, TimeProvider.System, Console.Out, Console.Error).RunAsync(IdsOf(parsed.GetValue(Which)!), ct)));
        var drop = new Command("drop", "Puts them away: nothing more is done about them") { Which };
        drop.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, store => DeadVerbList.DropAsync(store, IdsOf(parsed.GetValue(Which)!), Console.Out, Console.Error, ct)));
        var verb = new Command("dead", "What could not be dealt with and waits for you: items, cards, pings, presses; also while the bot runs") { list, show, retry, drop, Limit, StoreVerb.Json };
        verb.SetAction(ListAsync);
        return verb;
    }

    private static Task<int> ListAsync(ParseResult parsed, CancellationToken ct) =>
        StoreVerb.RunAsync(parsed, store => DeadVerbList.WriteAsync(store, parsed.GetValue(Limit), parsed.GetValue(StoreVerb.Json), TimeProvider.System.GetUtcNow(), Console.Out, VerbPaper.Standard(), ct));

    /// <summary>Null for all.</summary>
    private static IReadOnlyList<long>? IdsOf(string[] which) => which is ["all"] ? null : [.. which.Select(IdOf).Distinct()];

    private static long IdOf(string which) => long.Parse(which, CultureInfo.InvariantCulture);

    private static void RefuseNoNumber(ArgumentResult result, bool all)
    {
        foreach (var given in result.Tokens.Select(token => token.Value).Where(given => !(all && given == "all") && !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            result.AddError(given == "all" ? "all stands alone: write it without a number." : $"\"{given}\" is no number of the list. Write the number that `dead` shows{(all ? ", or all" : "")}.");
        }
    }
}
