using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Channels.Mail;

public sealed class KeptTokenTests : IAsyncDisposable
{
    private static readonly MailOptions Options = new() { Host = "imap.example", User = "care@acme.example", ClientId = "app-1", RefreshToken = "configured" };
    private readonly TempStore _temp = new();

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    /// <summary>Services take each of them once: the configured one may be long dead.</summary>
    [Fact]
    public async Task A_move_to_a_shared_database_goes_on_with_the_token_in_the_file_until_one_lies_there()
    {
        await Token(shared: false).KeepAsync("of-the-file");

        Assert.Equal("of-the-file", await Token(shared: true).NewestAsync(TestContext.Current.CancellationToken));
        await Token(shared: true).KeepAsync("of-the-database");
        Assert.Equal("of-the-database", await Token(shared: true).NewestAsync(TestContext.Current.CancellationToken));
        Assert.Equal("given-by-hand", await Token(shared: true, Options with { RefreshToken = "given-by-hand" }).NewestAsync(TestContext.Current.CancellationToken));
    }

    private KeptToken Token(bool shared, MailOptions? options = null) =>
        new(_temp.Folder, shared ? new SharedPapers(_temp.Store, new ManualClock()) : null, "inbox", options ?? Options, NullLogger.Instance);
}
