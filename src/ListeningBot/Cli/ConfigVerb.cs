using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>`config`: what is live, what is held, what was live before, and the way back. Works beside a running bot, which follows within two seconds.</summary>
internal static class ConfigVerb
{
    private static readonly Argument<long> Number = new("version") { Description = "The version's number, from `config history`" };

    public static Command Create()
    {
        Number.Validators.Add(RefuseNoVersion);
        return new Command("config", "What is live of the configuration, what is held and what was before; also while the bot runs")
        {
            Verb("status", "What is live, what is held, and whether the files here are what is live", (parsed, store, ct) => new ConfigVerbStatus(Reader(parsed)).WriteAsync(store, VerbPaper.Standard(), ct)),
            Verb("history", "Every version that was live: when, by whom, what it changed", (parsed, store, ct) => ConfigVerbHistory.WriteAsync(store, parsed.GetValue(StoreVerb.Json), Console.Out, VerbPaper.Standard(), ct), StoreVerb.Json),
            Verb("show", "One version: what it changed, and the managers' files as they were", (parsed, store, ct) => ConfigVerbHistory.ShowAsync(store, parsed.GetValue(Number), VerbPaper.Standard(), ct), Number),
            Verb("restore", "Write the managers' files of a version back to config/; they go live like an edit", (parsed, store, ct) => new ConfigVerbRestore(Reader(parsed)).RunAsync(store, parsed.GetValue(Number), VerbPaper.Standard(), ct), Number),
            Verb("apply", "Let the held change go live", (_, store, ct) => DecideAsync(store, apply: true, VerbPaper.Standard(), TimeProvider.System, ct)),
            Verb("discard", "Drop the held change; what is live stays", (_, store, ct) => DecideAsync(store, apply: false, VerbPaper.Standard(), TimeProvider.System, ct)),
        };
    }

    public static async Task<int> DecideAsync(IStore store, bool apply, VerbPaper paper, TimeProvider time, CancellationToken ct)
    {
        var ((done, say), _) = await ConfigDesk.WriteAsync(
            store,
            time,
            (tx, desk) => tx.LatestHeld() is (var id, HeldStanding.Held) ? desk.Decide(id, apply, $"{Environment.UserName} at the command line") : (false, "No change is held. Nothing was changed."),
            ct);
        paper.Write(say);
        return done ? Exit.Done : Exit.BadInput;
    }

    private static SettingsReader Reader(ParseResult parsed) => new(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds);

    private static Command Verb(string name, string description, Func<ParseResult, IStore, CancellationToken, Task<int>> work, Symbol? also = null)
    {
        var verb = new Command(name, description);
        if (also is Option option)
        {
            verb.Options.Add(option);
        }
        else if (also is Argument argument)
        {
            verb.Arguments.Add(argument);
        }
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(parsed, store => work(parsed, store, ct)));
        return verb;
    }

    private static void RefuseNoVersion(ArgumentResult result)
    {
        if (result.Tokens is [var given] && !long.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            result.AddError($"\"{given.Value}\" is no version. Write its number, as `config history` shows it: config show 12.");
        }
    }
}
