using System.Globalization;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.EndToEnd.Crashes;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>
/// The disk fails under the real program while customers complain and people press: it refuses to write, to sync, to read, or has no room, each time or now and then. /readyz says so and is well again at once, nothing is tried
/// in a loop; in the end each complaint has one case and one card, each press that was acknowledged is stored, and the file is whole: also where the program is killed meanwhile.
/// </summary>
public sealed class DiskErrorTests(ITestOutputHelper output)
{
    private static readonly TimeSpan RedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GreenWithin = TimeSpan.FromSeconds(5);

    /// <summary>Who presses presses twenty times a second.</summary>
    private const int MostASecond = 100;

    /// <summary>How often it is killed while the disk fails.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_DISK_KILLS") ?? "3", CultureInfo.InvariantCulture);

    /// <summary>Each call of these fails.</summary>
    private static readonly DiskFault[] Whole =
    [
        new("no write", ["pwrite64:EIO", "ftruncate:EIO"]),
        new("no room", ["pwrite64:ENOSPC"]),
        new("no sync", ["fdatasync:EIO", "fsync:EIO"]),
        new("nothing at all", ["pwrite64:EIO", "fdatasync:EIO", "fsync:EIO", "pread64:EIO", "ftruncate:EIO"]),
    ];

    /// <summary>Now and then; and what the writer may never notice.</summary>
    private static readonly DiskFault[] Parts =
    [
        new("no read", ["pread64:EIO"]),
        new("every third write", ["pwrite64:EIO:2+3"]),
        new("every second sync", ["fdatasync:EIO:1+2", "fsync:EIO:1+2"]),
        new("now this, now that", ["pwrite64:ENOSPC:7+11", "fdatasync:EIO:3+4", "pread64:EIO:2+5"]),
        new("only the store's own file", ["pwrite64:EIO", "fdatasync:EIO", "fsync:EIO", "pread64:EIO"], InLog: false),
    ];

    [Fact]
    public async Task The_disk_fails_in_one_way_after_another()
    {
        await FailingDisk.SkipIfImpossibleAsync();
        await using var town = await CrashTown.BuiltAsync(new Random(), database: null);
        var tally = new CrashTally(TextWriter.Null);
        using var end = new CancellationTokenSource();
        await using (var bot = town.Town.StartBot(town.Settings))
        {
            await using var form = town.Form.Posting(bot, tally);
            await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
            var claims = Task.Run(() => town.ClaimAsync(pinged: false, end.Token));
            foreach (var fault in Whole)
            {
                await FailAsync(town, bot, fault, turnsRed: true);
            }
            foreach (var fault in Parts)
            {
                await FailAsync(town, bot, fault, turnsRed: false);
            }
            await end.CancelAsync();
            await claims;
            await bot.TerminateAsync();
        }
        await JudgeAsync(town, tally);
    }

