using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

public sealed class FailingDiskTests
{
    private const int Pages = 115;

    [Fact]
    public async Task A_full_disk_is_told_nothing_is_half_stored_and_work_goes_on_when_there_is_room()
    {
        await using var temp = new TempStore(new StoreOptions { MostPages = Pages });
        var stored = await FillAsync(temp);

        var failed = await Assert.ThrowsAsync<StoreException>(() => temp.WriteAsync(tx => AddLarge(tx, "one too many")));
        Assert.Equal($"Nothing more can be written to the database {temp.Path}: its disk is full. Free some space there; the work goes on by itself.", failed.Message);
        Assert.Equal(stored, (await temp.ReadAsync(view => view.Totals())).Mentions);

        await temp.WriteAsync(tx => tx.BlankMention(1, Now));
        await temp.WriteAsync(tx => tx.BlankMention(2, Now));
        await temp.WriteAsync(tx => AddLarge(tx, "one too many"));
        Assert.Equal(stored + 1, (await temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task On_a_full_disk_every_one_of_the_group_is_told_or_stored()
    {
        await using var temp = new TempStore(new StoreOptions { MostPages = Pages });
        var before = await FillAsync(temp);
        await using var held = await HeldWriter.HoldAsync(temp.Store);
        var waiting = Enumerable.Range(0, 50).Select(i => temp.WriteAsync(tx => AddLarge(tx, "group " + i))).ToArray();
        await held.LetGoAsync();

        var told = 0;
        foreach (var one in waiting)
        {
            told += await Record.ExceptionAsync(() => one) is StoreException ? 1 : 0;
        }
        Assert.InRange(told, 1, 50);
        Assert.Equal(before + 50 - told, (await temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task Work_that_hides_a_lost_transaction_can_not_go_on_outside_of_one()
    {
        await using var temp = new TempStore(new StoreOptions { MostPages = Pages });
        var before = await FillAsync(temp);
        var stubborn = temp.WriteAsync(tx =>
        {
            for (var i = 0; i < 20; i++)
            {
                try
                {
                    AddLarge(tx, "stubborn " + i);
                }
                catch (StoreException)
                {
                    tx.KeepDocument("settings", "outside", Now);
                }
            }
        });

        await Assert.ThrowsAsync<StoreException>(() => stubborn);
        Assert.Null(await temp.ReadAsync(view => view.Document("settings")));
        Assert.Equal(before, (await temp.ReadAsync(view => view.Totals())).Mentions);
    }

    [Fact]
    public async Task A_failing_disk_is_logged_once_and_once_when_it_is_well_again()
    {
        var log = new CollectingLog();
        var folder = Directory.CreateTempSubdirectory("full").FullName;
        await using (var store = SqliteStore.Open(Path.Combine(folder, "bot.db"), log, new StoreOptions { MostPages = Pages }))
        {
            for (var i = 0; i < 5; i++)
            {
                await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync(tx => AddLarge(tx, "zanzibar", 4_000_000)));
            }
            await store.WriteAsync(tx => tx.NextCaseId());
        }
        Directory.Delete(folder, recursive: true);

        Assert.Equal([303, 304], log.Events.Where(e => e.Id is 303 or 304).Select(e => e.Id).ToArray());
        Assert.DoesNotContain(log.Events, e => e.Message.Contains("zanzibar"));
    }

    [Theory]
    [InlineData(raw.SQLITE_IOERR_FSYNC, "The disk failed under the database /x/bot.db (detail, code 1034). Check the disk, its free space and its mount; the work goes on by itself once it answers.")]
    [InlineData(raw.SQLITE_NOMEM, "There was not enough memory to work on the database /x/bot.db. Give the service more memory; the work goes on by itself.")]
    [InlineData(raw.SQLITE_CANTOPEN, "The database /x/bot.db can't be opened (detail). Check that the folder is there and that this user may read and write it.")]
    [InlineData(raw.SQLITE_PROTOCOL, "The database /x/bot.db refused: detail (code 15).")]
    public void Faults_that_no_test_can_make_have_words_too(int code, string message) =>
        Assert.Equal(message, Assert.IsType<StoreException>(StoreFaults.From(code, "detail", "/x/bot.db")).Message);

    [Theory]
    [InlineData(raw.SQLITE_TOOBIG)]
    [InlineData(raw.SQLITE_ERROR)]
    public void What_fails_however_often_it_is_tried_is_no_fault_of_the_disk(int code) =>
        Assert.IsType<InvalidOperationException>(StoreFaults.From(code, "detail", "/x/bot.db"));

    private static long AddLarge(IStoreTx tx, string id, int length = 8000) => tx.AddMention(Mention(id, text: new string('x', length)));

    private static async Task<int> FillAsync(TempStore temp)
    {
        for (var stored = 0; ; stored++)
        {
            var id = "fill " + stored;
            if (await Record.ExceptionAsync(() => temp.WriteAsync(tx => AddLarge(tx, id))) is StoreException)
            {
                return stored;
            }
        }
    }

    private sealed class CollectingLog : ILogger<SqliteStore>
    {
        public List<(int Id, string Message)> Events { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Events)
            {
                Events.Add((eventId.Id, formatter(state, exception)));
            }
        }
    }
}
