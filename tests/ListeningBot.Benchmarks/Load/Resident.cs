using System.Diagnostics;
using System.Globalization;

namespace ListeningBot.Benchmarks.Load;

/// <summary>What a process holds of the machine's memory, in MiB, as Linux tells it.</summary>
/// <param name="Written">Memory that it wrote (RssAnon).</param>
/// <param name="OfFiles">Pages of files, most of them the program's own, which the system may drop (RssFile).</param>
/// <param name="Shared">Memory that is mapped twice, in which .NET keeps code that it compiled (RssShmem).</param>
internal sealed record Resident(double All, double Written, double OfFiles, double Shared)
{
    public static Resident Of(Process process)
    {
        var status = File.ReadLines($"/proc/{process.Id}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1]);
        return new Resident(MiB(status["VmRSS"]), MiB(status["RssAnon"]), MiB(status["RssFile"]), MiB(status["RssShmem"]));
    }

    /// <param name="value">"  12345 kB".</param>
    private static double MiB(string value) => double.Parse(value.Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
}
