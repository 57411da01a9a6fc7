using System.Globalization;

namespace ListeningBot.Benchmarks.Load;

/// <summary>
/// How long the published program takes from its start to its first poll, until it connects to the one feed that it is to read, and what it holds when nothing happens afterwards; a bare house does
/// the same in turns with it. The store is there already, as at any start but the first.
/// </summary>
internal static class ColdStart
{
    /// <param name="given">PROGRAM, BAREHOUSE: the published programs; those that are missing are published into a folder that is removed again.</param>
    public static async Task RunAsync(int runs, IReadOnlyList<string> given)
    {
        var folder = Directory.CreateTempSubdirectory("cold");
        try
        {
            var (program, bareHouse) = await Published.ProgramsAsync(given, folder.FullName);
            using var ours = Contender.Ours(program, Path.Combine(folder.FullName, "ours"));
            using var rival = Contender.BareHouse(bareHouse, Path.Combine(folder.FullName, "house"));
            await MeasureStartsAsync(ours, rival, runs);
            await MeasureIdleAsync(ours, rival);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureStartsAsync(Contender ours, Contender rival, int runs)
    {
        Contender[] both = [ours, rival];
        foreach (var one in both)
        {
            await one.MeasureStartAsync();
        }
        var starts = both.ToDictionary(one => one, _ => new List<Start>());
        var floors = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            foreach (var one in both)
            {
                starts[one].Add(await one.MeasureStartAsync());
            }
            floors.Add(await ours.MeasureHelpAsync());
        }
        Spread.Head($"{runs} starts each, in turns");
        foreach (var one in both)
        {
            Spread.Print($"{one.Name}, start to first poll, ms", starts[one].Select(start => start.Milliseconds));
            Spread.Print("  of processors, ms", starts[one].Select(start => start.Processor));
            Spread.Print("  resident then, MiB", starts[one].Select(start => start.MiB));
        }
        Spread.Print("our --help, which opens nothing, ms", floors);
    }

    /// <summary>Both at the same time. LISTENINGBOT_IDLE: for how many seconds.</summary>
    private static async Task MeasureIdleAsync(Contender ours, Contender rival)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("Idle memory is read from /proc, which only Linux has.");
            return;
        }
        var idle = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("LISTENINGBOT_IDLE"), out var seconds) ? seconds : 60);
        var held = await Task.WhenAll(ours.MeasureIdleAsync(idle), rival.MeasureIdleAsync(idle));
        Console.WriteLine($"{$"idle for {idle.TotalSeconds:0} s, MiB",-42} {"all",6} {"written",8} {"of files",9} {"shared",7}");
        Print(ours, held[0]);
        Print(rival, held[1]);
    }

    private static void Print(Contender one, Resident held) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-42} {held.All,6:0.0} {held.Written,8:0.0} {held.OfFiles,9:0.0} {held.Shared,7:0.0}"));
}
