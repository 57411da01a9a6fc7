using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Demo;
using ListeningBot.Hosting;
using ListeningBot.Notifiers.Console;
using ListeningBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace ListeningBot.Cli;

/// <summary>The demo: the real pipeline over shipped posts, into a store that is thrown away.</summary>
public static class DemoRun
{
    public static async Task<int> RunAsync(bool exitWhenIdle, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("listeningbot-demo-");
        try
        {
            using var logs = Logs.Create(LogLevel.Warning, new Dictionary<string, LogLevel>());
            var settings = Settings(Path.Combine(folder.FullName, "demo.db"), exitWhenIdle);
            await using var store = SqliteStore.Open(settings.Storage.Path, logs.CreateLogger<SqliteStore>());
            var builder = BotHost.Builder(settings, store, logs);
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<IdleWatch>(services, new IdlePlan(ListMaybes: true, Exit: exitWhenIdle)));
            using var host = builder.Build();
            var board = host.Services.GetRequiredService<HealthBoard>();
            await host.RunAsync(ct);
            await PrintTableAsync(store, board);
            return Exit.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Settings Settings(string path, bool fast) => new()
    {
        Channels = [DemoPosts.Channel(pace: fast ? 0 : 1)],
        Notifiers = [new NotifierSettings(ConsoleNotifier.Kind.Name, ConsoleNotifier.Kind, new ConsoleOptions())],
        Rooms = [new Room("care", ConsoleNotifier.Kind.Name, ""), new Room(Notices.OpsRoom, ConsoleNotifier.Kind.Name, "")],
        Watches = DemoWatches.All,
        Ours = DemoWatches.Ours,
        Storage = new StorageSettings { Path = path },
        Web = new WebSettings { Listen = "" },
        Http = new HttpSettings(),
        // All of its posts come at once, and each card is to be seen.
        Alerting = new AlertingSettings { BurstFrom = 0 },
    };

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
