using System.Threading.Channels;
using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>A mail channel at a real server, read batch by batch; polls wait for the test's word.</summary>
internal sealed class MailBench : IAsyncDisposable
{
    private readonly Channel<bool> _polls = Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(3));
    private IAsyncEnumerator<PostBatch>? _reading;

    public MailBench(LocalDovecot dovecot, int? port = null)
    {
        Options = new MailOptions { Host = dovecot.Host, Port = port ?? dovecot.Port, User = dovecot.User, Password = dovecot.Password, CertificateSha256 = dovecot.CertificateSha256 };
        Context = new ChannelContext("inbox", new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance, async (_, ct) => await _polls.Reader.ReadAsync(ct));
    }

    public MailOptions Options { get; set; }
    public ChannelContext Context { get; set; }
    public Cursor? At { get; set; }

    /// <summary>The next batch; its cursor counts as durable when it is returned.</summary>
    public async Task<PostBatch> NextAsync(bool poll = false)
    {
        if (poll)
        {
            await PollAsync();
        }
        _reading ??= new MailChannel(Context, Options).ReadAsync(At, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        try
        {
            Assert.True(await _reading.MoveNextAsync());
        }
        catch
        {
            await StopAsync();
            throw;
        }
        At = _reading.Current.Next;
        return _reading.Current;
    }

    /// <summary>It is time to look.</summary>
    public ValueTask PollAsync() => _polls.Writer.WriteAsync(true);

    public async Task<Post> NextPostAsync(bool poll = false) => Assert.Single(Posts(await NextAsync(poll)));

    /// <summary>Ends this reading; the next one begins at the cursor with a connection of its own.</summary>
    public async Task StopAsync()
    {
        if (_reading is { } reading)
        {
            _reading = null;
            await reading.DisposeAsync();
        }
    }

    public static List<Post> Posts(PostBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(batch.PostAt)];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
    }
}
