using System.Globalization;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>One line on a terminal, written anew ten times a second and gone at the end.</summary>
internal sealed class StorageVerbProgress(TextWriter terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private long _told = time.GetTimestamp();
    private int _width;

    /// <summary>Null in a pipe: quiet.</summary>
    public static StorageVerbProgress? OnTerminal(TimeProvider time) => Console.IsErrorRedirected ? null : new StorageVerbProgress(Console.Error, time);

    /// <summary>Bytes.</summary>
    public void Report(long done, long all) => Say(string.Create(CultureInfo.InvariantCulture, $"{done / 1_000_000.0:#,0.0} of about {all / 1_000_000.0:#,0.0} MB"));

    public void Report(CopyProgress copied) => Say(string.Create(CultureInfo.InvariantCulture, $"{copied.Table}: {copied.Done:#,0} of {copied.All:#,0} rows"));

    private void Say(string line)
    {
        if (time.GetElapsedTime(_told) < Pace)
        {
            return;
        }
        _told = time.GetTimestamp();
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
