using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program, as a process of its own.</summary>
public sealed partial class BotProcess : IAsyncDisposable
{
    /// <summary>Names the file of the program that is run instead of the one that was built with the tests: a .dll, or a program with the framework beside it.</summary>
    public const string Program = "LISTENINGBOT_PROGRAM";
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private BotProcess(Process process) => _process = process;

    public string Output => Text(_output);
    public string Errors => Text(_errors);
    public bool HasExited => _process.HasExited;
    public int Id => _process.Id;
    public int ExitCode => _process.ExitCode;

    /// <param name="environment">Added to the process's own.</param>
    public static BotProcess Start(string workingFolder, IReadOnlyDictionary<string, string>? environment, params string[] args) => StartBy([], workingFolder, environment, args);

    /// <param name="by">A program and its arguments that becomes the one it is given; empty: none.</param>
    public static BotProcess StartBy(IReadOnlyList<string> by, string workingFolder, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var program = environment?.GetValueOrDefault(Program) ?? Environment.GetEnvironmentVariable(Program) ?? Path.Combine(AppContext.BaseDirectory, "listeningbot.dll");
        string[] words = program.EndsWith(".dll", StringComparison.Ordinal) ? [.. by, "dotnet", program] : [.. by, program];
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

    /// <summary>Whether /readyz is green; null while it does not answer.</summary>
    public async Task<bool?> IsReadyAsync() => (await ReadyzAsync(Client))?["ready"]?.GetValue<bool>();

    /// <summary>Whether /readyz says of this part that it fails: "channel inbox".</summary>
    public async Task<bool> IsFailingAsync(string part) =>
        (await ReadyzAsync(Client))?["parts"]?.AsArray().Any(one => (string?)one?["name"] == part && (string?)one["state"] == "failing") == true;

    /// <summary>What /readyz says; null while it does not answer.</summary>
    public async Task<JsonNode?> ReadyzAsync(HttpClient client)
    {
        if (Web is not { } web)
        {
            return null;
        }
        try
        {
            using var answer = await client.GetAsync(new Uri(web, "/readyz"));
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Where its own server is heard; null while it is not.</summary>
    public Uri? Web => Address().Match(Errors) is { Success: true } address ? new Uri(address.Groups[1].Value) : null;

    [GeneratedRegex(@"Health answers on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Address();

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
