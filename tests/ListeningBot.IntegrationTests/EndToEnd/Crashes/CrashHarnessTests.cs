using System.Globalization;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>
/// The real program is killed at each step and at random, again and again, on stores that grow; then every complaint has one case and one card, every acknowledged press is stored.
/// `tests/crash 10000` asks for more than `tests/run` does.
/// </summary>
public sealed class CrashHarnessTests(ITestOutputHelper output)
{
    private const int KillsATown = 100;
    private const int FewKills = 10;
    private const int RandomMoments = 8;

    /// <summary>So many reach every step, else nobody is killed there any more.</summary>
    private const int ManyKills = 1000;
    private static readonly CrashStep[] OfDatabases = [CrashStep.DatabaseKilled, CrashStep.SessionsEnded, CrashStep.AnswerCutOff];
    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("LISTENINGBOT_CRASHES"), CultureInfo.InvariantCulture, out var asked) ? asked : null;
    private static readonly int Lanes = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_CRASH_LANES") ?? "2", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Killed_anywhere_no_complaint_is_lost_and_none_is_shown_twice(string engine)
    {
        var only = Environment.GetEnvironmentVariable("LISTENINGBOT_CRASH_STORE") ?? engine;
        Assert.SkipUnless(only == engine, $"only {only} was asked for");
        if (engine == "postgresql")
        {
            LocalPostgres.SkipIfMissing();
        }
        CrashStep[] steps = [.. Enum.GetValues<CrashStep>().Except(engine == "postgresql" ? [] : OfDatabases), .. Enumerable.Repeat(CrashStep.AtAnyMoment, RandomMoments)];
        if (Environment.GetEnvironmentVariable("LISTENINGBOT_CRASH_STEPS") is { Length: > 0 } wanted)
        {
            steps = [.. wanted.Split(',').Select(Enum.Parse<CrashStep>)];
        }
        var tally = new CrashTally(Asked is null ? TextWriter.Null : Console.Out);
        var kills = Asked ?? FewKills;
        if (Asked is null)
        {
            Random.Shared.Shuffle(steps);
            // A few kills are not enough for all; these take most.
            steps = [.. steps.OrderBy(step => OfDatabases.Contains(step) ? 0 : 1)];
        }
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(async () =>
        {
            await using var database = engine == "postgresql" ? await CrashDatabase.StartedAsync() : null;
            while (Volatile.Read(ref next) < kills - 1)
            {
                await OneTownAsync(database, tally, Math.Min(KillsATown, (kills + Lanes - 1) / Lanes), () => Interlocked.Increment(ref next) is var at && at < kills ? steps[at % steps.Length] : null);
            }
        })));
        if (kills >= ManyKills)
        {
            tally.NeverReached(steps);
        }
        output.WriteLine(tally.Table());
        if (Asked is not null)
        {
            Console.WriteLine(tally.Table());
        }
        Assert.True(tally.Faults.Count == 0, string.Join('\n', tally.Faults));
    }

    private static async Task OneTownAsync(CrashDatabase? database, CrashTally tally, int kills, Func<CrashStep?> next)
    {
        var random = new Random();
        await using var town = await CrashTown.BuiltAsync(random, database);
        var lane = new CrashLane(town, tally, random);
        for (var i = 0; i < kills && next() is { } step; i++)
        {
            await lane.KillAsync(step);
        }
        await CrashJudge.AtTheEndAsync(town, tally);
    }
}
