using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>Waits for something that another thread or process brings about.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <param name="clock">Moves on by a tenth of a second with each look.</param>
    public static async Task TrueAsync(Func<bool> condition, ManualClock? clock = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "Waited in vain.");
            clock?.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(Look, TimeProvider.System);
        }
    }
}
