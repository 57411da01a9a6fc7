using ListeningBot.Core.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ListeningBot.Hosting;

/// <summary>For a terminal: one record is one line, and nothing that a service or a customer wrote moves the cursor, colours or turns it.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(Name)
{
    public new const string Name = "line";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter to)
    {
        var what = $"{entry.Formatter(entry.State, entry.Exception)}{(entry.Exception is { } fault ? $" {fault}" : "")}";
        to.WriteLine(OnTerminal.Line($"{time.GetLocalNow():HH:mm:ss} {Level(entry.LogLevel)}: {entry.Category}[{entry.EventId.Id}] {what}"));
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
