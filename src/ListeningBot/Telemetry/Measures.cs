using System.Diagnostics.Metrics;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Telemetry;

/// <summary>
/// What is counted while it happens. /metrics and OTLP are both made of these. A label's value is a name of the configuration or of a list in this program, never what the world wrote, so that there are
/// never many. What concerns the store is counted when it is durable (<see cref="StoredFacts"/>).
/// </summary>
internal static class Measures
{
    /// <summary>The name of the meter, and of the source of traces.</summary>
    public const string Name = "ListeningBot";

    /// <summary>Seconds: from a stream that is pushed to a customer who waited for a day.</summary>
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400] };
    private static readonly InstrumentAdvice<double> Moments = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };
    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] };

    public static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> PostedToShown = Meter.CreateHistogram("listeningbot.posted_to_shown", "s", "From the time of the post to the first card of its case; without what was read at the first contact with a source, and without posts that have no time or one more than 30 days before.", null, Waits);
    public static readonly Histogram<double> SeenToShown = Meter.CreateHistogram("listeningbot.seen_to_shown", "s", "From the moment that the program saw a trouble to the first card of its case.", null, Waits);
    public static readonly Histogram<double> ShownToClaimed = Meter.CreateHistogram("listeningbot.shown_to_claimed", "s", "From the first card of a case to its first claim.", null, Waits);
    public static readonly Histogram<double> PostedToAnswered = Meter.CreateHistogram("listeningbot.posted_to_answered", "s", "From the time of the post to our first answer.", null, Waits);

    public static readonly Counter<long> PostsRead = Meter.CreateCounter<long>("listeningbot.posts_read", null, "Posts that channels gave, whether a watch matched or not.");
    public static readonly Counter<long> Mentions = Meter.CreateCounter<long>("listeningbot.mentions", null, "Posts that were recorded because a watch matched or because they belong to a case.");
    public static readonly Counter<long> CasesOpened = Meter.CreateCounter<long>("listeningbot.cases_opened", null, "Cases opened, by the channel of their first mention.");
    public static readonly Counter<long> CasesEnded = Meter.CreateCounter<long>("listeningbot.cases_ended", null, "Cases that people ended, by their outcome.");
    public static readonly Counter<long> Cards = Meter.CreateCounter<long>("listeningbot.cards", null, "Cards and threads by what became of a try: shown (put or edited), put off, given up.");
    public static readonly Counter<long> Pings = Meter.CreateCounter<long>("listeningbot.pings", null, "Pings by what became of a try: sent, put off.");
    public static readonly Counter<long> Presses = Meter.CreateCounter<long>("listeningbot.presses", null, "Presses that were stored, by button.");
    public static readonly Counter<long> Gaps = Meter.CreateCounter<long>("listeningbot.gaps", null, "Stretches of time that were noted in the ledger of blind spots.");
    public static readonly Counter<long> KeptAside = Meter.CreateCounter<long>("listeningbot.kept_aside", null, "Items that could not be understood or recorded, and were kept aside.");
    public static readonly Counter<long> Faults = Meter.CreateCounter<long>("listeningbot.faults", null, "How often a part of the program failed and paused before it tried again.");
    public static readonly Counter<double> LimitWaits = Meter.CreateCounter<double>("listeningbot.limit_waits", "s", "Pauses that a service asked for because of its limits.");
    public static readonly Counter<long> Requests = Meter.CreateCounter<long>("listeningbot.http_requests", null, "Requests to services, by the kind of the part that asked and the class of the answer; \"fault\": none came.");

    public static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram("listeningbot.store_commit", "s", "How long the store took to run and commit one group of changes.", null, Moments);
    public static readonly Histogram<long> GroupSize = Meter.CreateHistogram("listeningbot.store_group_size", null, "How many changes were committed together.", null, Sizes);
    public static readonly Counter<long> StoreFaults = Meter.CreateCounter<long>("listeningbot.store_faults", null, "Groups of changes that could not be stored.");

    /// <summary>What can happen stands on the page from the start, so that its first time is seen as a rise: Prometheus knows no rise from nothing.</summary>
    public static void Begin()
    {
        StoreFaults.Add(0);
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            CasesEnded.Count(0, "outcome", Names<Outcome>.Of(outcome));
        }
        foreach (var action in Enum.GetValues<PressAction>())
        {
            Presses.Count(0, "action", Names<PressAction>.Of(action));
        }
        Pings.Count(0, "outcome", "sent");
        Pings.Count(0, "outcome", "put_off");
    }

    /// <summary>The same for a channel.</summary>
    public static void BeginChannel(string name)
    {
        foreach (var counter in (Counter<long>[])[PostsRead, Mentions, Gaps, KeptAside])
        {
            counter.Count(0, "channel", name);
        }
        LimitWaits.Add(0, Channel(name));
        foreach (var priority in Enum.GetValues<Priority>())
        {
            CasesOpened.Add(0, Channel(name), Of(priority));
        }
    }

    /// <summary>The same for a room.</summary>
    public static void BeginRoom(string name)
    {
        foreach (var outcome in (string[])["shown", "put_off", "given_up"])
        {
            Cards.Add(0, new("room", name), new("outcome", outcome));
        }
    }

    /// <summary>The same for a kind of part that sends requests.</summary>
    public static void BeginService(string kind)
    {
        foreach (var answer in (string[])["2xx", "4xx", "5xx", "fault"])
        {
            Requests.Add(0, new("service", kind), new("answer", answer));
        }
    }

    public static void Count(this Counter<long> counter, long many, string name, string? value) => counter.Add(many, new KeyValuePair<string, object?>(name, value));

    public static KeyValuePair<string, object?> Channel(string name) => new("channel", name);

    public static KeyValuePair<string, object?> Of(Priority priority) => new("priority", Names<Priority>.Of(priority));
}
