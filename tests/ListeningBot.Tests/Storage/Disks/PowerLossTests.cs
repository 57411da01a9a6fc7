using System.Globalization;

namespace ListeningBot.Tests.Storage.Disks;

/// <summary>
/// The power fails below SQLite: of what was not synced any part is lost, torn into sectors. What was acknowledged is there, nothing is there by half.
/// `LISTENINGBOT_POWER_CUTS=1000` asks for more than `tests/run` does.
/// </summary>
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private const int CutsAStore = 20;
    private static readonly int Cuts = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_POWER_CUTS") ?? "40", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whenever_the_power_fails_what_was_acknowledged_is_there_and_nothing_is_there_by_half()
    {
        var began = TimeProvider.System.GetTimestamp();
        long kept = 0, unheard = 0;
        for (var done = 0; done < Cuts; done += CutsAStore)
        {
            var seed = Random.Shared.Next();
            using var store = new PowerLoss(seed);
            for (var i = 0; i < Math.Min(CutsAStore, Cuts - done); i++)
            {
                var failed = await Record.ExceptionAsync(store.FailOnceAsync);
                Assert.True(failed is null, $"Cut {i} of the store with seed {seed}: {failed}");
            }
            kept += store.Kept;
            unheard += store.Unheard;
        }
        output.WriteLine($"{Cuts} losses of power, {kept} changes kept, 0 acknowledged ones lost, {unheard} kept that nobody had been told of, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
    }
}
