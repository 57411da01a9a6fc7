namespace ListeningBot.Hosting;

/// <summary>What fails every few seconds for the same reason is one line of the log in ten minutes: a database that is away for a day is not told a hundred thousand times.</summary>
public sealed class Repetition(TimeProvider time)
{
    private static readonly TimeSpan ToldEvery = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private (string Why, long At)? _told;

    /// <summary>Whether it is to be told. What is asked about is told.</summary>
    public bool IsNews(string why)
    {
        lock (_gate)
        {
            if (_told is { } told && told.Why == why && time.GetElapsedTime(told.At) < ToldEvery)
            {
                return false;
            }
            _told = (why, time.GetTimestamp());
            return true;
        }
    }
}
