using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>/status.</summary>
public sealed partial class CommandDesk
{
    /// <summary>The latest so many cards tell how fast we are.</summary>
    private const int CardsMeasured = 200;

    /// <summary>What matters most comes first: a chat may cut a long answer at its end.</summary>
    private PressAnswer ShowStatus(Asked asked)
    {
        var totals = asked.View.Totals();
        var free = asked.View.CountFree(null);
        string?[] lines =
        [
            $"Waiting to be shown: {totals.CardsWaiting} cards, {totals.PingsWaiting} pings. In the maybe list: {totals.InTray}.",
            Speed(asked.View.CardTimes(CardsMeasured)),
            asked.View.OldestFree() is { } oldest ? $"Without an owner: {free}. The oldest: case {oldest.Id}, {Low(oldest.Priority)}, waits for {asked.Age(oldest.Posted)}." : "Every case has an owner.",
            $"Model {intake.JudgedBy} judges{(intake.JudgedBy == Model.Shipped.Manifest.Version ? "" : ", which learned from your verdicts")}.",
            ConfigStanding.Live(asked.View),
            ConfigStanding.Held(asked.View),
            Files is { } files ? ConfigStanding.Differs(asked.View, files()) : null,
            .. asked.View.SilencesRunning(asked.Now).Take(LongestList).Select(silence => $"Running: {silence.InWords}, until {asked.When(silence.Until)}; held back {asked.View.HeldBackBy(silence.Id)} so far."),
            .. Parts(asked).OrderByDescending(part => part.Trouble is not null).Take(LongestList * 2).Select(part => $"{part.Name}: {State(asked, part)}"),
        ];
        return PressAnswer.Tell(string.Join('\n', lines.OfType<string>()));
    }

    /// <summary>Of what other machines read this one knows what the store knows.</summary>
    private IReadOnlyList<PartState> Parts(Asked asked)
    {
        var here = parts();
        return [.. here, .. Channels().Where(channel => !here.Any(part => part.Name == $"channel {channel}")).Select(channel => Elsewhere(asked, channel))];
    }

    private static PartState Elsewhere(Asked asked, string channel)
    {
        var heard = asked.View.HeardAt(channel);
        var trouble = asked.View.UnsettledGaps(channel).FirstOrDefault(entry => entry.IsDark) is { Gap: var gap } ? $"hears nothing since {asked.When(gap.From)}: {gap.Cause}"
            : heard is null ? "was not heard yet" : null;
        return new PartState($"channel {channel}, on another machine", trouble, heard);
    }

    private static string State(Asked asked, PartState part) =>
        part.Trouble is { } trouble ? $"NOT WELL: {Plain.Line(trouble, 200)}"
        : part.LastHeard is { } heard ? $"heard {asked.Age(heard)} ago"
        : "well";

    private static string Speed(IReadOnlyList<(DateTimeOffset Posted, DateTimeOffset FirstSeen, DateTimeOffset Shown)> times)
    {
        TimeSpan[] waits = [.. times.Select(card => card.Shown - card.Posted).Order()];
        return waits.Length == 0 ? "No card was shown yet."
            : $"From post to card: half within {Wording.InWords(Quantile(waits, 0.5))}, 95 of 100 within {Wording.InWords(Quantile(waits, 0.95))} (the latest {waits.Length}).";
    }

    /// <summary>The smallest that so many of them do not exceed.</summary>
    private static TimeSpan Quantile(TimeSpan[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
