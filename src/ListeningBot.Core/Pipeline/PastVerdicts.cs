using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What people said of mentions: whether each is a complaint, and ours.</summary>
public static class PastVerdicts
{
    /// <summary>By mention; true is right. Those that nobody judged are missing. It walks through all verdicts.</summary>
    /// <param name="first">Older mentions are passed over.</param>
    public static IReadOnlyDictionary<long, bool> Of(IStoreView view, long first = 0)
    {
        var said = new Dictionary<long, bool>();
        var cases = new Dictionary<long, bool>();
        foreach (var given in view.Verdicts().Where(verdict => verdict.Mention >= first).GroupBy(verdict => verdict.Mention))
        {
            if (Verdict.Of(given).Complaint is { } complaint)
            {
                var @case = view.MentionOf(given.Key)?.CaseId is { } id ? view.CaseOf(id) : null;
                said[given.Key] = complaint && @case?.Outcome != Outcome.NotOurs;
                if (@case?.FirstMention == given.Key)
                {
                    cases[@case.Id] = said[given.Key];
                }
            }
        }
        foreach (var (id, right) in cases)
        {
            // The card may quote another post meanwhile: what people judged is the case that this one opened.
            if (view.EventsOf(id) is [{ Event: Opened opened }, ..])
            {
                said.TryAdd(opened.Mention, right);
            }
        }
        return said;
    }
}
