using System.Diagnostics;

namespace ListeningBot.Benchmarks.Load;

/// <summary>Processes of programs that are measured.</summary>
internal static class Programs
{
    /// <summary>In a folder of its own: the usual host watches all files below the one in which it is started.</summary>
    /// <param name="said">Hears each line of its output.</param>
    public static Process Start(string program, string folder, IReadOnlyList<string> arguments, (string Key, string Value)? environment = null, Action<string>? said = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is var (key, value))
        {
            start.Environment[key] = value;
        }
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, line) => said?.Invoke(line.Data ?? "");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>SIGKILL.</summary>
    public static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
