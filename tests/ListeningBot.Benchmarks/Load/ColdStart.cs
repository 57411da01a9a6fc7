using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ListeningBot.Benchmarks.Load;

/// <summary>How long the published program takes from its start to its first poll: until it connects to the one feed that it is to read. The store is there already, as at any start but the first.</summary>
internal static class ColdStart
{
    private const string Feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title><link>http://localhost/</link><description>d</description></channel></rss>";

    /// <param name="program">The published program; null: publish it as deploy/README.md says, into a folder that is removed again.</param>
    public static async Task RunAsync(string? program, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("cold");
        try
        {
            program ??= await PublishAsync(Path.Combine(folder.FullName, "program"));
            using var feed = new TcpListener(IPAddress.Loopback, 0);
            feed.Start();
            var config = Configure(folder, ((IPEndPoint)feed.LocalEndpoint).Port);
            await StartAsync(program, config, feed);
            var (starts, floors) = (new List<Start>(), new List<double>());
            for (var i = 0; i < runs; i++)
            {
                starts.Add(await StartAsync(program, config, feed));
                floors.Add(await AskHelpAsync(program));
            }
            Console.WriteLine($"{runs} starts{"",24}   min median    max");
            Print("start to first poll, ms", starts.Select(start => start.Milliseconds));
            Print("  of processors, ms", starts.Select(start => start.Processor));
            Print("  resident then, MiB", starts.Select(start => start.MiB));
            Print("--help, which opens nothing, ms", floors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Start(double Milliseconds, double Processor, double MiB);

    private static void Print(string what, IEnumerable<double> figures)
    {
        double[] all = [.. figures.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32} {all[0],6:0} {all[all.Length / 2],6:0} {all[^1],6:0}"));
    }

    private static string Configure(DirectoryInfo folder, int port)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "config"));
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), $$"""
            { "Channels": { "feed": { "Kind": "rss", "Url": "http://127.0.0.1:{{port}}/" } }, "Http": { "AllowPrivateHosts": ["127.0.0.1"] }, "Web": { "Listen": "http://127.0.0.1:0" } }
            """);
        File.WriteAllText(Path.Combine(folder.FullName, "config/watches.yaml"), "watches:\n  - name: acme\n    find: [acme, \"acme help\"]\n    alert: 0.2\n");
        return folder.FullName;
    }

    private static async Task<Start> StartAsync(string program, string config, TcpListener feed)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Run(program, "run", "--config", config);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = await feed.AcceptTcpClientAsync(patience.Token);
        var took = TimeProvider.System.GetElapsedTime(begun);
        process.Refresh();
        var start = new Start(took.TotalMilliseconds, process.TotalProcessorTime.TotalMilliseconds, process.WorkingSet64 / 1048576.0);
        await poll.GetStream().ReadExactlyAsync(new byte[16], patience.Token);
        await poll.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {Feed.Length}\r\nConnection: close\r\n\r\n{Feed}"), patience.Token);
        process.Kill();
        await process.WaitForExitAsync(patience.Token);
        return start;
    }

    private static async Task<double> AskHelpAsync(string program)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Run(program, "--help");
        await process.WaitForExitAsync();
        return TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static Process Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<string> PublishAsync(string folder)
    {
        using var publish = Process.Start("dotnet", ["publish", "src/ListeningBot", "-c", "Release", "-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true", "-v", "quiet", "-o", folder]);
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(folder, "listeningbot") : throw new InvalidOperationException("Publishing failed: run this in the repository's folder.");
    }
}
