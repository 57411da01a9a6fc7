using System.CommandLine;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Cli;

/// <summary>`train`: makes the shipped model from the built-in corpus and public sets.</summary>
internal static class TrainVerb
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "A folder with public sets as NAME.jsonl; those known to be free to learn from take part" };
        var into = new Option<FileInfo>("--out") { Description = "Where the model is written", Required = true };
        var verb = new Command("train", "Make the scorer's model from the built-in corpus, and from public sets where their files are given; the same files give the same bytes") { data, into };
        verb.SetAction(parsed => Make(parsed.GetValue(data), parsed.GetValue(into)!, Console.Out, Console.Error));
        return verb;
    }

    public static int Make(DirectoryInfo? data, FileInfo into, TextWriter output, TextWriter messages)
    {
        if (data is { Exists: false })
        {
            messages.WriteLine($"--data: there is no folder {data.FullName}");
            return Exit.BadInput;
        }
        try
        {
            var model = Workshop.Make(data, messages.WriteLine);
            using var file = into.Create();
            model.Write(file);
            output.WriteLine($"model {model.Manifest.Version}, {file.Length} bytes, in {into.FullName}");
            return Exit.Done;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            messages.WriteLine(e.Message);
            return Exit.BadInput;
        }
    }
}
