using System.Text;
using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Tests.Channels.Mail.Imap;

public sealed class ImapReaderTests
{
    private static readonly ImapLimits Small = new() { Response = 1000, Command = 100_000 };

    private static async Task<List<string>> ReadAll(byte[] bytes, int chunk = 7)
    {
        var reader = new ImapReader(new ChunkedStream(bytes, chunk), Small);
        var all = new List<string>();
        try
        {
            while (true)
            {
                var (response, tooLong) = await reader.ReadAsync(CancellationToken.None);
                all.Add(tooLong ? "too long" : Encoding.Latin1.GetString(response.Span));
            }
        }
        catch (EndOfStreamException)
        {
            return all;
        }
    }

    private static Task<List<string>> ReadAll(string text, int chunk = 7) => ReadAll(Encoding.Latin1.GetBytes(text), chunk);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Responses_are_cut_at_their_ends_wherever_the_packets_end(int chunk) =>
        Assert.Equal(["* 1 FETCH (A {4}\r\n\r\n)\n B {1}\r\nx)\r\n", "* OK done {5}\r\n", "L1 OK\r\n"], await ReadAll("* 1 FETCH (A {4}\r\n\r\n)\n B {1}\r\nx)\r\n* OK done {5}\r\nL1 OK\r\n", chunk));

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4096)]
    public async Task A_response_that_is_too_long_is_dropped_and_the_next_one_read(int chunk) =>
        Assert.Equal(["too long", "L1 OK\r\n"], await ReadAll($"* 1 FETCH (A {{5000}}\r\n{new string('x', 5000)} B {{3}}\r\nabc)\r\nL1 OK\r\n", chunk));

    [Fact]
    public async Task A_long_line_is_dropped_too() => Assert.Equal(["too long", "* OK\r\n"], await ReadAll($"* {new string('y', 9000)}\r\n* OK\r\n", 100));

    [Fact]
    public async Task A_command_that_brings_too_much_ends_the_connection() =>
        await Assert.ThrowsAsync<ImapFormatException>(() => ReadAll($"* {new string('y', 200_000)}\r\n", 4096));

    [Fact]
    public async Task A_huge_literal_takes_no_memory_of_its_size()
    {
        var reader = new ImapReader(new ChunkedStream(Encoding.Latin1.GetBytes($"* 1 FETCH (A {{90000}}\r\n{new string('x', 90_000)})\r\n"), 512), Small);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (kept, tooLong) = await reader.ReadAsync(CancellationToken.None);

        Assert.True(tooLong);
        Assert.InRange(kept.Length, 1, 2 * Small.Response);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }

    [Fact]
    public async Task Random_bytes_neither_crash_nor_hang_and_keep_to_the_cap()
    {
        var random = new Random(20261121);
        var alphabet = "* OKNO{}+~()[]\"\\0123456789\r\n ABX"u8.ToArray();
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[random.Next(0, 400)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = random.Next(10) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
            }
            foreach (var response in await ReadAll(bytes, random.Next(1, 50)))
            {
                try
                {
                    ImapResponse.Parse(Encoding.Latin1.GetBytes(response));
                }
                catch (ImapFormatException)
                {
                    // The one way in which it may refuse.
                }
            }
        }
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(chunk, buffer.Length)]));
    }
}
