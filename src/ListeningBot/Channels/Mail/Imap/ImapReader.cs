using System.Buffers;
using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>The caps of one connection, in bytes.</summary>
internal sealed record ImapLimits
{
    public static readonly ImapLimits Default = new();

    /// <summary>A response that is longer is read to its end and dropped.</summary>
    public int Response { get; init; } = 2 * 1024 * 1024;

    /// <summary>What one command may bring before the connection is given up.</summary>
    public long Command { get; init; } = 128L * 1024 * 1024;
}

/// <summary>
/// Cuts the byte stream into whole responses: a line, and while that ends with a literal's length, the literal and the line after it.
/// Memory stays within <see cref="ImapLimits.Response"/> whatever the server sends.
/// </summary>
internal sealed class ImapReader(Stream stream, ImapLimits limits)
{
    private const int KeptOfTooLong = 256;

    /// <summary>Most of the time a connection only waits: room for a long response is given back after it.</summary>
    private const int KeptRoom = 64 * 1024;
    private readonly byte[] _buffer = new byte[8 * 1024];
    private ArrayBufferWriter<byte> _response = new(1024);
    private int _start;
    private int _end;
    private long _length;
    private long _read;

    /// <summary>Told of each piece that came: a long letter over a slow line comes in many.</summary>
    public Action Came { get; set; } = () => { };

    /// <summary>The server said more than what was read.</summary>
    public bool HasMore => _start < _end;

    /// <summary>A new command may bring <see cref="ImapLimits.Command"/> bytes again.</summary>
    public void BeginCommand() => _read = 0;

    /// <summary>The next response with its line end; valid until the next call. Throws <see cref="EndOfStreamException"/> when the server closed.</summary>
    /// <param name="tooLong">True when only the response's beginning could be kept.</param>
    public async ValueTask<(ReadOnlyMemory<byte> Bytes, bool TooLong)> ReadAsync(CancellationToken ct)
    {
        if (_response.Capacity > KeptRoom)
        {
            _response = new ArrayBufferWriter<byte>(1024);
        }
        _response.ResetWrittenCount();
        _length = 0;
        do
        {
            await ReadLineAsync(ct);
        }
        while (LiteralLength() is { } literal && await ReadLiteralAsync(literal, ct));
        return (_response.WrittenMemory, _length > limits.Response);
    }

    private async ValueTask ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            if (_start == _end)
            {
                await FillAsync(ct);
            }
            var lineEnd = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            Take(lineEnd < 0 ? _end - _start : lineEnd + 1);
            if (lineEnd >= 0)
            {
                return;
            }
        }
    }

    private async ValueTask<bool> ReadLiteralAsync(long length, CancellationToken ct)
    {
        for (var left = length; left > 0;)
        {
            if (_start == _end)
            {
                await FillAsync(ct);
            }
            var part = (int)Math.Min(left, _end - _start);
            Take(part);
            left -= part;
        }
        return true;
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, ct);
        if (_end == 0)
        {
            throw new EndOfStreamException();
        }
        Came();
        _read += _end;
        if (_read > limits.Command)
        {
            throw new ImapFormatException($"more than {limits.Command / (1024 * 1024)} MiB for one command");
        }
    }

    /// <summary>Keeps what fits; of a response that is too long only the last bytes, in which a literal's length may stand, and the first.</summary>
    private void Take(int count)
    {
        var bytes = _buffer.AsSpan(_start, count);
        _start += count;
        _length += count;
        if (_length <= limits.Response)
        {
            _response.Write(bytes);
            return;
        }
        var head = _response.WrittenSpan[..Math.Min(KeptOfTooLong, _response.WrittenCount)].ToArray();
        var tail = Tail(_response.WrittenSpan[head.Length..], bytes);
        _response.ResetWrittenCount();
        _response.Write(head);
        _response.Write(tail);
    }

    private static byte[] Tail(ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new)
    {
        byte[] both = [.. old[Math.Max(0, old.Length - 32)..], .. @new[Math.Max(0, @new.Length - 32)..]];
        return both[Math.Max(0, both.Length - 32)..];
    }

    /// <summary>The length in "...{123}\r\n", or null. A status text may end like that by chance and never has a literal.</summary>
    private long? LiteralLength()
    {
        var line = _response.WrittenSpan;
        if (!line.EndsWith("}\r\n"u8) || IsStatus(line))
        {
            return null;
        }
        var open = line[Math.Max(0, line.Length - 32)..].LastIndexOf((byte)'{');
        var digits = open < 0 ? "" : Encoding.Latin1.GetString(line[(Math.Max(0, line.Length - 32) + open + 1)..^3]).TrimEnd('+');
        return digits.Length > 0 && digits.All(char.IsAsciiDigit) && long.TryParse(digits, out var length) ? length : null;
    }

    private static bool IsStatus(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        var name = space < 0 ? line : line[(space + 1)..];
        return line[0] == '+' || name.StartsWith("OK "u8) || name.StartsWith("NO "u8) || name.StartsWith("BAD "u8) || name.StartsWith("BYE "u8);
    }
}
