using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Storage;

/// <summary>A real file system without room; needs the right to mount one.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task On_a_full_disk_the_store_says_so_and_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.Mount("2m");
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
        await using var store = SqliteStore.Open(Path.Combine(disk.Folder, "bot.db"), NullLogger<SqliteStore>.Instance);

        var (kept, failed) = await FillAsync(store);
        Assert.Contains("full", failed.Message);
        Assert.DoesNotContain("xxxx", failed.Message);

        File.Delete(ballast);
        Assert.True(await store.WriteAsync(tx => Keep(tx, "after")));
        Assert.Equal(kept, await store.ReadAsync(view => Enumerable.Range(0, 10_000).TakeWhile(i => view.Document("document " + i) is not null).Count()));
        Assert.NotNull(await store.ReadAsync(view => view.Document("after")));
    }

    [Fact]
    public async Task A_file_system_that_became_read_only_is_not_taken_for_a_second_program()
    {
        using var disk = SmallDisk.Mount("2m");
        var path = Path.Combine(disk.Folder, "bot.db");
        await SqliteStore.Open(path, NullLogger<SqliteStore>.Instance).DisposeAsync();
        disk.MakeReadOnly();

        foreach (var (place, folder) in new[] { (path, disk.Folder), (Path.Combine(disk.Folder, "deep", "bot.db"), Path.Combine(disk.Folder, "deep")) })
        {
            var refused = Assert.Throws<StoreException>(() => SqliteStore.Open(place, NullLogger<SqliteStore>.Instance));
            Assert.Equal($"Nothing can be written in the folder {folder}: it is read-only, or not this user's. Let this user write there, or let Storage:Path name another place.", refused.Message);
        }
    }

    private static async Task<(int Kept, StoreException Failed)> FillAsync(SqliteStore store)
    {
        for (var kept = 0; ; kept++)
        {
            var name = "document " + kept;
            if (await Record.ExceptionAsync(() => store.WriteAsync(tx => Keep(tx, name))) is { } failed)
            {
                return (kept, Assert.IsType<StoreException>(failed));
            }
        }
    }

    private static bool Keep(IStoreTx tx, string name)
    {
        tx.KeepDocument(name, new string('x', 8000), TimeProvider.System.GetUtcNow());
        return true;
    }
}
