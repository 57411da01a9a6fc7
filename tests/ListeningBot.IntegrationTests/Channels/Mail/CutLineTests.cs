using ListeningBot.Channels.Mail;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>A real Dovecot behind a line that is cut once, at each step from the first byte of TLS to the waiting for the next letter.</summary>
public sealed class CutLineTests : IAsyncLifetime
{
    /// <summary>Parts even the shortest answers of a letter.</summary>
    private const int Step = 150;
    private readonly LocalDovecot _dovecot = new();
    private TcpRelay _line = null!;
    private MailBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await _dovecot.StartAsync();
        (_line, _bench) = (new TcpRelay(_dovecot.Port), new MailBench(_dovecot));
        _bench.Options = _bench.Options with { Port = _line.Port, Patience = TimeSpan.FromSeconds(5) };
    }

    public async ValueTask DisposeAsync()
    {
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
            await _line.DisposeAsync();
        }
        await _dovecot.DisposeAsync();
    }

    [Fact]
    public async Task Wherever_the_line_is_cut_each_letter_comes_once()
    {
        await _bench.NextAsync();
        await _bench.StopAsync();
        var (expected, read, faults, whole) = (new List<string>(), new List<string>(), new List<ChannelException>(), false);
        for (var number = 1; !whole; number++)
        {
            var id = $"l{number}@example.org";
            expected.Add(id);
            await _dovecot.DeliverAsync($"From: Mia <mia@example.org>\nTo: care@acme.example\nSubject: {number}\nMessage-ID: <{id}>\n\nText of {number}\n");
            var before = _line.Connections;
            _line.CutWithin(number * Step);
            while (!read.Contains(id))
            {
                read.AddRange(await PostsAsync(faults));
            }

            // The cut was never come to: this was all that the server says.
            whole = _line.Connections == before + 1;
            _line.CutWithin(null);
            await _bench.StopAsync();
        }

        Assert.Equal(expected, read);
        Assert.InRange(expected.Count, 20, 200);
        Assert.NotEmpty(faults);
        Assert.All(faults, fault => Assert.True(IsTriedSoon(fault), fault.Message));
    }

    [Fact]
    public async Task A_server_that_is_gone_or_says_nothing_is_tried_again_within_seconds()
    {
        _bench.Options = _bench.Options with { Patience = TimeSpan.FromMilliseconds(300) };
        _line.Hangs = true;
        Assert.True(IsTriedSoon(await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync())));
        (_line.Hangs, _line.Refuses) = (false, true);
        Assert.True(IsTriedSoon(await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync())));
        await _dovecot.StopAsync(kill: true);
        _bench.Options = _bench.Options with { Port = _dovecot.Port };
        Assert.True(IsTriedSoon(await Assert.ThrowsAnyAsync<ChannelException>(() => _bench.NextAsync())));
    }

    /// <summary>Also after it was tried often.</summary>
    private static bool IsTriedSoon(ChannelException fault) => new FaultPause().Next(fault, failures: 20, TimeSpan.FromMinutes(1)) <= FaultPause.Shortly;

    private async Task<IEnumerable<string>> PostsAsync(List<ChannelException> faults)
    {
        try
        {
            return MailBench.Posts(await _bench.NextAsync(poll: true)).Select(post => post.Key.Id);
        }
        catch (ChannelException fault)
        {
            faults.Add(fault);
            return [];
        }
    }
}
