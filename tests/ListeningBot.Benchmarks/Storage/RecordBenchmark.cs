using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Benchmarks.Storage;

/// <summary>
/// Durable cases: each waiter records a case, waits until it is on the disk, and records the next.
/// Commits a case are printed after each run. The folder for the files can be chosen with LISTENINGBOT_BENCH_DIR (default: the temporary folder).
/// PostgreSQL needs an empty database that may be filled: LISTENINGBOT_BENCH_POSTGRES has its connection string. Each run takes a schema of its own there.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InThisProcess))]
public class RecordBenchmark
{
    private sealed class InThisProcess : ManualConfig
    {
        // BenchmarkDotNet's own generated project does not restore with pinned packages, so the runs stay in this process.
        public InThisProcess() => AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring)
            .WithLaunchCount(1).WithWarmupCount(2).WithIterationCount(6));
    }

    private const int CasesARun = 2000;
    private string _folder = "";
    private Store? _store;
    private UsualWay? _usual;
    private UsualWayOfPostgres? _usualOfPostgres;
    private int _number;

    [Params(1, 32, 64, 1000)]
    public int Waiters { get; set; }

    [GlobalSetup(Target = nameof(GroupCommitOnPostgres))]
    public void OpenPostgres() => _store = PostgresStore.Open(NewSchema(), NullLogger.Instance);

    [GlobalSetup(Target = nameof(OneByOneOnPostgres))]
    public void OpenUsualWayOfPostgres()
    {
        var schema = NewSchema();
        PostgresStore.Open(schema, NullLogger.Instance).DisposeAsync().AsTask().GetAwaiter().GetResult();
        _usualOfPostgres = new UsualWayOfPostgres(schema);
    }

    [GlobalSetup(Target = nameof(GroupCommit))]
    public void OpenStore() => _store = SqliteStore.Open(NewFile(), NullLogger<SqliteStore>.Instance);

    [GlobalSetup(Target = nameof(OneByOne))]
    public void OpenUsualWay()
    {
        // Setup in this process is not awaited.
        var path = NewFile();
        SqliteStore.Open(path, NullLogger<SqliteStore>.Instance).DisposeAsync().AsTask().GetAwaiter().GetResult();
        _usual = new UsualWay(path);
    }

    [Benchmark(OperationsPerInvoke = CasesARun)]
    public Task GroupCommitOnPostgres() => RunAsync(number => _store!.WriteAsync(tx => Cases.Record(tx, number)));

    [Benchmark(OperationsPerInvoke = CasesARun)]
    public Task OneByOneOnPostgres() => RunAsync(_usualOfPostgres!.RecordAsync);

    [Benchmark(OperationsPerInvoke = CasesARun)]
    public Task GroupCommit() => RunAsync(number => _store!.WriteAsync(tx => Cases.Record(tx, number)));

    [Benchmark(Baseline = true, OperationsPerInvoke = CasesARun)]
    public Task OneByOne() => RunAsync(_usual!.RecordAsync);

    [GlobalCleanup]
    public void Close()
    {
        if (_store is not null)
        {
            Console.WriteLine($"// {Waiters} waiters: {_store.Commits} commits for {_number} cases, {(double)_store.Commits / _number:0.0000} a case");
            _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        _usual?.Dispose();
        _usualOfPostgres?.Dispose();
        if (_folder.Length > 0)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Task RunAsync(Func<int, Task> record)
    {
        var end = _number + CasesARun;
        return Task.WhenAll(Enumerable.Range(0, Waiters).Select(async _ =>
        {
            for (var number = Interlocked.Increment(ref _number); number <= end; number = Interlocked.Increment(ref _number))
            {
                await record(number);
            }
            Interlocked.Decrement(ref _number);
        }));
    }

    private static string NewSchema() =>
        (Environment.GetEnvironmentVariable("LISTENINGBOT_BENCH_POSTGRES") ?? throw new InvalidOperationException("Let LISTENINGBOT_BENCH_POSTGRES be the connection string of an empty database."))
        + $";Search Path=bench_{Guid.NewGuid():N}";

    private string NewFile()
    {
        var parent = Environment.GetEnvironmentVariable("LISTENINGBOT_BENCH_DIR") ?? Path.GetTempPath();
        _folder = Path.Combine(parent, "listeningbot-bench-" + Guid.NewGuid().ToString("N"));
        return Path.Combine(_folder, "bot.db");
    }
}
