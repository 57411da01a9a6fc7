using System.CommandLine;
using ListeningBot.Configuration;
using Spectre.Console;

namespace ListeningBot.Cli;

/// <summary>`check`: every problem of the configuration, or what it amounts to; `--online` also tries each service.</summary>
internal static class CheckVerb
{
    private static readonly Option<bool> Online = new("--online") { Description = "Also sign in to each service and send a test card to each room" };

    public static Command Create()
    {
        var verb = new Command("check", "Read all configuration and print every error with file, line and cure") { Online };
        verb.SetAction((parsed, ct) =>
        {
            var reader = new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds);
            return RunAsync(reader, parsed.GetValue(Online), VerbPaper.Standard(), TimeProvider.System, ct);
        });
        return verb;
    }

    public static async Task<int> RunAsync(SettingsReader reader, bool online, VerbPaper paper, TimeProvider time, CancellationToken ct)
    {
        var reading = reader.Read(reader.LoadTexts(), tried: null, measuring: true);
        if (reading.Settings is not { } settings)
        {
            TellProblems(reading.Problems, paper);
            TellWarnings(reading.Warnings, paper);
            return Exit.BadInput;
        }
        foreach (var sheet in CheckVerbSummary.Of(settings, time.GetUtcNow()))
        {
            paper.Write(sheet);
        }
        paper.Write(settings.Channels.Count == 0 ? $"What is written is good. {NothingToHear.Of(reading.Texts)}" : "The configuration is good.");
        TellWarnings(reading.Warnings, paper);
        await ConfigVerbStatus.TellStandingAsync(reader.Node, reading, settings, paper, ct);
        return !online || await new CheckVerbOnline(settings, paper, time).RunAsync(ct) ? Exit.Done : Exit.BadInput;
    }

    public static void TellProblems(IReadOnlyList<Problem> problems, VerbPaper paper) => Tell(problems, paper, problems.Count == 1 ? "1 problem." : $"{problems.Count} problems.");

    /// <summary>What is likely not meant in a query that was typed, such as "or" in small letters.</summary>
    public static void TellWarningsOfTried(SettingsReading reading, VerbPaper paper)
    {
        foreach (var warning in reading.Warnings.Where(TriedWatch.IsOf))
        {
            paper.Write(warning.ToString());
        }
    }

    private static void TellWarnings(IReadOnlyList<Problem> warnings, VerbPaper paper)
    {
        if (warnings.Count > 0)
        {
            Tell(warnings, paper, warnings.Count == 1 ? "1 warning. It keeps nothing from going live." : $"{warnings.Count} warnings. They keep nothing from going live.");
        }
    }

    private static void Tell(IReadOnlyList<Problem> all, VerbPaper paper, string count)
    {
        foreach (var one in all)
        {
            paper.Write(one.ToString());
        }
        paper.Write(count);
    }
}

/// <summary>Where a verb writes what it found: tables on a terminal, plain text elsewhere.</summary>
internal sealed class VerbPaper(TextWriter plain, IAnsiConsole? terminal)
{
    public static VerbPaper Standard() => new(Console.Out, Console.IsOutputRedirected ? null : AnsiConsole.Console);

    /// <summary>Null when it is no terminal.</summary>
    public IAnsiConsole? Terminal => terminal;

    public void Write(string line) => plain.WriteLine(CheckVerbSheet.Plain(line));

    public void Write(CheckVerbSheet sheet)
    {
        if (terminal is null)
        {
            sheet.WriteTo(plain);
            return;
        }
        sheet.WriteTo(terminal);
    }
}
