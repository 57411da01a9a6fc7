using System.CommandLine;
using ListeningBot.Core.Scoring.Training;
using ListeningBot.Learning;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`train`: makes the shipped model from the built-in corpus and public sets, or learns from the team's own verdicts.</summary>
internal static class TrainVerb
{
    private static readonly Option<bool> FromCases = new("--from-cases") { Description = "Learn from your team's verdicts (\"Not a complaint\", \"Is a complaint\", outcomes, priorities set by people); kept only when it judges better. Also while the bot runs, which takes it up by itself" };
    private static readonly Option<bool> List = new("--list") { Description = "Which models your team has, what they learned from, and which is in use" };
    private static readonly Option<bool> Rollback = new("--rollback") { Description = "Back to the model before the one in use, at last to the shipped one" };
    private static readonly Option<FileInfo?> Into = new("--out") { Description = "For developers: make the shipped model from the built-in corpus, and write it here; the same files give the same bytes" };
    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "With --out: a folder with public sets as NAME.jsonl; those known to be free to learn from take part" };

    public static Command Create()
    {
        var verb = new Command("train", "Learn from your team's verdicts (--from-cases), look at what was learned (--list), take it back (--rollback); or make the shipped model (--out)") { FromCases, List, Rollback, Into, Data };
        verb.SetAction((parsed, ct) => (parsed.GetValue(FromCases), parsed.GetValue(List), parsed.GetValue(Rollback), parsed.GetValue(Into)) switch
        {
            (true, false, false, null) when parsed.GetValue(Data) is null =>
                StoreVerb.RunAsync(parsed, store => new TrainVerbCases(store, FolderOf(parsed), TimeProvider.System).RunAsync(VerbPaper.Standard(), Console.Error, ct)),
            (false, true, false, null) when parsed.GetValue(Data) is null => Task.FromResult(OfTeam(parsed, folder => TrainVerbModels.List(folder, VerbPaper.Standard(), Console.Error))),
            (false, false, true, null) when parsed.GetValue(Data) is null => Task.FromResult(OfTeam(parsed, folder => TrainVerbModels.RollBack(folder, VerbPaper.Standard(), Console.Error))),
            (false, false, false, { } into) => Task.FromResult(Make(parsed.GetValue(Data), into, Console.Out, Console.Error)),
            _ => Task.FromResult(TellChoice(Console.Error)),
        });
        return verb;
    }

    public static int Make(DirectoryInfo? data, FileInfo into, TextWriter output, TextWriter messages)
    {
        if (data is { Exists: false })
        {
            messages.WriteLine($"--data: there is no folder {data.FullName}. Name one with sets as NAME.jsonl, or leave --data out.");
            return Exit.BadInput;
        }
        if (Directory.Exists(into.FullName) || into.Directory is not { Exists: true })
        {
            messages.WriteLine($"--out: {into.FullName} is no file that can be written: {(Directory.Exists(into.FullName) ? "it is a folder. Name a file in it." : "its folder is missing. Make it first.")}");
            return Exit.BadInput;
        }
        try
        {
            return Make(data, into, $"{into.FullName}.{Guid.NewGuid():N}.tmp", output, messages);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            messages.WriteLine($"{e.Message} Nothing was written to {into.FullName}.");
            return Exit.BadInput;
        }
    }

    /// <summary>Whole or not at all; and whether it can be written there shows before the minute of training.</summary>
    private static int Make(DirectoryInfo? data, FileInfo into, string temporary, TextWriter output, TextWriter messages)
    {
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew))
            {
                var model = Workshop.Make(data, messages.WriteLine);
                model.Write(file);
                output.WriteLine($"model {model.Manifest.Version}, {file.Length} bytes, in {into.FullName}");
            }
            File.Move(temporary, into.FullName, overwrite: true);
            return Exit.Done;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Where neither store nor models are, somebody stands in the wrong folder: to say that the shipped model is in use would be a guess.</summary>
    private static int OfTeam(ParseResult parsed, Func<ModelFolder, int> work)
    {
        var (place, folder) = (StoreVerb.PlaceOf(parsed), FolderOf(parsed));
        if (Stores.MayBeThere(place) || Directory.Exists(folder.Path))
        {
            return work(folder);
        }
        Console.Error.WriteLine(StoreFaults.NotThere(Path.GetFullPath(place.Path)).Message);
        return Exit.BadInput;
    }

    private static ModelFolder FolderOf(ParseResult parsed) => ModelFolder.Beside(StoreVerb.PlaceOf(parsed).Path);

    private static int TellChoice(TextWriter messages)
    {
        messages.WriteLine("Say which, and only one of them:");
        messages.WriteLine("  train --from-cases          learn from your team's verdicts; kept only when it judges better");
        messages.WriteLine("  train --list                which models there are, and which is in use");
        messages.WriteLine("  train --rollback            back to the one before");
        messages.WriteLine("  train --out FILE [--data DIR]  for developers: make the shipped model");
        return Exit.Usage;
    }
}
