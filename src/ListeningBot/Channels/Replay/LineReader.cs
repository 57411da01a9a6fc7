using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace ListeningBot.Channels.Replay;

/// <summary>One line without its end.</summary>
/// <param name="Number">From 1.</param>
/// <param name="End">Offset of the first byte after the line, in the whole stream.</param>
/// <param name="TooLong">The line passed the cap; its bytes are only how it begins.</param>
/// <param name="More">Another whole line is at hand: nothing has to be waited for.</param>
/// <param name="Ended">False for what stands after the last end of a line.</param>
internal readonly record struct SourceLine(ReadOnlyMemory<byte> Bytes, long Number, long End, bool TooLong, bool More, bool Ended = true);

/// <summary>Reads lines of any length from a stream that may be endless, with a cap on what is held.</summary>
internal sealed class LineReader(Stream stream, long offset, long number)
{
    public const int LongestLine = 1 << 20;
    private const int Beginning = 4096;

    private long _offset = offset;
    private long _number = number;

    public async IAsyncEnumerable<SourceLine> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        byte[]? cut = null;
        while (true)
        {
            // A read of a terminal can't be cancelled: the wait for it can.
            var read = await pipe.ReadAsync(CancellationToken.None).AsTask().WaitAsync(ct);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                var tooLong = cut is not null || line.Length > LongestLine;
                yield return Line(cut ?? Copy(line), (int)Math.Min(line.Length + 1, int.MaxValue), tooLong, rest.PositionOf((byte)'\n') is not null);
                cut = null;
            }
            if (rest.Length > LongestLine || cut is not null)
            {
                cut ??= Copy(rest);
                _offset += rest.Length;
                rest = rest.Slice(rest.End);
            }
            if (read.IsCompleted)
            {
                if (rest.Length > 0 || cut is not null)
                {
                    yield return Line(cut ?? Copy(rest), (int)rest.Length, cut is not null, more: false) with { Ended = false };
                }
                yield break;
            }
            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }

    private SourceLine Line(byte[] bytes, int length, bool tooLong, bool more)
    {
        _offset += length;
        _number++;
        return new SourceLine(Trimmed(bytes), _number, _offset, tooLong, more);
    }

    private static byte[] Copy(ReadOnlySequence<byte> line) =>
        line.Length > LongestLine ? line.Slice(0, Beginning).ToArray() : line.ToArray();

    private ReadOnlyMemory<byte> Trimmed(byte[] bytes)
    {
        var line = bytes.AsMemory();
        if (_number == 1 && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }
        return line.TrimEnd((byte)'\r');
    }
}
