namespace ListeningBot.Net;

/// <summary>How long to pause after failures in a row: doubled each time, capped, and shortened by chance so that many don't come back at once.</summary>
/// <param name="first">The pause after one failure, before chance.</param>
/// <param name="most">No pause is longer.</param>
/// <param name="random">Seeded in tests.</param>
public sealed class Backoff(TimeSpan first, TimeSpan most, Random? random = null)
{
    private readonly Random _random = random ?? Random.Shared;

    /// <summary>Between half of and the whole doubled pause; zero when nothing failed.</summary>
    public TimeSpan Next(int failures)
    {
        if (failures <= 0)
        {
            return TimeSpan.Zero;
        }
        var doubled = first.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 60));
        var whole = Math.Min(doubled, most.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (0.5 + (_random.NextDouble() / 2)));
    }
}
