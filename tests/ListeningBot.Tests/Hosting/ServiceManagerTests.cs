using System.Globalization;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Hosting;

public sealed class ServiceManagerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_told_at_a_path_and_at_an_abstract_name(bool atAPath)
    {
        using var local = new LocalServiceManager(atAPath);
        using var manager = Made(local.Environment(watchdog: null))!;

        Assert.Null(manager.Tell("READY=1", "STATUS=ä well"));
        await UntilAsync(() => local.Lines.Count == 2);

        Assert.Equal(["READY=1", "STATUS=ä well"], local.Lines);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("vsock:2:1234")]
    [InlineData("relative/socket")]
    public void Where_none_listens_there_is_none(string? place) =>
        Assert.Null(ServiceManager.Of(name => name == "NOTIFY_SOCKET" ? place : null));

    [Fact]
    public void A_name_longer_than_a_socket_can_have_is_none() =>
        Assert.Null(ServiceManager.Of(name => name == "NOTIFY_SOCKET" ? "/" + new string('x', 300) : null));

    [Fact]
    public void A_manager_that_is_gone_ends_no_program()
    {
        var local = new LocalServiceManager(atAPath: true);
        using var manager = Made(local.Environment(watchdog: null))!;
        local.Dispose();

        Assert.NotNull(manager.Tell("READY=1"));
    }

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "own", 30.0)]
    [InlineData("30000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("9223372036854775807", null, null)]
    [InlineData(null, null, null)]
    public void The_watchdog_is_ours_only_when_it_names_us_or_nobody(string? micros, string? pid, double? seconds)
    {
        using var local = new LocalServiceManager(atAPath: false);
        var variables = local.Environment(watchdog: null);
        if (micros is not null)
        {
            variables["WATCHDOG_USEC"] = micros;
        }
        if (pid is not null)
        {
            variables["WATCHDOG_PID"] = pid == "own" ? Environment.ProcessId.ToString(CultureInfo.InvariantCulture) : pid;
        }
        using var manager = Made(variables)!;

        Assert.Equal(seconds, manager.Watchdog?.TotalSeconds);
    }

    private static ServiceManager? Made(Dictionary<string, string> variables) => ServiceManager.Of(variables.GetValueOrDefault);

    private static async Task UntilAsync(Func<bool> done)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(60), "Waited in vain.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
