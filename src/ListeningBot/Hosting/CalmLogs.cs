using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// The scheduler tells of a database that is away twice a second, with a stack, for as long as it is: a day of that is hundreds of megabytes. Each thing that it has to say is told once a minute.
/// </summary>
internal sealed class CalmLogs(ILoggerFactory logs, TimeProvider time) : ILoggerFactory
{
    private const string Calmed = "Quartz";
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(Calmed, StringComparison.Ordinal) ? new Calm(logs.CreateLogger(categoryName), time) : logs.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    /// <summary>The factory within is whoever's who made it.</summary>
    public void Dispose()
    {
    }

    private sealed class Calm(ILogger log, TimeProvider time) : ILogger
    {
        /// <summary>Words that are made up anew each time are no kind of their own.</summary>
        private const int MostKinds = 100;

        /// <summary>When each kind of warning was told last.</summary>
        private readonly ConcurrentDictionary<(LogLevel Level, string Words), long> _told = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (log.IsEnabled(logLevel) && (logLevel < LogLevel.Warning || IsTime((logLevel, Template(state)))))
            {
                log.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        private bool IsTime((LogLevel Level, string Words) what)
        {
            var now = time.GetTimestamp();
            what = _told.Count < MostKinds || _told.ContainsKey(what) ? what : (what.Level, "");
            while (true)
            {
                if (!_told.TryGetValue(what, out var last))
                {
                    if (_told.TryAdd(what, now))
                    {
                        return true;
                    }
                }
                else if (time.GetElapsedTime(last, now) < Apart)
                {
                    return false;
                }
                else if (_told.TryUpdate(what, now, last))
                {
                    return true;
                }
            }
        }

        private static string Template<TState>(TState state) =>
            state is IReadOnlyList<KeyValuePair<string, object?>> parts && parts.FirstOrDefault(part => part.Key == "{OriginalFormat}").Value is string words ? words : "";
    }
}
