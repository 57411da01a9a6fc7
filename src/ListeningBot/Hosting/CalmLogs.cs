using System.Collections.Concurrent;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ListeningBot.Hosting;

/// <summary>
/// The scheduler tells of a database that is away twice a second, with a stack, for as long as it is: a day of that is hundreds of megabytes. Each thing that it has to say is told once a minute;
/// that the database is away, in one line with its cause and its cure.
/// </summary>
/// <param name="place">The database that the scheduler uses; null: none.</param>
internal sealed class CalmLogs(ILoggerFactory logs, TimeProvider time, PostgresPlace? place = null) : ILoggerFactory
{
    private const string Calmed = "Quartz";
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <summary>Of all its parts, for they all meet the same fault.</summary>
    private readonly Told _faults = new(time);

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(Calmed, StringComparison.Ordinal) ? new Calm(logs.CreateLogger(categoryName), new Told(time), _faults, place) : logs.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    /// <summary>The factory within is whoever's who made it.</summary>
    public void Dispose()
    {
    }

    private sealed class Calm(ILogger log, Told told, Told faults, PostgresPlace? place) : ILogger
    {
        private const string OfTheDriver = "Npgsql.";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!log.IsEnabled(logLevel))
            {
                return;
            }
            if (logLevel >= LogLevel.Warning && place is not null && Fault(place, exception, () => formatter(state, null)) is { } why)
            {
                if (faults.IsTime((LogLevel.None, why)))
                {
                    log.SchedulerCutOff(logLevel, why);
                }
            }
            else if (logLevel < LogLevel.Warning || told.IsTime((logLevel, Template(state))))
            {
                log.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        /// <summary>Null: it is about something else. Some of what the scheduler says has the exception, stack and all, as a part of its words alone.</summary>
        private static string? Fault(PostgresPlace database, Exception? exception, Func<string> words)
        {
            for (var cause = exception; cause is not null; cause = cause.InnerException)
            {
                if (cause is NpgsqlException or StoreException)
                {
                    return PostgresFaults.From(cause, database) is StoreException known ? known.Message : null;
                }
            }
            return words().Contains(OfTheDriver, StringComparison.Ordinal)
                ? $"The PostgreSQL database {database.Shown} failed it. What else is told of the database at this time names the cause; {StoreException.ByItself}."
                : null;
        }

        private static string Template<TState>(TState state) =>
            state is IReadOnlyList<KeyValuePair<string, object?>> parts && parts.FirstOrDefault(part => part.Key == "{OriginalFormat}").Value is string words ? words : "";
    }

    /// <summary>When each kind of warning was told last.</summary>
    private sealed class Told(TimeProvider time)
    {
        /// <summary>Words that are made up anew each time are no kind of their own.</summary>
        private const int MostKinds = 100;

        private readonly ConcurrentDictionary<(LogLevel Level, string Words), long> _last = new();

        public bool IsTime((LogLevel Level, string Words) what)
        {
            var now = time.GetTimestamp();
            what = _last.Count < MostKinds || _last.ContainsKey(what) ? what : (what.Level, "");
            while (true)
            {
                if (!_last.TryGetValue(what, out var last))
                {
                    if (_last.TryAdd(what, now))
                    {
                        return true;
                    }
                }
                else if (time.GetElapsedTime(last, now) < Apart)
                {
                    return false;
                }
                else if (_last.TryUpdate(what, now, last))
                {
                    return true;
                }
            }
        }
    }
}
