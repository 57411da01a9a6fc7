using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>What an erasure could not reach because it can't be read.</summary>
/// <param name="WhyUnknown">Why nobody knows which rows these are; null when all were looked at.</param>
internal sealed record Unreached(IReadOnlyList<DamagedRow> Rows, string? WhyUnknown)
{
    /// <summary>What stands in rooms that are configured no more.</summary>
    public IReadOnlyList<CardKey> Cards { get; init; } = [];

    /// <summary>For whoever ran it; null when no word of the person is left, as far as anybody can tell.</summary>
    public string? Left =>
        WhyUnknown is not null ? "Rows that can't be read may hold their words still: see the report."
        : Rows.Count(row => row.Names) is var named and > 0 ? $"{(named == 1 ? "1 row" : $"{named} rows")} that can't be read may hold their words still: see the report."
        : Cards.Count > 0 ? "What stands in rooms that are not configured any more may hold their words still: see the report."
        : null;
}
