using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Demo;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace ListeningBot.Cli;

/// <summary>The demo: the real pipeline over shipped posts, in a folder that is thrown away, or kept to try things on.</summary>
public static class DemoRun
{
    public static async Task<int> RunAsync(bool exitWhenIdle, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("listeningbot-demo-");
        try
        {
            await RunInAsync(folder.FullName, fast: exitWhenIdle, people: false, ct);
            return Exit.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs through it at once; some of its cards are then judged, as people would by their buttons. What it leaves is a configured bot with its history.</summary>
    public static async Task<int> KeepAsync(DirectoryInfo folder, CancellationToken ct)
    {
        if (File.Exists(folder.FullName) || (folder.Exists && folder.EnumerateFileSystemInfos().Any()))
        {
            await System.Console.Error.WriteLineAsync($"{folder} is there already and not empty. Give --keep a new folder.");
            return Exit.BadInput;
        }
        try
        {
            await RunInAsync(folder.FullName, fast: true, people: true, ct);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            await System.Console.Error.WriteLineAsync($"The demo can't be kept in {folder}: {e.Message}");
            return Exit.BadInput;
        }
        System.Console.WriteLine($"Kept in {folder}, with the verdicts of its made-up people. Try things on it with --config {folder}");
        return Exit.Done;
    }

    /// <param name="people">Cards are judged at the end.</param>
    private static async Task RunInAsync(string path, bool fast, bool people, CancellationToken ct)
    {
        var folder = new DemoFolder(path);
        folder.Write();
        using var logs = Logs.Create(LogLevel.Warning, new Dictionary<string, LogLevel>());
        var reading = folder.Reader.Read();
        await using var store = Stores.Open(new StorePlace(reading.StorePath), logs);
        var live = await LiveSettings.StartAsync(folder.Reader, reading, store, LiveSettings.Unguarded, TimeProvider.System, logs.CreateLogger<LiveSettings>(), ct)
            ?? throw new InvalidOperationException("The demo's configuration is bad: " + string.Join(' ', reading.Problems));
        var builder = BotHost.Builder(DemoFolder.Paced(live.Current, fast ? 0 : 1), store, logs);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<IdleWatch>(services, new IdlePlan(ListMaybes: true, Exit: fast)
        {
            Then = people ? new DemoPresses(store, services.GetRequiredService<PressDesk>()).PressAsync : null,
        }));
        using var host = builder.Build();
        var board = host.Services.GetRequiredService<HealthBoard>();
        await host.RunAsync(ct);
        await PrintTableAsync(store, board);
    }

    private static async Task PrintTableAsync(IStore store, HealthBoard board)
    {
        var (totals, times) = await store.ReadAsync(view => (view.Totals(), view.CardTimes(1000)));
        var read = board.Parts.Sum(part => part.Read);
        var seenToCard = times.Select(t => t.Shown - t.FirstSeen).Order().ToList();
        var table = new Table { Border = System.Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded, ShowHeaders = false };
        table.AddColumns("what", "how many");
        table.Columns[1].RightAligned();
        table.AddRow("posts read", $"{read}");
        table.AddRow("mentions", $"{totals.Mentions}");
        table.AddRow("cases", $"{totals.Cases}");
        table.AddRow("cards shown", $"{totals.CardsShown}");
        table.AddRow("maybe tray", $"{totals.InTray}");
        if (seenToCard.Count > 0)
        {
            table.AddRow("seen -> card, half within", Text(seenToCard[seenToCard.Count / 2]));
            table.AddRow("seen -> card, slowest", Text(seenToCard[^1]));
            var postedToCard = times.Select(t => t.Shown - t.Posted).Order().ToList();
            table.AddRow("posted -> card, half within", Wording.InWords(postedToCard[postedToCard.Count / 2]));
        }
        AnsiConsole.Write(table);
    }

    private static string Text(TimeSpan time) => time.TotalSeconds < 1 ? $"{time.TotalMilliseconds:0} ms" : $"{time.TotalSeconds:0.0} s";
}
