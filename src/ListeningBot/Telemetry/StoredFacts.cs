using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Telemetry;

/// <summary>What a transaction stored, as it is counted. It is gathered while the transaction runs and told once, when it is durable: what was undone is never counted.</summary>
internal sealed class StoredFacts
{
    private List<Action>? _facts;

    /// <summary>What was gathered since the last call; null: nothing.</summary>
    public Action? Take()
    {
        if (_facts is not { } facts)
        {
            return null;
        }
        _facts = null;
        return () => facts.ForEach(fact => fact());
    }

    /// <param name="first">The first mention of the case; asked for only where it counts.</param>
    /// <param name="atFirstContact">Whether that was read at the first contact with its source.</param>
    public void Happened(Case @case, CaseEvent happened, DateTimeOffset now, Func<Mention?> first, Func<bool> atFirstContact)
    {
        switch (happened)
        {
            case Opened:
                var opened = first()?.Post.Channel ?? "";
                Add(() => Measures.CasesOpened.Add(1, Measures.Channel(opened), Priority(@case)));
                break;
            case CardShown when @case.ShownAt == now:
                Shown(@case, now, first(), atFirstContact());
                break;
            case Claimed when @case.ClaimedAt == now:
                Add(() => Measures.ShownToClaimed.Record(Seconds(now - (@case.ShownAt ?? @case.FirstSeen)), Priority(@case)));
                break;
            case AnsweredByUs answered when @case.AnsweredAt == answered.Posted:
            case OwnerAnswered when @case.AnsweredAt == now:
                Add(() => Measures.PostedToAnswered.Record(Seconds(@case.AnsweredAt!.Value - @case.Posted), Priority(@case)));
                break;
            case Resolved or Dismissed when @case.Outcome is { } outcome:
                Add(() => Measures.CasesEnded.Count(1, "outcome", Label(outcome)));
                break;
        }
    }

    public void MentionAdded(string channel) => Add(() => Measures.Mentions.Count(1, "channel", channel));

    public void CardTried(CardKey key, string outcome) => Add(() => Measures.Cards.Add(1, new("room", key.Room), new("outcome", outcome)));

    public void PingTried(string outcome) => Add(() => Measures.Pings.Count(1, "outcome", outcome));

    public void Pressed(PressAction action) => Add(() => Measures.Presses.Count(1, "action", Label(action)));

    public void GapNoted(string channel) => Add(() => Measures.Gaps.Count(1, "channel", channel));

    public void KeptAside(string channel) => Add(() => Measures.KeptAside.Count(1, "channel", channel));

    /// <summary>What else is so only once it is durable.</summary>
    public void Then(Action fact) => Add(fact);

    private void Shown(Case @case, DateTimeOffset now, Mention? first, bool atFirstContact)
    {
        var channel = first?.Post.Channel ?? "";
        Add(() => Measures.SeenToShown.Record(Seconds(now - @case.FirstSeen), Measures.Channel(channel), Priority(@case)));
        if (!atFirstContact && first is { Post.Posted: { } posted } && !PostTime.IsHistory(posted, first.FirstSeen))
        {
            Add(() => Measures.PostedToShown.Record(Seconds(now - @case.Posted), Measures.Channel(channel), Priority(@case)));
        }
    }

    private void Add(Action fact) => (_facts ??= []).Add(fact);

    private static KeyValuePair<string, object?> Priority(Case @case) => Measures.Of(@case.Priority);

    private static string Label<T>(T value)
        where T : struct, Enum => Names<T>.Of(value);

    /// <summary>A clock that was set back makes no time shorter than none.</summary>
    private static double Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds);
}

/// <summary>"not_a_complaint".</summary>
internal static class Names<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> All = Enum.GetValues<T>().Distinct().ToDictionary(value => value, value => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    public static string Of(T value) => All[value];
}
