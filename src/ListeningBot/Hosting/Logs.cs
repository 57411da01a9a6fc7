using ListeningBot.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ListeningBot.Hosting;

/// <summary>Logs go to stderr: readable on a terminal, one JSON object a line elsewhere. Never customer text, never a secret.</summary>
public static class Logs
{
    /// <param name="levels">By category, as under Logging:LogLevel; "Default" is the rest.</param>
    public static ILoggerFactory Create(LogLevel least, IReadOnlyDictionary<string, LogLevel> levels) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(levels.GetValueOrDefault("Default", least));
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        foreach (var (category, level) in levels.Where(l => l.Key != "Default"))
        {
            logging.AddFilter(category, level);
        }
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Otlp.Sends("LOGS"))
        {
            Otlp.AddLogs(logging);
        }
        if (System.Console.IsErrorRedirected)
        {
            AddJsonLines(logging);
        }
        else
        {
            logging.Services.AddSingleton(TimeProvider.System);
            logging.AddConsole(console => console.FormatterName = LineFormatter.Name).AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        }
    });

    /// <summary>As programs read it.</summary>
    internal static void AddJsonLines(ILoggingBuilder logging) =>
        logging.AddJsonConsole(json => { json.UseUtcTimestamp = true; json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ"; });
}
