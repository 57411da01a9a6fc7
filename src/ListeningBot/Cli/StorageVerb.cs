using System.CommandLine;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`storage`: backups, and whether the store is well.</summary>
internal static class StorageVerb
{
    private static readonly Argument<string> To = new("file") { Description = "The backup to write: a file that is not there yet, in a folder that is" };
    private static readonly Argument<string> From = new("file") { Description = "The backup" };

    private static readonly Option<string?> File = new("--from") { Description = "The SQLite file to copy; default: Storage:Path" };

    public static Command Create()
    {
        var backup = new Command("backup", "Write the whole store to one file, also while the bot runs") { To };
        backup.SetAction((parsed, ct) => TryAsync(() => new StorageVerbBackup(StoreVerb.PlaceOf(parsed), TimeProvider.System, VerbPaper.Standard()).MakeAsync(parsed.GetValue(To)!, ct)));

        var restore = new Command("restore", "Put a backup back where no store is: stop the bot and move the old files away first") { From };
        restore.SetAction((parsed, ct) => TryAsync(async () =>
        {
            await StoreVerb.ExpectNoBotAsync(parsed, ct);
            return new StorageVerbBackup(StoreVerb.PlaceOf(parsed), TimeProvider.System, VerbPaper.Standard()).Restore(parsed.GetValue(From)!, ct);
        }));

        var check = new Command("check", "Whether the store is whole, how large it is, and what is kept since when; also while the bot runs");
        check.SetAction((parsed, _) => TryAsync(() => new StorageVerbCheck(StoreVerb.PlaceOf(parsed), TimeProvider.System).Write(VerbPaper.Standard())));

        var copy = new Command("copy", "Move a SQLite history to the PostgreSQL database of Storage:Connection: the bot is stopped, the database is empty") { File };
        copy.SetAction((parsed, ct) => TryAsync(() => new StorageVerbCopy(StoreVerb.PlaceOf(parsed), TimeProvider.System, VerbPaper.Standard()).Run(parsed.GetValue(File), ct)));
        return new Command("storage", "Back the store up, put a backup back, move it to PostgreSQL, check it") { backup, restore, check, copy };
    }

    private static Task<int> TryAsync(Func<int> work) => TryAsync(() => Task.FromResult(work()));

    private static async Task<int> TryAsync(Func<Task<int>> work)
    {
        try
        {
            return await Task.Run(work);
        }
        catch (StoreException e)
        {
            await Console.Error.WriteLineAsync(ByItself.NoMore(e));
            return Exit.BadInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Broken off; nothing was left behind.");
            return Exit.BadInput;
        }
    }
}
