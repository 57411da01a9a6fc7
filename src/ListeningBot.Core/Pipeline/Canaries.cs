using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>The life of a canary run: begun, sent, arrived, shown, judged.</summary>
public static class Canaries
{
    /// <summary>The request for a run that `canary` leaves for the running program: a word to know it by.</summary>
    public const string Request = "canary asked for";

    public static CardKey KeyOf(CanaryRun run, string room) => new($"canary:{run.Id}", room);

    /// <summary>What was heard is a canary that waits: noted, and shown in the ops rooms. Null when it is none. Whoever repeats its words once more is not heard twice.</summary>
    /// <param name="wouldAlert">The watches that would have put it in front of a team.</param>
    public static IReadOnlySet<string>? Hear(IStoreTx tx, Heard heard, IReadOnlyList<string> wouldAlert, DateTimeOffset now)
    {
        if (CanaryText.TokenIn(heard.Post) is not { } token || tx.CanaryRunWith(token) is not { } run)
        {
            return null;
        }
        var sent = run.Sent.First(one => one.Token == token);
        if (sent.ArrivedAt is not null)
        {
            return new HashSet<string>();
        }
        run = With(run, sent with { ArrivedAt = now, Complaint = heard.Assessment.Complaint, WouldAlert = sent.Watch is { } watch && wouldAlert.Contains(watch) });
        tx.UpdateCanaryRun(run);
        return Show(tx, run, now);
    }

    /// <summary>One channel's canary is under way, or could not be sent.</summary>
    public static void NoteSent(IStoreTx tx, long id, string token, string? failure, DateTimeOffset now)
    {
        if (tx.CanaryRunOf(id) is { } run)
        {
            var sent = run.Sent.First(one => one.Token == token);
            tx.UpdateCanaryRun(With(run, failure is null ? sent with { SentAt = now } : sent with { Failure = failure }));
        }
    }

    /// <summary>The verdict, as soon as nothing more is to be waited for; null before.</summary>
    public static CanaryVerdict? Judge(IStoreView view, CanaryRun run, DateTimeOffset now)
    {
        var arrived = run.Sent.Any(one => one.ArrivedAt is not null);
        var shown = run.Rooms.Where(room => view.FirstShownAt(KeyOf(run, room)) is not null).ToHashSet(StringComparer.Ordinal);
        var allOut = run.Sent.All(one => one.ArrivedAt is not null || one.Failure is not null) && (!arrived || shown.Count == run.Rooms.Count);
        if (!allOut && now < run.Until)
        {
            return null;
        }
        var patience = (run.Until - run.StartedAt).InWords();
        return new CanaryVerdict(
            now,
            run.Sent.Where(one => !one.IsWell).ToDictionary(one => one.Channel, one => WhatIsWrong(one, patience)),
            arrived
                ? run.Rooms.Where(room => !shown.Contains(room)).ToDictionary(room => room, room => $"the canary was heard, but the room \"{room}\" did not show it within {patience}. Look at /readyz for what holds its notifier up.")
                : new Dictionary<string, string>());
    }

    /// <summary>Wants its card in all its rooms.</summary>
    public static IReadOnlySet<string> Show(IStoreTx tx, CanaryRun run, DateTimeOffset now)
    {
        foreach (var room in run.Rooms)
        {
            tx.WantCard(KeyOf(run, room), version: null, Priority.Normal, run.StartedAt, now);
        }
        return run.Rooms.ToHashSet(StringComparer.Ordinal);
    }

    public static NoticeCard Write(CanaryRun run, CardKey key, int version) => new()
    {
        Key = key,
        Version = version,
        At = run.StartedAt,
        Good = run.Verdict?.IsWell ?? run.Sent.All(one => one.Failure is null && (one.ArrivedAt is null || one.IsWell)),
        Text = string.Join('\n', run.Sent.Select(Line).Prepend($"Canary {run.Id}: a made-up complaint through each channel that can take one. It is no case.")),
    };

    public static string Line(CanarySent sent) => sent switch
    {
        { ArrivedAt: { } at, SentAt: { } from } when !sent.IsWell => $"✗ {sent.Channel}: arrived after {Seconds(at - from)}, but {Unheard(sent)}",
        { ArrivedAt: { } at, SentAt: { } from } => $"✓ {sent.Channel}: arrived after {Seconds(at - from)}, scored {sent.Complaint:0.00}{(sent.Watch is null ? "" : $", matched \"{sent.Watch}\"")}",
        { ArrivedAt: not null } => $"{(sent.IsWell ? "✓" : "✗")} {sent.Channel}: arrived{(sent.IsWell ? "" : ", but " + Unheard(sent))}",
        { Failure: { } why } => $"✗ {sent.Channel}: could not be sent. {why}",
        { SentAt: not null } => $"… {sent.Channel}: sent, not heard yet",
        _ => $"… {sent.Channel}: not sent yet",
    };

    private static string WhatIsWrong(CanarySent sent, string patience) =>
        sent.ArrivedAt is not null ? $"its canary arrived, but {Unheard(sent)}."
        : sent.Failure is { } why ? $"its canary could not be sent. {why}"
        : sent.SentAt is null ? "its canary was not sent: the program was stopped meanwhile."
        : $"its canary was not heard within {patience}. A customer's complaint would not have been either: look at /readyz, and at the way there.";

    private static string Unheard(CanarySent sent) => $"the watch \"{sent.Watch}\" would not have alerted (it scored {sent.Complaint:0.00})";

    private static CanaryRun With(CanaryRun run, CanarySent sent) => run with { Sent = [.. run.Sent.Select(one => one.Token == sent.Token ? sent : one)] };

    private static string Seconds(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0.0} s") : time.InWords();
}
