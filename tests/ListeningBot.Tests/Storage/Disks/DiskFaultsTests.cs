using System.Collections.Concurrent;
using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace ListeningBot.Tests.Storage.Disks;

/// <summary>
/// The disk fails now and then below SQLite while several write and read: who asked is told in plain words, the work goes on when the disk is well, nothing that was told to be stored is lost
/// and nothing that was told to have failed is kept. `LISTENINGBOT_DISK_FAULTS=50` asks for more stores than `tests/run` does.
/// </summary>
public sealed class DiskFaultsTests(ITestOutputHelper output)
{
    private const int Changes = 120;
    private static readonly int Stores = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_DISK_FAULTS") ?? "2", CultureInfo.InvariantCulture);

    private static readonly string[] Words =
    [
        "The disk failed under the database ",
        "Nothing more can be written to the database ",
        "is locked by another program (a database tool or a backup, perhaps). Close that program; the work goes on by itself.",
        "can't be opened (",
    ];

    public enum Trouble
    {
        SyncFails,
        DiskFull,
        ShortWrites,
        ReadsFail,
        Locked,
        Everything,
    }

    public static TheoryData<Trouble> Troubles => [.. Enum.GetValues<Trouble>()];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Who_asked_is_told_the_work_goes_on_and_nothing_acknowledged_is_lost(Trouble trouble)
    {
        int told = 0, spoilt = 0;
        for (var i = 0; i < Stores; i++)
        {
            var seed = Random.Shared.Next();
            try
            {
                var (exceptions, calls) = await OneStoreAsync(trouble, new Random(seed));
                (told, spoilt) = (told + exceptions, spoilt + calls);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"Seed {seed}: {e}");
            }
        }
        output.WriteLine($"{trouble}: {Stores * Changes} changes, {spoilt} calls of the disk failed, {told} askers were told");
        Assert.True(spoilt > 0);
    }

    [Fact]
    public async Task What_was_taken_in_by_half_before_a_failed_sync_is_there_after_the_power_fails()
    {
        for (var i = 0; i < 5; i++)
        {
            var seed = Random.Shared.Next();
            var (folder, left) = (Directory.CreateTempSubdirectory("faults").FullName, Directory.CreateTempSubdirectory("faults").FullName);
            using (var disk = new WatchedDisk(folder, new Random(seed)))
            {
                await using var store = Open(folder, new StoreOptions { BusyMilliseconds = 20, Vfs = WatchedVfs.Name, CheckpointPages = 20 });
                await WriteAsync(store, 3);
                using (var goesOn = new ManualResetEventSlim())
                {
                    var begun = new TaskCompletionSource();
                    var reading = store.ReadAsync(view =>
                    {
                        NumberedWork.Last(view);
                        begun.SetResult();
                        return goesOn.Wait(TimeSpan.FromMinutes(1));
                    });
                    await begun.Task;
                    await WriteAsync(store, 5);
                    goesOn.Set();
                    Assert.True(await reading);
                }
                var failed = 0;
                disk.Fault = (call, name) => call == DiskCall.Sync && name == "bot.db" && failed++ == 0 ? raw.SQLITE_IOERR_FSYNC : 0;
                await WriteAsync(store, 20);
                Assert.True(failed > 0);
                Assert.Equal("28 changes: ", await store.ReadAsync(Standing));
                disk.LeaveTo(left);
            }
            await using (var after = Open(left, new StoreOptions()))
            {
                Assert.True(await after.ReadAsync(Standing) == "28 changes: ", $"Seed {seed}");
            }
            Directory.Delete(folder, recursive: true);
            Directory.Delete(left, recursive: true);
        }
    }

    [Fact]
    public async Task The_log_is_taken_in_as_it_grows_and_does_not_grow_for_ever()
    {
        var folder = Directory.CreateTempSubdirectory("faults").FullName;
        await using (var store = Open(folder, new StoreOptions { CheckpointPages = 20 }))
        {
            // What the schema took stays its size; 100 changes are some thousand pages.
            await WriteAsync(store, 100);
            Assert.InRange(new FileInfo(Path.Combine(folder, "bot.db-wal")).Length, 1, 300 * 4096);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task WriteAsync(SqliteStore store, int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            await store.WriteAsync(NumberedWork.Next);
        }
    }

    private static async Task<(int Told, int Spoilt)> OneStoreAsync(Trouble trouble, Random random)
    {
        var (folder, left) = (Directory.CreateTempSubdirectory("faults").FullName, Directory.CreateTempSubdirectory("faults").FullName);
        var words = new ConcurrentBag<string>();
        var weather = new Weather(trouble, new Random(random.Next()));
        using (var disk = new WatchedDisk(folder, random))
        {
            var options = new StoreOptions { BusyMilliseconds = 20, Vfs = WatchedVfs.Name, CheckpointPages = random.Next(1, 200) };
            await using var store = Open(folder, options);
            disk.Fault = weather.Of;
            var remaining = Changes;
            using var end = new CancellationTokenSource();
            var reader = Task.Run(() => ReadAsync(store, words, end.Token));
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref remaining) >= 0)
                {
                    await UntilStoredAsync(store, words);
                }
            })));
            await end.CancelAsync();
            await reader;
            disk.Fault = (_, _) => 0;

            // As many as were told, no more and no less; and the next is taken at once.
            await store.WriteAsync(NumberedWork.Next);
            Assert.Equal(AllThere, await store.ReadAsync(Standing));
            disk.LeaveTo(left);
        }
        Assert.All(words, said => Assert.Contains(Words, part => said.Contains(part, StringComparison.Ordinal)));
        await using (var after = Open(left, new StoreOptions()))
        {
            Assert.Equal(AllThere, await after.ReadAsync(Standing));
        }
        Directory.Delete(folder, recursive: true);
        Directory.Delete(left, recursive: true);
        return (words.Count, weather.Spoilt);
    }

    private static async Task UntilStoredAsync(SqliteStore store, ConcurrentBag<string> words)
    {
        while (true)
        {
            try
            {
                await store.WriteAsync(NumberedWork.Next);
                return;
            }
            catch (StoreException e)
            {
                words.Add(e.Message);
            }
        }
    }

    private static async Task ReadAsync(SqliteStore store, ConcurrentBag<string> words, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                Assert.Empty(await store.ReadAsync(NumberedWork.Faults, CancellationToken.None));
            }
            catch (StoreException e)
            {
                words.Add(e.Message);
            }
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct));
        }
    }

    private static readonly string AllThere = $"{Changes + 1} changes: ";

    private static string Standing(IStoreView view) => $"{NumberedWork.Last(view)} changes: {string.Join(", ", NumberedWork.Faults(view))}";

    private static SqliteStore Open(string folder, StoreOptions options) => SqliteStore.Open(Path.Combine(folder, "bot.db"), NullLogger<SqliteStore>.Instance, options);

    /// <summary>Fair for a while, then foul for a while, counted in calls: so it ends by itself however little gets through.</summary>
    private sealed class Weather(Trouble trouble, Random random)
    {
        private readonly Lock _gate = new();
        private bool _foul;
        private int _left = 3;
        private double _share;

        public int Spoilt { get; private set; }

        public int Of(DiskCall call, string name)
        {
            lock (_gate)
            {
                if (CodeOf(call) is not { } code)
                {
                    return 0;
                }
                if (--_left <= 0)
                {
                    (_foul, _share) = (!_foul, random.Next(3) switch { 0 => 1, 1 => 0.5, _ => 0.05 });
                    _left = random.Next(1, trouble == Trouble.SyncFails ? 6 : _foul || !Writes ? 60 : 1500);
                }
                if (!_foul || random.NextDouble() >= _share)
                {
                    return 0;
                }
                Spoilt++;
                return code;
            }
        }

        /// <summary>One change is some hundred writes: it must get through in fair weather now and then.</summary>
        private bool Writes => CodeOf(DiskCall.Write) is not null;

        private int? CodeOf(DiskCall call) => (trouble, call) switch
        {
            (Trouble.SyncFails or Trouble.Everything, DiskCall.Sync) => raw.SQLITE_IOERR_FSYNC,
            (Trouble.DiskFull, DiskCall.Write) => raw.SQLITE_FULL,
            (Trouble.ShortWrites or Trouble.Everything, DiskCall.Write) => raw.SQLITE_IOERR_WRITE,
            (Trouble.ReadsFail or Trouble.Everything, DiskCall.Read) => raw.SQLITE_IOERR_READ,
            (Trouble.Everything, DiskCall.Truncate) => raw.SQLITE_IOERR_TRUNCATE,
            (Trouble.Everything, DiskCall.Open) => raw.SQLITE_CANTOPEN,
            (Trouble.Locked or Trouble.Everything, DiskCall.Lock) => raw.SQLITE_BUSY,
            _ => null,
        };
    }
}
