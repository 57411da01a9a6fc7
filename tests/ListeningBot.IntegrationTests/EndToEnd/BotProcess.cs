using System.Diagnostics;
using System.Text;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program, as a process of its own.</summary>
public sealed class BotProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private BotProcess(Process process) => _process = process;

    public string Output => Text(_output);
    public string Errors => Text(_errors);
    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;

    /// <param name="environment">Added to the process's own.</param>
    public static BotProcess Start(string workingFolder, IReadOnlyDictionary<string, string>? environment, params string[] args) => StartBy([], workingFolder, environment, args);

    /// <param name="by">A program and its arguments that becomes the one it is given; empty: none.</param>
    public static BotProcess StartBy(IReadOnlyList<string> by, string workingFolder, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        string[] words = [.. by, "dotnet"];
        var start = new ProcessStartInfo(words[0])
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words[1..])
        {
            start.ArgumentList.Add(word);
        }
        start.ArgumentList.Add(Environment.GetEnvironmentVariable("LISTENINGBOT_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "listeningbot.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        var process = new Process { StartInfo = start };
        var bot = new BotProcess(process);
        process.OutputDataReceived += (_, line) => bot.Keep(bot._output, line.Data);
        process.ErrorDataReceived += (_, line) => bot.Keep(bot._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return bot;
    }

    /// <summary>What it has used of processors so far, and the memory that it holds now, bytes.</summary>
    public (TimeSpan Processor, long Memory) Used
    {
        get
        {
            _process.Refresh();
            return (_process.TotalProcessorTime, _process.WorkingSet64);
        }
    }

    public StreamWriter Input => _process.StandardInput;

    /// <summary>SIGKILL: nothing of the program runs after this.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>"STOP" holds the process as it is, "CONT" lets it go on.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager sends it. Returns how long the stop took.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
        await WaitForExitAsync();
        return TimeProvider.System.GetElapsedTime(began);
    }

    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
    }

    private void Keep(StringBuilder kept, string? line)
    {
        lock (kept)
        {
            kept.AppendLine(line);
        }
    }

    private static string Text(StringBuilder kept)
    {
        lock (kept)
        {
            return kept.ToString();
        }
    }
}
