using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Support;

/// <summary>Keeps every log line with its exception, to show what is said and what is not.</summary>
public sealed class CollectedLogs : ILoggerFactory
{
    private readonly ConcurrentQueue<(LogLevel Level, int Event, string Text)> _lines = new();

    public IReadOnlyList<(LogLevel Level, int Event, string Text)> Lines => [.. _lines];

    /// <summary>All of it as one text.</summary>
    public string Text => string.Join('\n', _lines.Select(line => line.Text));

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel, int, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, eventId.Id, formatter(state, exception) + (exception is null ? "" : "\n" + exception)));
    }
}
