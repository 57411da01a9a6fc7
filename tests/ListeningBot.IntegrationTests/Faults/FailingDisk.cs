using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>What of a disk fails: calls of the system with the error that they give instead of being made.</summary>
/// <param name="Calls">By their names, with the error of each and, behind a second colon, which of them fail: "pwrite64:EIO:2+3" is every third from the second on.</param>
/// <param name="InLog">Of the log beside the store.</param>
/// <param name="InFile">Of the store's own file.</param>
public sealed record DiskFault(string What, IReadOnlyList<string> Calls, bool InLog = true, bool InFile = true);

/// <summary>A running program's calls on its store fail, below the program, until this is disposed. strace holds each call and puts the error in its place; what does not fail is made as always.</summary>
internal sealed partial class FailingDisk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _strace;
    private readonly string _log = Path.GetTempFileName();
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _said = new();

    private FailingDisk(int process, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("strace") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var word in (string[])["-f", "-o", _log, "-p", $"{process}", .. words])
        {
            start.ArgumentList.Add(word);
        }
        _strace = new Process { StartInfo = start, EnableRaisingEvents = true };
        _strace.ErrorDataReceived += (_, line) => Hear(line.Data);
        _strace.Exited += (_, _) => _attached.TrySetException(new InvalidOperationException($"strace ended: {string.Join('\n', _said)}"));
        _strace.Start();
        _strace.BeginErrorReadLine();
    }

    /// <summary>How many calls failed so far.</summary>
    public int Failed => Failures().Count;

    /// <summary>The most that failed within one second by the clock.</summary>
    public int MostFailedASecond => Failures().CountBy(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split('.')[0]).Select(second => second.Value).DefaultIfEmpty(0).Max();

    public static async Task SkipIfImpossibleAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace"))), "There is no program \"strace\" (Debian: apt-get install strace)");
        using var other = Process.Start("sleep", "60");
        try
        {
            await (await OfAsync(other.Id, "/nowhere", new DiskFault("nothing", ["pwrite64:EIO"]))).DisposeAsync();
        }
        catch (InvalidOperationException e)
        {
            Assert.Skip($"One process may not hold another here, as in some containers: {e.Message}");
        }
        finally
        {
            other.Kill();
        }
    }

    /// <summary>Comes back when the disk fails.</summary>
    public static async Task<FailingDisk> OfAsync(int process, string store, DiskFault fault)
    {
        var calls = fault.Calls.Select(call => call.Split(':')).ToList();
        var disk = new FailingDisk(process,
        [
            "-ttt",
            .. fault.InFile ? (string[])["-P", store] : [],
            .. fault.InLog ? (string[])["-P", store + "-wal"] : [],
            "-e", "trace=" + string.Join(',', calls.Select(call => call[0])),
            .. calls.SelectMany(call => (string[])["-e", $"inject={call[0]}:error={call[1]}{(call.Length > 2 ? ":when=" + call[2] : "")}"]),
        ]);
        try
        {
            await disk._attached.Task.WaitAsync(Patience, TimeProvider.System);
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    /// <summary>The disk is well again; what it was asked for meanwhile is forgotten.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_strace.HasExited)
        {
            // Let go, it leaves the program as it is; killed, it could leave it stopped.
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-INT", $"{_strace.Id}"]) { UseShellExecute = false, RedirectStandardError = true })!;
            await kill.WaitForExitAsync();
            await _strace.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        }
        _strace.Dispose();
        File.Delete(_log);
    }

    private List<string> Failures()
    {
        using var reader = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Contains("(INJECTED)", StringComparison.Ordinal))];
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }
        _said.Enqueue(line);
        if (Attached().IsMatch(line))
        {
            _attached.TrySetResult();
        }
    }

    [GeneratedRegex("Process [0-9]+ attached")]
    private static partial Regex Attached();
}
