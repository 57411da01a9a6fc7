using System.Globalization;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>One line on a terminal, written anew ten times a second and gone at the end.</summary>
internal sealed class BacktestVerbProgress(TextWriter terminal, TimeProvider time) : IProgress<BacktestProgress>, IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private long _told = time.GetTimestamp();
    private int _width;

    /// <summary>Null in a pipe: quiet.</summary>
    public static BacktestVerbProgress? OnTerminal(TimeProvider time) => Console.IsErrorRedirected ? null : new BacktestVerbProgress(Console.Error, time);

    public void Report(BacktestProgress value)
    {
        if (time.GetElapsedTime(_told) < Pace)
        {
            return;
        }
        _told = time.GetTimestamp();
        var line = string.Create(CultureInfo.InvariantCulture, $"{value.Done:#,0} of {value.All:#,0} posts");
        terminal.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    public void Dispose()
    {
        if (_width > 0)
        {
            terminal.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
