using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Mail.Imap;

public sealed class ImapClientTests
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _told = [];

    /// <summary>Ten pieces: the whole letter takes longer than what counts as silence, at three seconds each.</summary>
    [Theory]
    [InlineData(3, 0)]
    [InlineData(9, 10)]
    public async Task A_long_letter_over_a_slow_line_is_heard_all_the_while(int secondsApart, int told)
    {
        var letter = $"* 1 FETCH (UID 1 BODY[1]<0> {{9000}}\r\n{new string('x', 9000)})\r\nL1 OK\r\n";
        await using var client = new ImapClient(new SlowLine(letter, 1000, () => _clock.Advance(TimeSpan.FromSeconds(secondsApart))), new MailOptions { Host = "mail.example.org", User = "care", Patience = TimeSpan.FromMinutes(5) }, _clock, ImapLimits.Default) { Unheard = _told.Add };

        var answer = await client.SendAsync("UID FETCH 1 (BODY.PEEK[1]<0.9000>)", CancellationToken.None);

        Assert.Equal("FETCH", Assert.Single(answer.Data).Name);
        Assert.Equal(told, _told.Count);
    }

    /// <summary>Each piece takes its time; what is written to it is of no account.</summary>
    private sealed class SlowLine(string said, int piece, Action between) : MemoryStream(Encoding.Latin1.GetBytes(said))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            between();
            return ValueTask.FromResult(Read(buffer.Span[..Math.Min(piece, buffer.Length)]));
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
