using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>Exit codes of every verb.</summary>
public static class Exit
{
    public const int Done = 0;

    /// <summary>What was given could not be used; said where and what to do.</summary>
    public const int BadInput = 1;
    public const int Usage = 2;
}

/// <summary>The command line as a whole. Cards, tables and machine output go to stdout, logs and progress to stderr.</summary>
public static class CommandLine
{
    /// <summary>The folder that holds appsettings.json and config/.</summary>
    public static Option<DirectoryInfo> ConfigOption { get; } = new("--config")
    {
        Description = "The folder with appsettings.json and config/ (default: where you are)",
        Recursive = true,
    };

    /// <summary>Longer than the host lets its parts take to stop, and shorter than whoever manages services waits before it kills (20 s).</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(15);

    /// <summary>What `--limit` of any verb says.</summary>
    internal static void RefuseNoCount(OptionResult result)
    {
        // The text, not the value: what is no number throws when it is asked for its value here.
        if (result.Tokens is [var given] && !(int.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            result.AddError($"--limit is \"{given.Value}\", not a number from 1. Write --limit 10.");
        }
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Listens for public complaints and puts each one in front of a human who can make it right.");
        root.Options.Add(ConfigOption);
        root.SetAction((parsed, ct) => RunVerb.RunAsync(parsed.GetValue(ConfigOption), demo: false, exitWhenIdle: false, ct));
        foreach (var verb in Program.Verbs())
        {
            root.Subcommands.Add(verb);
        }
        // Texts and accounts begin with @: it names no file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }
            if (parsed.UnmatchedTokens is [var unknown, ..] && Nearest.To(unknown, Known(parsed.CommandResult.Command)) is { } near)
            {
                await Console.Error.WriteLineAsync($"Did you mean {near}?");
            }
            await Console.Error.WriteLineAsync($"Try: listeningbot {Verbs(parsed.CommandResult, root)}--help");
            return Exit.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = EndsWithin, EnableDefaultExceptionHandler = false });
        }
        catch (StoreException e)
        {
            await Console.Error.WriteLineAsync(ByItself.NoMore(e));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Broken off.");
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"A fault of this program; please report it: {e}");
        }
        return Exit.BadInput;
    }

    private static string[] Known(Command verb) =>
        [.. verb.Subcommands.Select(inner => inner.Name), .. verb.Options.Select(option => option.Name), ConfigOption.Name];

    /// <summary>"cases show ": what was typed of verbs.</summary>
    private static string Verbs(SymbolResult? result, RootCommand root) =>
        result is CommandResult { Command: var verb } && verb != root ? $"{Verbs(result.Parent, root)}{verb.Name} " : "";
}
