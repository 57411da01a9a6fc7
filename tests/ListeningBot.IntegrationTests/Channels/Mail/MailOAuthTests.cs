using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Sign-in by OAuth: a real Dovecot that asks who a token is of, and servers that say what Dovecot does not.</summary>
public sealed class MailOAuthTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokens-").FullName;
    private readonly CollectedLogs _logs = new();
    private readonly WebReader _web = new(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);
    private readonly LocalImap _server = new() { Capabilities = "IMAP4rev1 AUTH=XOAUTH2 AUTH=PLAIN SASL-IR" };
    private LocalTokens _tokens = null!;

    public async ValueTask InitializeAsync() => _tokens = await LocalTokens.StartedAsync();

    public async ValueTask DisposeAsync()
    {
        await _tokens.DisposeAsync();
        await _server.DisposeAsync();
        _web.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string KeptFile => Path.Combine(_folder, "inbox.refresh-token.json");

    private ChannelContext Context(TimeProvider? time = null) => new("inbox", _web, time ?? TimeProvider.System, _logs, (_, _) => Task.CompletedTask) { Folder = _folder };

    private MailOptions Options(int? port = null) => new()
    {
        Host = "127.0.0.1",
        Port = port ?? _server.Port,
        Security = MailSecurity.None,
        User = "care@acme.example",
        SignIn = MailSignIn.OAuth,
        TokenAddress = _tokens.TokenAddress,
        ClientId = "app-1",
        ClientSecret = "client-secret",
        RefreshToken = "refresh-0-secret",
    };

    /// <summary>One round of the channel: what it read.</summary>
    private static async Task<List<string>> ReadAsync(ChannelContext context, MailOptions options, MailChannel? channel = null)
    {
        await foreach (var batch in (channel ?? new MailChannel(context, options)).ReadAsync(null, WatchSet.Build([], Ours.Nobody), CancellationToken.None))
        {
            return [.. MailBench.Posts(batch).Select(post => post.Title!)];
        }
        return [];
    }

    private List<string> SignIns => [.. _server.Commands.Where(command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal))];

    private static string Proof(string token) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"user=care@acme.example\u0001auth=Bearer {token}\u0001\u0001"));

    [Fact]
    public async Task A_real_server_takes_the_token_and_a_refresh_token_handed_out_anew_outlasts_the_program()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await using var dovecot = new LocalDovecot { TokenCheck = _tokens.CheckAddress };
        await dovecot.StartAsync();
        await dovecot.DeliverAsync("From: mia@example.org\nSubject: by token\n\nHello\n");
        var options = Options(dovecot.Port) with { Security = MailSecurity.Tls, CertificateSha256 = dovecot.CertificateSha256 };

        Assert.Equal(["by token"], await ReadAsync(Context(), options));
        Assert.Equal(["by token"], await ReadAsync(Context(), options));

        Assert.Equal(["refresh-0-secret", "refresh-1-secret"], _tokens.Asked.Select(form => form["refresh_token"].ToString()));
        Assert.Equal(("refresh_token", "app-1", "client-secret"), (_tokens.Asked[0]["grant_type"].ToString(), _tokens.Asked[0]["client_id"].ToString(), _tokens.Asked[0]["client_secret"].ToString()));
        Assert.Contains("refresh-2-secret", await File.ReadAllTextAsync(KeptFile), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(KeptFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Contains("method=XOAUTH2", dovecot.LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_server_that_refuses_the_token_is_tried_once()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        _tokens.HandsOutBadOnes = true;
        await using var dovecot = new LocalDovecot { TokenCheck = _tokens.CheckAddress };
        await dovecot.StartAsync();
        var options = Options(dovecot.Port) with { Security = MailSecurity.Tls, CertificateSha256 = dovecot.CertificateSha256 };

        var refused = await Assert.ThrowsAnyAsync<ChannelException>(() => ReadAsync(Context(), options));

        Assert.True(refused.NeedsOperator, refused.Message);
        Assert.Contains("RefreshToken", refused.Message);
        AssertSilent(refused);
        Assert.Single(_tokens.Asked);
    }

    [Theory]
    [InlineData("SASL-IR ", "AUTHENTICATE XOAUTH2 {0} []")]
    [InlineData("", "AUTHENTICATE XOAUTH2 {0} []")]
    public async Task What_the_server_says_of_a_bad_token_is_answered_by_an_empty_line(string atOnce, string command)
    {
        _server.Capabilities = $"IMAP4rev1 {atOnce}AUTH=XOAUTH2";
        _server.Challenge = "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==";
        _server.Instead = asked => asked.StartsWith("AUTHENTICATE", StringComparison.Ordinal) ? "TAG NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\r\n" : null;

        var refused = await Assert.ThrowsAnyAsync<ChannelException>(() => ReadAsync(Context(), Options()));

        Assert.True(refused.NeedsOperator);
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, Proof("access-1-secret")), Assert.Single(SignIns));
        AssertSilent(refused);
    }

    [Fact]
    public async Task A_token_is_used_again_until_shortly_before_it_runs_out()
    {
        var clock = new ManualClock();
        var channel = new MailChannel(Context(clock), Options());
        await ReadAsync(Context(clock), Options(), channel);
        clock.Advance(TimeSpan.FromMinutes(54));
        await ReadAsync(Context(clock), Options(), channel);
        clock.Advance(TimeSpan.FromMinutes(2));
        await ReadAsync(Context(clock), Options(), channel);

        Assert.Equal([Proof("access-1-secret"), Proof("access-1-secret"), Proof("access-2-secret")], SignIns.Select(command => command.Split(' ')[2]));
    }

    [Fact]
    public async Task A_token_lasts_as_long_however_our_clock_is_set()
    {
        var clock = new ManualClock();
        var channel = new MailChannel(Context(clock), Options());
        await ReadAsync(Context(clock), Options(), channel);
        clock.Ahead = TimeSpan.FromDays(1);
        await ReadAsync(Context(clock), Options(), channel);
        clock.Ahead = TimeSpan.FromDays(-1);
        clock.Advance(TimeSpan.FromMinutes(56));
        await ReadAsync(Context(clock), Options(), channel);

        Assert.Equal([Proof("access-1-secret"), Proof("access-1-secret"), Proof("access-2-secret")], SignIns.Select(command => command.Split(' ')[2]));
    }

    [Fact]
    public async Task A_token_that_was_good_before_is_replaced_when_it_is_refused()
    {
        var channel = new MailChannel(Context(), Options());
        await ReadAsync(Context(), Options(), channel);
        _server.Instead = command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal) && command.Contains(Proof("access-1-secret")) ? "TAG NO it was withdrawn\r\n" : null;

        Assert.False((await Assert.ThrowsAnyAsync<ChannelException>(() => ReadAsync(Context(), Options(), channel))).NeedsOperator);
        await ReadAsync(Context(), Options(), channel);

        Assert.Equal(Proof("access-2-secret"), SignIns[^1].Split(' ')[2]);
    }

    [Theory]
    [InlineData(400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS700082: The refresh token refresh-0-secret has expired\"}", true, "(invalid_grant, AADSTS700082). Let the mailbox's owner consent again")]
    [InlineData(401, "{\"error\":\"invalid_client\"}", true, "Check ClientId and ClientSecret")]
    [InlineData(400, "nonsense", true, "HTTP 400")]
    [InlineData(503, "", false, "HTTP 503")]
    [InlineData(429, "", false, "HTTP 429")]
    [InlineData(200, "<html>", false, "not JSON")]
    [InlineData(200, "{\"access_token\":\"two words\"}", false, "gave no access token")]
    [InlineData(200, "[]", false, "gave no access token")]
    public async Task What_the_token_service_refuses_is_told_with_its_cure(int status, string body, bool needsOperator, string says)
    {
        _tokens.Refusal = (status, body);

        var refused = await Assert.ThrowsAnyAsync<ChannelException>(() => ReadAsync(Context(), Options()));

        Assert.Contains(says, refused.Message);
        Assert.Equal(needsOperator, refused.NeedsOperator);
        Assert.Empty(SignIns);
        AssertSilent(refused);
    }

    [Fact]
    public async Task A_newly_configured_refresh_token_counts_more_than_the_kept_one()
    {
        await ReadAsync(Context(), Options());
        Assert.True(File.Exists(KeptFile));

        await Assert.ThrowsAnyAsync<ChannelException>(() => ReadAsync(Context(), Options() with { RefreshToken = "given-by-hand" }));

        Assert.Equal("given-by-hand", _tokens.Asked[^1]["refresh_token"].ToString());
    }

    [Fact]
    public async Task A_new_refresh_token_that_can_not_be_kept_is_used_all_the_same()
    {
        _tokens.ExpiresIn = "\"soon\"";
        var channel = new MailChannel(Context(), Options());
        await ReadAsync(Context(), Options(), channel);
        Directory.CreateDirectory(KeptFile + ".new");
        await ReadAsync(Context(), Options(), channel);
        await ReadAsync(Context(), Options(), channel);
        Directory.Delete(KeptFile + ".new");
        await ReadAsync(Context(), Options(), channel);

        Assert.Equal(["refresh-0-secret", "refresh-1-secret", "refresh-2-secret", "refresh-3-secret"], _tokens.Asked.Select(form => form["refresh_token"].ToString()));
        Assert.Contains("can't be kept", _logs.Text, StringComparison.Ordinal);
        Assert.Contains("refresh-4-secret", await File.ReadAllTextAsync(KeptFile), StringComparison.Ordinal);
        Assert.DoesNotContain("-secret", _logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_a_life_is_asked_for_anew_each_time()
    {
        _tokens.ExpiresIn = "\"soon\"";
        var channel = new MailChannel(Context(), Options());
        await ReadAsync(Context(), Options(), channel);
        await ReadAsync(Context(), Options(), channel);

        Assert.Equal(2, _tokens.Asked.Count);
    }

    private void AssertSilent(Exception error)
    {
        var said = error + _logs.Text;
        Assert.DoesNotContain("-secret", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Proof("access-1-secret"), said, StringComparison.Ordinal);
    }
}
