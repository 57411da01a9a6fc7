namespace ListeningBot.Core.Pipeline;

/// <summary>What people said of mentions: whether each is a complaint, and ours.</summary>
public static class PastVerdicts
{
    /// <summary>By mention; true is right. Those that nobody judged are missing, also as they are worded now, and those whose case can't be read: it may have been somebody else's trouble. It walks through all verdicts.</summary>
    /// <param name="first">Older mentions are passed over.</param>
    public static IReadOnlyDictionary<long, bool> Of(IStoreView view, long first = 0)
    {
        var said = new Dictionary<long, bool>();
        var cases = new Dictionary<long, bool>();
        foreach (var given in view.Verdicts().Where(verdict => verdict.Mention >= first).GroupBy(verdict => verdict.Mention))
        {
            if (Verdict.Of(given, view.MentionOf(given.Key)).Complaint is { } complaint)
            {
                var @case = view.JudgedCaseOf(given.Key);
                if (@case is { NotOurs: null })
                {
                    continue;
                }
                said[given.Key] = complaint && @case is not { NotOurs: true };
                if (@case?.FirstMention == given.Key)
                {
                    // The card may quote another post meanwhile: what people judged is the case that this one opened.
                    cases[@case.Opened] = said[given.Key];
                }
            }
        }
        foreach (var (opened, right) in cases)
        {
            said.TryAdd(opened, right);
        }
        return said;
    }
}
