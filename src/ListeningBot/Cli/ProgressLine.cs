namespace ListeningBot.Cli;

/// <summary>One line on a terminal, written anew ten times a second at most and gone at the end.</summary>
internal sealed class ProgressLine(TextWriter terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private long _told = time.GetTimestamp();
    private int _width;

    /// <summary>Null in a pipe: quiet.</summary>
    public static ProgressLine? OnTerminal(TimeProvider time) => Console.IsErrorRedirected ? null : new ProgressLine(Console.Error, time);

    public void Say(FormattableString line)
    {
        if (time.GetElapsedTime(_told) < Pace)
        {
            return;
        }
        _told = time.GetTimestamp();
        var text = FormattableString.Invariant(line);
        terminal.Write("\r" + text.PadRight(_width));
        _width = text.Length;
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
