namespace ListeningBot.Hosting;

internal static class Ticks
{
    /// <summary>Waits for the next tick; false when it is the end.</summary>
    public static async Task<bool> TicksAsync(this PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
