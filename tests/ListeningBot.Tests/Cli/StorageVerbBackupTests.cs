using System.Net;
using System.Text;
using ListeningBot.Cli;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Cli;

/// <summary>On either engine: LISTENINGBOT_TEST_STORE.</summary>
public sealed class StorageVerbBackupTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("backups").FullName;
    private readonly StringWriter _said = new();

    private string Backup => Path.Combine(_folder, "backup.db");

    public async ValueTask DisposeAsync()
    {
        await _temp.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        await _said.DisposeAsync();
    }

    [Fact]
    public async Task The_store_knows_when_it_was_backed_up_and_so_does_a_file_that_is_put_back()
    {
        Assert.Null(await _temp.ReadAsync(view => Backups.Last(view, _clock.GetUtcNow())));

        Assert.Equal(Exit.Done, await Verb(_temp.Place).MakeAsync(Backup, CancellationToken.None));

        Assert.Equal(ManualClock.Start, await _temp.ReadAsync(view => Backups.Last(view, _clock.GetUtcNow())));
        var elsewhere = Path.Combine(_folder, "put", "bot.db");
        _clock.Advance(TimeSpan.FromDays(1));
        Verb(new StorePlace(elsewhere)).Restore(Backup, CancellationToken.None);
        await using var put = SqliteStore.Open(elsewhere, NullLogger<SqliteStore>.Instance);
        Assert.Equal(ManualClock.Start, await put.ReadAsync(view => Backups.Last(view, _clock.GetUtcNow())));
    }

    [Fact]
    public async Task A_backup_that_fails_is_not_noted()
    {
        _ = await _temp.ReadAsync(view => Backups.Last(view, _clock.GetUtcNow()));

        await Assert.ThrowsAsync<StoreException>(() => Verb(_temp.Place).MakeAsync(Path.Combine(_folder, "missing", "backup.db"), CancellationToken.None));

        Assert.Null(await _temp.ReadAsync(view => Backups.Last(view, _clock.GetUtcNow())));
    }

    /// <summary>A server has backups of its own, of which nothing is known.</summary>
    [Fact]
    public async Task A_file_that_is_put_into_a_server_leaves_it_without_a_word_of_backups()
    {
        LocalPostgres.SkipIfMissing();
        await using var file = new TempStore(new StoreOptions());
        _ = file.Store;
        await Verb(file.Place).MakeAsync(Backup, CancellationToken.None);
        var database = await (await LocalPostgres.Shared).NewDatabaseAsync();

        Verb(new StorePlace(file.Path, database)).Restore(Backup, CancellationToken.None);

        await using var put = PostgresStore.Open(database, NullLogger.Instance);
        Assert.Null(await put.ReadAsync(view => Backups.Last(view, _clock.GetUtcNow())));
    }

    /// <summary>Its lock file is moved away with the rest, and then holds nobody back.</summary>
    [Fact]
    public async Task A_bot_that_answers_for_the_very_place_is_named()
    {
        var place = new StorePlace(Path.Combine(_folder, "bot.db"));
        using var door = new HttpListener();
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        door.Prefixes.Add(address.AbsoluteUri);
        door.Start();
        var answering = AnswerAsync(door, $"{{\"store\":{{\"mark\":\"{place.Mark}\"}},\"parts\":[]}}");

        var refused = await Assert.ThrowsAsync<StoreException>(() => StoreVerb.ExpectNoBotAsync(address, place, CancellationToken.None));
        Assert.StartsWith($"A bot runs on {place}: it answers at {address.Authority}. Stop it first", refused.Message, StringComparison.Ordinal);
        await StoreVerb.ExpectNoBotAsync(address, new StorePlace(Path.Combine(_folder, "other.db")), CancellationToken.None);
        await StoreVerb.ExpectNoBotAsync(null, place, CancellationToken.None);
        door.Stop();
        await answering;
        await StoreVerb.ExpectNoBotAsync(address, place, CancellationToken.None);
    }

    private static async Task AnswerAsync(HttpListener door, string text)
    {
        try
        {
            while (true)
            {
                using var response = (await door.GetContextAsync()).Response;
                response.StatusCode = 503;
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private StorageVerbBackup Verb(StorePlace place) => new(place, _clock, new VerbPaper(_said, null));
}
