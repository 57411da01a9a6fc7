using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Lines that are tampered with, and servers that know more or less than others.</summary>
public sealed partial class OddLineTests : IAsyncLifetime
{
    private readonly LocalImap _server = new() { Capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR IDLE" };
    private readonly System.Threading.Channels.Channel<bool> _polls = System.Threading.Channels.Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(1));
    private readonly WebReader _web = new(new HttpSettings(), TimeProvider.System);
    private readonly List<TimeSpan> _pauses = [];
    private IAsyncEnumerator<PostBatch>? _reading;
    private MailOptions _options = null!;

    public ValueTask InitializeAsync()
    {
        _options = new MailOptions { Host = "127.0.0.1", Port = _server.Port, Security = MailSecurity.None, User = "care@acme.example", Password = "correct", Patience = TimeSpan.FromSeconds(20) };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_reading is not null)
        {
            await _reading.DisposeAsync();
        }
        await _server.DisposeAsync();
        _web.Dispose();
        _end.Dispose();
    }

    private async Task<PostBatch> NextAsync(bool poll = false)
    {
        if (poll)
        {
            await _polls.Writer.WriteAsync(true);
        }
        var context = new ChannelContext("inbox", _web, TimeProvider.System, NullLoggerFactory.Instance, async (pause, ct) =>
        {
            _pauses.Add(pause);
            await _polls.Reader.ReadAsync(ct);
        });
        _reading ??= new MailChannel(context, _options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), _end.Token).GetAsyncEnumerator(_end.Token);
        Assert.True(await _reading.MoveNextAsync());
        return _reading.Current;
    }

    private Task<ChannelException> FailsAsync() => Assert.ThrowsAnyAsync<ChannelException>(() => NextAsync());

    private int Times(string command) => _server.Commands.Count(c => c.StartsWith(command, StringComparison.Ordinal));

    private void Put(uint uid) => _server.Letters[uid] = $"text {uid}";

    [Theory]
    [InlineData("TAG NO not here\r\n", "refused STARTTLS: \"not here\"")]
    [InlineData("TAG BAD what\r\n", "refused STARTTLS")]
    [InlineData("TAG OK begin\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] welcome\r\n", "went on speaking without TLS")]
    [InlineData("TAG OK begin\r\n", "No TLS")]
    [InlineData("* BYE no\r\n", "ended the connection")]
    public async Task Nothing_is_ever_said_without_tls_that_needs_it(string answer, string says)
    {
        _options = _options with { Security = MailSecurity.StartTls, Patience = TimeSpan.FromSeconds(5) };
        _server.Instead = command => command == "STARTTLS" ? answer : command.Length > 40 || !command.Contains(' ') ? "" : null;

        Assert.Contains(says, (await FailsAsync()).Message);
        Assert.Equal("STARTTLS", _server.Commands[0]);
        Assert.DoesNotContain(_server.Commands, command => command.Contains("correct", StringComparison.Ordinal) || command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_starttls_a_port_that_says_nothing_is_told_as_one_that_may_want_tls_from_the_first_byte()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _options = _options with { Security = MailSecurity.StartTls, Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port, Patience = TimeSpan.FromMilliseconds(300) };

        Assert.Contains("has STARTTLS (143 has; 993 wants Security Tls)", (await FailsAsync()).Message);
    }

    [Fact]
    public async Task Who_is_said_to_be_signed_in_before_tls_is_not_believed()
    {
        _options = _options with { Security = MailSecurity.StartTls };
        _server.Greeting = "* PREAUTH [CAPABILITY IMAP4rev1] welcome";

        Assert.Contains("Nothing was sent without TLS", (await FailsAsync()).Message);
        Assert.Empty(_server.Commands);
    }

    [Fact]
    public async Task A_folder_beside_the_inbox_is_opened_only_when_something_came()
    {
        _options = _options with { Folders = ["Other"], ReadSent = false };
        Put(1);
        await NextAsync();
        await NextAsync();
        await NextAsync(poll: true);
        await NextAsync(poll: true);
        Assert.Equal((1, 2), (Times("EXAMINE \"Other\""), Times("STATUS \"Other\"")));
        Put(2);

        Assert.Equal("letter 2", Assert.Single(MailBench.Posts(await NextAsync(poll: true))).Title);
        Assert.Equal("letter 2", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        Assert.Equal(0, (await NextAsync(poll: true)).Count);
    }

    [Fact]
    public async Task Where_the_server_counts_changes_a_folder_without_any_is_left_alone()
    {
        _server.Capabilities += " CONDSTORE";
        _options = _options with { Folders = ["Other"], ReadSent = false };
        var changes = 5;
        _server.Instead = command =>
            command.StartsWith("EXAMINE", StringComparison.Ordinal) ? $"* {_server.Letters.Count} EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [HIGHESTMODSEQ {changes}]\r\nTAG OK\r\n"
            : command.StartsWith("STATUS", StringComparison.Ordinal) ? $"* STATUS Other (HIGHESTMODSEQ {changes} MESSAGES {_server.Letters.Count} UIDVALIDITY 7)\r\nTAG OK\r\n" : null;
        await NextAsync();
        await NextAsync(poll: true);
        await NextAsync(poll: true);
        Assert.Equal(1, Times("EXAMINE \"Other\" (CONDSTORE)"));
        (changes, _server.Letters[1]) = (6, "text 1");

        Assert.Single(MailBench.Posts(await NextAsync(poll: true)));
        Assert.Single(MailBench.Posts(await NextAsync()));
        Assert.Equal(2, Times("EXAMINE \"Other\" (CONDSTORE)"));
    }

    [Fact]
    public async Task A_server_that_takes_utf8_is_spoken_to_in_it()
    {
        _server.Capabilities += " ENABLE UTF8=ACCEPT SPECIAL-USE";
        _options = _options with { Folder = "Beschwerden ü" };
        Put(1);
        _server.Instead = command => command.StartsWith("LIST", StringComparison.Ordinal) ? Wire("* LIST (\\Sent) \"/\" \"Gesendet &- weg ü\"\r\nTAG OK\r\n")
            : command.Contains("ENVELOPE", StringComparison.Ordinal) ? Wire(_server.Head(1).Replace("letter 1", "Grüße 😡", StringComparison.Ordinal)) + "TAG OK\r\n" : null;

        Assert.Equal("Grüße 😡", Assert.Single(MailBench.Posts(await NextAsync())).Title);
        await NextAsync();

        Assert.Contains("ENABLE UTF8=ACCEPT", _server.Commands);
        Assert.Contains("LIST \"\" \"*\" RETURN (SPECIAL-USE)", _server.Commands);
        Assert.Contains(Wire("EXAMINE \"Beschwerden ü\""), _server.Commands);
        Assert.Contains(Wire("EXAMINE \"Gesendet &- weg ü\""), _server.Commands);

        static string Wire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_longer_list_is_asked_the_short_one()
    {
        _server.Capabilities += " SPECIAL-USE";
        _server.Instead = command => command == "LIST \"\" \"*\"" ? "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\r\nTAG OK\r\n" : command.StartsWith("LIST", StringComparison.Ordinal) ? "TAG BAD what\r\n" : null;
        await NextAsync();

        Assert.Contains("EXAMINE \"Sent Items\"", _server.Commands);
    }
}
