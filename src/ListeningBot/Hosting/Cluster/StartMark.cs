using System.Diagnostics;
using System.Globalization;

namespace ListeningBot.Hosting.Cluster;

/// <summary>
/// What each start of the program is known by: made up anew, and telling where it runs, so that a later start there can see that it ended. Text "BOOT.PROCESSES.ID.RANDOM": which run of the system, which of its
/// process spaces (a container has its own), which process.
/// </summary>
internal static class StartMark
{
    /// <summary>Null: a system that does not tell.</summary>
    private static readonly string? s_place = Place();

    public static string New() => Of(Environment.ProcessId);

    public static string Of(int process) => $"{s_place}.{process.ToString(CultureInfo.InvariantCulture)}.{Guid.NewGuid():N}";

    /// <summary>True only when it ran beside this one and is no more: whatever it held it can't use again. Of starts elsewhere nothing is known.</summary>
    public static bool Ended(string start) =>
        s_place is not null && start.StartsWith(s_place + ".", StringComparison.Ordinal)
        && int.TryParse(start[(s_place.Length + 1)..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !Runs(process);

    /// <summary>Asked in two ways: processes of others may be hidden from looks, and a guarded system refuses questions about them.</summary>
    private static bool Runs(int process)
    {
        if (Directory.Exists($"/proc/{process.ToString(CultureInfo.InvariantCulture)}"))
        {
            return true;
        }
        try
        {
            Process.GetProcessById(process).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Place()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var processes = new FileInfo("/proc/self/ns/pid").LinkTarget;
            return boot.Length > 0 && processes is not null ? $"{boot}.{new string([.. processes.Where(char.IsAsciiDigit)])}" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
