namespace ListeningBot.Core.Pipeline;

/// <summary>How many days each kind of thing is kept; 0: for ever.</summary>
/// <param name="Cases">Closed cases, since something last happened to them, with all that belongs to them: posts, events, cards, pings, verdicts, and a customer of whom nothing else is kept.</param>
/// <param name="Maybe">Posts that never became a case. Those that somebody judged teach the model, and stay as long as cases do.</param>
/// <param name="Aside">What could not be understood or dealt with (<see cref="DeadLetters"/> tends to it).</param>
/// <param name="Presses">What was answered to presses and commands.</param>
/// <param name="Lists">What was put up for reading: notices, digests, pages of the maybe list; silences and groups that are over. Digests for two weeks at least, calendars that are fetched no more for a year.</param>
/// <param name="Ledger">Gaps that ended, and how long mentions took.</param>
public sealed record Retention(int Cases, int Maybe, int Aside, int Presses, int Lists, int Ledger)
{
    public static readonly Retention Default = new(Cases: 730, Maybe: 180, Aside: 90, Presses: 90, Lists: 365, Ledger: 365);

    /// <summary>
    /// A post of before this time may be one that was forgotten by its age. Null: nothing is forgotten so.
    /// </summary>
    public DateTimeOffset? KnownFrom(DateTimeOffset now) => (Before(Cases, now), Before(Maybe, now)) switch
    {
        ({ } cases, { } maybe) => cases > maybe ? cases : maybe,
        var (cases, maybe) => cases ?? maybe,
    };

    /// <summary>What is older goes; null: nothing does.</summary>
    public static DateTimeOffset? Before(int days, DateTimeOffset now) => days == 0 ? null : now.AddDays(-days);
}
