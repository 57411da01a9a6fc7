using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`storage backup` and `storage restore`.</summary>
internal sealed class StorageVerbBackup(StorePlace place, TimeProvider time, VerbPaper paper)
{
    public async Task<int> MakeAsync(string target, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        using (var progress = ProgressLine.OnTerminal(time))
        {
            if (place.IsShared)
            {
                StoreBackup.Make(PostgresPlace.Of(place.Connection), target, now, copied => progress?.Say(Rows(copied)), ct);
            }
            else
            {
                StoreBackup.Make(place.Path, target, now, (done, all) => progress?.Say(Bytes(done, all)), ct);
            }
        }
        var full = Path.GetFullPath(target);
        paper.Write($"Backup written and checked: {full}, {Megabytes(new FileInfo(full).Length)}.");
        paper.Write($"It holds customers' words: keep it as safe as the store. Not in it: appsettings.json, the folders config/ and models/, passwords{(place.IsShared ? "" : ", *.refresh-token.json")}.");
        await NoteAsync(now, ct);
        return Exit.Done;
    }

    /// <summary>For `status` and /metrics. The backup is whole without it.</summary>
    private async Task NoteAsync(DateTimeOffset taken, CancellationToken ct)
    {
        try
        {
            await using var store = Stores.OpenBeside(place);
            await store.WriteAsync(tx => { Backups.Note(tx, taken); return true; }, ct);
        }
        catch (StoreException e)
        {
            paper.Write($"That it was made could not be noted in the store, so that `status` does not know of it: {ByItself.NoMore(e)}");
        }
    }

    public int Restore(string backup, CancellationToken ct)
    {
        DateTimeOffset taken;
        using (var progress = ProgressLine.OnTerminal(time))
        {
            taken = place.IsShared
                ? StoreBackup.Restore(backup, PostgresPlace.Of(place.Connection), time.GetUtcNow(), copied => progress?.Say(Rows(copied)), ct)
                : StoreBackup.Restore(backup, place.Path, time.GetUtcNow(), (done, all) => progress?.Say(Bytes(done, all)), ct);
        }
        paper.Write($"Put back: {place}, as it was on {taken.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Start the bot: it reads on from there.");
        paper.Write("Cards that rooms got after that moment are looked for before they are shown again. What was pressed, and what services can't give a second time, is missing from that moment on.");
        paper.Write("Whoever was erased after that moment is in it again: erase them once more (listeningbot cases erase).");
        return Exit.Done;
    }

    /// <summary>What the progress line says while rows are copied.</summary>
    public static FormattableString Rows(CopyProgress copied) => $"{copied.Table}: {copied.Done:#,0} of {copied.All:#,0} rows";

    private static FormattableString Bytes(long done, long all) => $"{done / 1_000_000.0:#,0.0} of about {all / 1_000_000.0:#,0.0} MB";

    public static string Megabytes(long bytes) => (bytes / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture) + " MB";
}
