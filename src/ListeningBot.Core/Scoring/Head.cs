namespace ListeningBot.Core.Scoring;

/// <summary>What a model answers: each is one lane of its table, so that one read of a bucket serves all sixteen.</summary>
internal enum Head
{
    Complaint, Negative, Positive,

    // of a complaint: at least this urgent
    Normal, High, Critical,

    /// <summary>Of a complaint: how much was lost, 0..1.</summary>
    Severity,

    // of a complaint: what it is about
    Safety, Privacy, Refund, Billing, Outage, Delivery, App, Staff, Quality,
}

internal static class Heads
{
    public const int Count = (int)Head.Quality + 1;
    public const Head FirstAspect = Head.Safety;
}
