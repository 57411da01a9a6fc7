using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>How real machines divide what there is to do.</summary>
public sealed class ClusterShareTests
{
    [Fact]
    public async Task Roles_are_shared_evenly_by_as_many_machines_as_there_are()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(3);
        var (one, two, three) = (machines.All[0], machines.All[1], machines.All[2]);
        one.Start();
        await TellAsync("one machine alone");
        two.Start();
        await TellAsync("a second one joined");
        three.Start();
        await TellAsync("a third one joined");
        await two.Bot.TerminateAsync();
        Assert.Equal(0, two.Bot.ExitCode);
        await TellAsync("the second one left in order");
        await one.Bot.KillAsync();
        await TellAsync("the first one died");
        one.Start();
        await TellAsync("it came back");

        // Whoever joined, left or died: Discord never heard from two of them at once.
        Assert.Equal(1, machines.Town.Discord.Gateway.MostListening);
        Say($"{machines.Town.Discord.Gateway.Identifies.Count} sessions at Discord, one after the other");

        async Task TellAsync(string what)
        {
            var began = TimeProvider.System.GetTimestamp();
            await machines.SettledAsync();
            Assert.Equal(10, (await Task.WhenAll(machines.All.Select(machines.RolesOfAsync))).Sum(roles => roles.Count));
            Say($"{what}: shared evenly after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        }
    }

    private static void Say(string words) => TestContext.Current.TestOutputHelper!.WriteLine(words);
}