    [Fact]
    public async Task The_program_is_killed_while_the_disk_fails()
    {
        await FailingDisk.SkipIfImpossibleAsync();
        var random = new Random();
        await using var town = await CrashTown.BuiltAsync(random, database: null);
        var tally = new CrashTally(TextWriter.Null);
        DiskFault[] faults = [.. Parts, .. Whole];
        random.Shuffle(faults);
        for (var i = 0; i < Kills; i++)
        {
            using var end = new CancellationTokenSource();
            await using var bot = town.Town.StartBot(town.Settings);
            await using var form = town.Form.Posting(bot, tally);
            await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
            var claims = Task.Run(() => town.ClaimAsync(pinged: false, end.Token));
            town.Complain(3);
            await FaultHarnessTests.UntilAsync(() => Task.FromResult(CrashJudge.IsAtRest(town)), bot);
            await using (var disk = await FailingDisk.OfAsync(bot.Id, StoreOf(town), faults[i % faults.Length]))
            {
                town.Complain(3);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(4000)), TimeProvider.System);
                await bot.KillAsync();
                tally.Killed(CrashStep.AtAnyMoment, reached: disk.Failed > 0);
                output.WriteLine($"killed with {faults[i % faults.Length].What}, {disk.Failed} calls failed");
            }
            await end.CancelAsync();
            await claims;
            CrashJudge.AfterAKill(town, tally);
        }
        await JudgeAsync(town, tally);
    }

    /// <summary>Many posts that nobody needs to see fill the log; where the file can't be synced then, the log is what counts, also after a stop in order, and the next start takes all of it in.</summary>
    [Fact]
    public async Task The_file_cant_be_synced_while_the_log_is_taken_into_it()
    {
        await FailingDisk.SkipIfImpossibleAsync();
        await using var town = await CrashTown.BuiltAsync(new Random(), database: null);
        var tally = new CrashTally(TextWriter.Null);
        var log = new FileInfo(StoreOf(town) + "-wal");
        await using (var bot = town.Town.StartBot(town.Settings))
        {
            await using var form = town.Form.Posting(bot, tally);
            await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
            await using (await FailingDisk.OfAsync(bot.Id, StoreOf(town), new DiskFault("the file's syncs", ["fdatasync:EIO", "fsync:EIO"], InLog: false)))
            {
                var posts = 0;
                await FaultHarnessTests.UntilAsync(() => { Calm(town, ++posts); return Task.FromResult(bot.Errors.Contains("Don't delete that file", StringComparison.Ordinal) || bot.Errors.Contains("Don\\u0027t delete that file", StringComparison.Ordinal)); }, bot);
                town.Complain(3);
                await FaultHarnessTests.UntilAsync(() => Task.FromResult(CrashJudge.IsAtRest(town)), bot);
            }
            Assert.True(await bot.IsReadyAsync());
            await bot.TerminateAsync();
        }
        log.Refresh();
        Assert.True(log is { Exists: true, Length: > 1_000_000 }, "The log was not kept.");
        await using (var bot = town.Town.StartBot(town.Settings))
        {
            await using var form = town.Form.Posting(bot, tally);
            await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
            town.Complain(2);
            await FaultHarnessTests.UntilAsync(() => Task.FromResult(CrashJudge.IsAtRest(town)), bot);
            await bot.KillAsync();
        }
        await JudgeAsync(town, tally);
    }

    private static void Calm(CrashTown town, int round)
    {
        for (var i = 0; i < 20; i++)
        {
            town.Town.Post($"calm{round}x{i}", $"acme opened shop number {round} in street {i} today");
        }
    }

    private async Task FailAsync(CrashTown town, BotProcess bot, DiskFault fault, bool turnsRed)
    {
        var (red, said) = (TimeSpan.Zero, bot.Errors.Length);
        int failed, most;
        var began = TimeProvider.System.GetTimestamp();
        await using (var disk = await FailingDisk.OfAsync(bot.Id, StoreOf(town), fault))
        {
            began = TimeProvider.System.GetTimestamp();
            town.Complain(3);
            if (turnsRed)
            {
                await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == false, bot);
                red = TimeProvider.System.GetElapsedTime(began);
            }
            await FaultHarnessTests.UntilAsync(() => Task.FromResult(disk.Failed > 0 && TimeProvider.System.GetElapsedTime(began) > red + (StoreFaultTests.Gone / 2)), bot);
            town.Complain(2);
            (failed, most) = (disk.Failed, disk.MostFailedASecond);
        }
        var back = TimeProvider.System.GetTimestamp();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        var green = TimeProvider.System.GetElapsedTime(back);
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(CrashJudge.IsAtRest(town)), bot);
        var (all, lines) = (TimeProvider.System.GetElapsedTime(began), LinesOf(bot.Errors[said..]));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fault.What}: red after {red.TotalSeconds:0.0} s, green {green.TotalSeconds:0.0} s after it was mended, all shown after {TimeProvider.System.GetElapsedTime(back).TotalSeconds:0.0} s; {failed} calls failed, {most} a second at most; {lines.Count} lines were logged in {all.TotalSeconds:0.0} s"));

        Assert.InRange(red, TimeSpan.Zero, RedWithin);
        Assert.InRange(green, TimeSpan.Zero, GreenWithin);
        Assert.InRange(most, 0, MostASecond);
        // Who wrote and who waits for it may each say a line of a call that failed, and how many fail is chance.
        Assert.InRange(lines.Count, 1, 20 + (5 * all.TotalSeconds) + failed);
        Assert.DoesNotContain(lines, line => line.Contains("fault of the program", StringComparison.Ordinal));
    }

    /// <summary>Without those that answer somebody's press, each of which is a press that somebody made.</summary>
    private static List<string> LinesOf(string log) => [.. log.Split('\n').Where(line => line.Contains("\"EventId\"", StringComparison.Ordinal) && !line.Contains("was not saved; its presser is told so", StringComparison.Ordinal))];

    private async Task JudgeAsync(CrashTown town, CrashTally tally)
    {
        await CrashJudge.AtTheEndAsync(town, tally);
        output.WriteLine(tally.Table());
        Assert.True(tally.Faults.Count == 0, string.Join('\n', tally.Faults));
    }

    private static string StoreOf(CrashTown town) => Path.Combine(town.Town.Folder, "data", "listeningbot.db");
}
