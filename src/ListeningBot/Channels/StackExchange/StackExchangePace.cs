namespace ListeningBot.Channels.StackExchange;

/// <summary>How long to wait between two looks so that the day's requests last.</summary>
internal static class StackExchangePace
{
    /// <summary>Kept for asking again about open cases.</summary>
    private const double ForLooks = 0.8;

    /// <summary>When hardly any are left: the service says by itself how long to wait once none is.</summary>
    private static readonly TimeSpan Sparing = TimeSpan.FromHours(1);

    /// <param name="every">As configured: it is never shorter.</param>
    /// <param name="perLook">Requests that one look takes; 1 or more.</param>
    /// <param name="remaining">Requests left until the next midnight in UTC; null when the service did not say.</param>
    public static TimeSpan Pause(TimeSpan every, int perLook, long? remaining, DateTimeOffset now)
    {
        if (remaining is not { } left)
        {
            return every;
        }
        var rest = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
        var looks = (long)(Math.Max(0, left) * ForLooks / perLook);
        var spread = looks > 0 ? rest / looks : rest < Sparing ? rest : Sparing;
        return spread > every ? spread : every;
    }
}
