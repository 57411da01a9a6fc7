using System.Collections.Concurrent;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace ListeningBot.Tests.Storage.Disks;

/// <summary>One store whose power fails again and again, at a random change below SQLite, while it is made, brought up to date, written, read, checkpointed, vacuumed and closed.</summary>
internal sealed class PowerLoss(int seed) : IDisposable
{
    private const int BusyMilliseconds = 2000;
    private static readonly int[] Depths = [60, 1000, 10_000];
    private readonly Random _random = new(seed);
    private string _folder = NewFolder();
    private long _acknowledged;

    /// <summary>How many changes the store held after the last failure.</summary>
    public long Kept { get; private set; }

    /// <summary>How many of them nobody had been told of.</summary>
    public long Unheard { get; private set; }

    /// <summary>Runs until the power fails, then opens what is left and looks.</summary>
    public async Task FailOnceAsync()
    {
        var acknowledged = _acknowledged;
        var asked = new ConcurrentBag<Task<long>>();
        var told = false;
        void CountAcknowledged()
        {
            told = true;
            acknowledged = asked.Where(one => one.IsCompletedSuccessfully).Select(one => one.Result).Append(acknowledged).Max();
        }
        using (var disk = new WatchedDisk(_folder, new Random(_random.Next())) { FailsAt = _random.Next(1, Depths[_random.Next(Depths.Length)]), Failing = CountAcknowledged })
        {
            var options = new StoreOptions { BusyMilliseconds = BusyMilliseconds, Vfs = WatchedVfs.Name, CheckpointPages = _random.Next(1, 1 << _random.Next(1, 12)) };
            await RunAsync(options, asked, changes: _random.Next(200), vacuum: _random.Next(3) == 0);
            if (!told)
            {
                CountAcknowledged();
            }
            var left = NewFolder();
            disk.LeaveTo(left);
            Directory.Delete(_folder, recursive: true);
            _folder = left;
        }
        await LookAsync(acknowledged);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task RunAsync(StoreOptions options, ConcurrentBag<Task<long>> asked, int changes, bool vacuum)
    {
        SqliteStore store;
        try
        {
            store = Open(options);
        }
        catch (StoreException)
        {
            return;
        }
        var left = changes;
        var writers = Enumerable.Range(0, _random.Next(1, 12)).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var one = store.WriteAsync(NumberedWork.Next);
                asked.Add(one);
                await one;
            }
        })).ToList();
        if (vacuum)
        {
            writers.Add(Task.Run(() => Vacuum(options)));
        }
        foreach (var writer in writers)
        {
            try
            {
                await writer;
            }
            catch (StoreException)
            {
                // The power is gone: everything fails from here on.
            }
        }
        await store.DisposeAsync();
    }

    /// <summary>As an erasure does beside a running bot.</summary>
    private void Vacuum(StoreOptions options)
    {
        using var db = SqliteDb.OpenWriter(Path.Combine(_folder, "bot.db"), options.BusyMilliseconds, options.Vfs);
        db.Execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private async Task LookAsync(long acknowledged)
    {
        await using (var store = Open(new StoreOptions { BusyMilliseconds = BusyMilliseconds }))
        {
            var (last, faults) = await store.ReadAsync(view => (NumberedWork.Last(view), NumberedWork.Faults(view)));
            Assert.Empty(faults);
            Assert.True(last >= acknowledged, $"Change {acknowledged} was acknowledged, and {last} is the last one left.");
            Unheard += last - acknowledged;
            Kept = _acknowledged = last;
        }
        using var db = SqliteDb.OpenReader(Path.Combine(_folder, "bot.db"), BusyMilliseconds);
        using var row = db.Ask("PRAGMA integrity_check");
        Assert.True(row.Read());
        Assert.Equal("ok", row.Text(0));
        Assert.Equal(0, db.Number("SELECT count(*) FROM pragma_foreign_key_check"));
    }

    private SqliteStore Open(StoreOptions options) => SqliteStore.Open(Path.Combine(_folder, "bot.db"), NullLogger<SqliteStore>.Instance, options);

    private static string NewFolder() => Directory.CreateTempSubdirectory("power").FullName;
}
