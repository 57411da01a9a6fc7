namespace ListeningBot.Cli;

/// <summary>Reads lines of bytes from a stream, holding no more than one: a line beyond <see cref="MostBytes"/> is passed over and told as too long.</summary>
internal sealed class ScoreVerbLines(Stream input)
{
    /// <summary>1 MiB.</summary>
    public const int MostBytes = 1 << 20;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _finished;

    public int Number { get; private set; }

    /// <summary>The line without its end; valid until the next one is read. Empty when it was too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }
    public bool TooLong { get; private set; }

    /// <summary>True when the next line is here already, so that reading it won't wait.</summary>
    public bool HasMore => _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n');

    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        TooLong = false;
        for (var searched = 0; ;)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                Take(searched + at, 1);
                return true;
            }
            searched = _end - _start;
            if (searched > MostBytes)
            {
                TooLong = true;
                (_start, _end, searched) = (0, 0, 0);
            }
            if (!await FillAsync(ct))
            {
                if (searched == 0 && !TooLong)
                {
                    return false;
                }
                Take(searched, 0);
                return true;
            }
        }
    }

    private void Take(int length, int ending)
    {
        TooLong |= length > MostBytes;
        var line = _buffer.AsMemory(_start, length);
        _start += length + ending;
        Number++;
        if (Number == 1 && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }
        Line = TooLong ? default : line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_finished)
        {
            return false;
        }
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = await input.ReadAsync(_buffer.AsMemory(_end), ct);
        _end += read;
        _finished = read == 0;
        return read > 0;
    }
}
