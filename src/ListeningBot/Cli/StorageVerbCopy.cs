using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`storage copy`: a SQLite history into PostgreSQL.</summary>
internal sealed class StorageVerbCopy(StorePlace place, TimeProvider time, VerbPaper paper)
{
    /// <param name="file">Null: the one that is configured.</param>
    public int Run(string? file, CancellationToken ct)
    {
        if (!place.IsShared)
        {
            throw new StoreException("Storage:Connection names no PostgreSQL database to copy to. Give it LISTENINGBOT__Storage__Connection=\"Host=...;Database=...;Username=...;Password=...\".");
        }
        var from = Path.GetFullPath(file ?? place.Path);
        long rows;
        using (var progress = ProgressLine.OnTerminal(time))
        {
            rows = StoreCopy.IntoPostgres(from, PostgresPlace.Of(place.Connection), putBack: null, time.GetUtcNow(), copied => progress?.Say(StorageVerbBackup.Rows(copied)), ct);
        }
        paper.Write(string.Create(CultureInfo.InvariantCulture, $"Copied {from} to the {place}: {rows:#,0} rows, each read back and compared."));
        paper.Write($"The file was not changed; {Path.GetFileName(MovedStore.MarkOf(from))} beside it keeps any bot from going on from it. Start the bot with Storage:Connection, and keep the file until all is well.");
        return Exit.Done;
    }
}
