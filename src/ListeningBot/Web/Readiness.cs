using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Net;
using ListeningBot.Telemetry;
using ListeningBot.Storage;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.Web;

/// <summary>How this machine stands among those that share its database.</summary>
/// <param name="Told">As JSON.</param>
public sealed record PartnerState(bool Well, object Told);

/// <summary>Asked at each answer; not there where no database is shared.</summary>
public delegate PartnerState PartnerLook();

/// <summary>
/// What /readyz says: of each part (channel, room, notifier...) how it is, and with each channel what the ledger of blind spots knows of its last day; of the store whether it answers; where machines share a
/// database, how this one stands among them. Ready (200, else 503): all parts are well, the store answers, nobody has set the machine's clock far from where it was, and so does what the machines share.
/// </summary>
public sealed class Readiness(HealthBoard board, IStore store, NodeFigures node, TimeProvider time, PartnerLook? partners = null, StorePlace? place = null)
{
    /// <summary>Of each channel, the latest.</summary>
    private const int MostGaps = 5;
    private const int MostPlaces = 50;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly PatientLook<IReadOnlyList<LedgerEntry>> _gaps = new(store, view => view.GapsSince(time.GetUtcNow() - Day), time);

    public async Task<IResult> AnswerAsync(CancellationToken ct)
    {
        var (now, gaps) = (time.GetUtcNow(), await GapsAsync(ct));
        var partner = partners?.Invoke();
        var doubt = (time as HouseClock)?.Doubt;
        var ready = board.AllWell && doubt is null && gaps is not null && partner is not { Well: false };
        return Results.Json(
            new
            {
                ready,
                version = NodeFigures.Version,
                started = node.Started,
                now,
                clock = doubt is { } by ? ScheduleWatch.WhyDoubted(by) : null,
                store = new { state = gaps is null ? "failing" : "listening", waiting = (store as Store)?.WritesWaiting, mark = place?.Mark },
                machine = partner?.Told,
                parts = board.Parts.Select(part => Told(part, gaps, now)),
            },
            Json,
            statusCode: ready ? 200 : 503);
    }

    /// <summary>By the names of the channels' parts; null while the store can't be read, which makes no part unwell, and the program not ready.</summary>
    private async Task<ILookup<string, LedgerEntry>?> GapsAsync(CancellationToken ct) => (await _gaps.AskAsync(ct))?.ToLookup(entry => "channel " + entry.Owner);

    /// <summary>In whole currency; what is reserved counts as spent.</summary>
    private static object Told(Spend spend) => new { spend.Day, spent = spend.Spent / 1_000_000m, budget = spend.Budget / 1_000_000m, spend.GoesOn };

    private static object Told(PartHealth part, ILookup<string, LedgerEntry>? gaps, DateTimeOffset now) => new
    {
        part.Name,
        state = part.Condition.ToString().ToLowerInvariant(),
        part.Since,
        part.Why,
        part.Failures,
        part.LastHeard,
        part.Read,
        part.Mentions,
        spend = part.Spend is { } spend ? Told(spend) : null,
        heard = gaps is not null && part.Name.StartsWith("channel ", StringComparison.Ordinal) ? Heard(gaps[part.Name], now) : null,
    };

    private static object Heard(IEnumerable<LedgerEntry> gaps, DateTimeOffset now) => new
    {
        darkInLast24Hours = TimeSpan.FromSeconds(Math.Ceiling(Ledger.Dark(gaps.Where(entry => entry.Place is null).Select(entry => entry.Gap), now - Day, now).TotalSeconds)).ToString(),
        gaps = gaps.Where(entry => entry.Place is null).Reverse().Take(MostGaps).Select(entry => new
        {
            entry.Gap.From,
            to = entry.Gap.Lasts ? (DateTimeOffset?)null : entry.Gap.To,
            entry.Gap.Cause,
            fate = entry.Gap.Fate.ToString().ToLowerInvariant(),
            entry.Gap.Quiet,
        }),
        darkPlaces = gaps.Where(entry => entry.Place is not null && entry.Gap.Lasts).Take(MostPlaces).Select(entry => new { entry.Place, entry.Gap.From, entry.Gap.Cause }),
    };
}
