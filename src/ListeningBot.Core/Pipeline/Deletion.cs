using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Takes the words of a deleted post out of all that quotes it, besides its own row: answers to presses, what people wrote about its case, words beside its card, what was kept aside,
/// and cards of other cases that show it. What others copied stays theirs.
/// </summary>
internal static class Deletion
{
    private const string InTheirPlace = "[deleted]";

    /// <summary>Letters in a row that are nobody's by chance.</summary>
    private const int Run = 20;
    private const int ShortestWhole = 6;
    private const int LongEnoughId = 8;

    /// <param name="deleted">As it stood before it was blanked.</param>
    public static void RemoveQuotes(IStoreTx tx, Mention deleted)
    {
        var words = deleted.Post.Title is { } title ? $"{title}\n{deleted.Post.Text}" : deleted.Post.Text;
        string Reword(string text) => Without(text, words);
        RemoveAside(tx, deleted.Post);
        ConfigDesk.ShowAnew(tx, deleted.Id);
        tx.EraseAnswersSince(deleted.FirstSeen);
        if (deleted.CaseId is not { } id || tx.CaseOf(id) is not { } @case)
        {
            return;
        }
        foreach (var address in Copies.AddressesOf(deleted.Post, Watching.Ours.Nobody).Where(address => tx.CaseHolding(address) == id))
        {
            tx.FreeKey(address);
        }
        foreach (var related in Related(tx, @case))
        {
            RewordCase(tx, related, Reword);
            if (related.Id != id)
            {
                tx.ShowAnew($"case:{related.Id}", related.Version);
                tx.ShowAnew($"thread:{related.Id}", related.Version);
            }
        }
        if (@case.Outcome is not null && @case.ResolvedAt is { } ended)
        {
            tx.ShowThreadsAnew(@case.Aspect, ended);
        }
    }

    /// <summary>What names the post, or holds its id, where that is long enough to be no other's.</summary>
    private static void RemoveAside(IStoreTx tx, Post post)
    {
        var id = post.Key.Id.Split('/')[^1];
        var named = tx.AsideNaming(id).Where(item => item.Channel == post.Channel && (id.Length >= LongEnoughId || item.What.Contains(post.Key + " ", StringComparison.Ordinal)));
        foreach (var item in named)
        {
            tx.EraseAside(item.Id);
        }
    }

    /// <summary>The case, and those that it came out of or took in: their cards may quote the same post.</summary>
    private static List<Case> Related(IStoreTx tx, Case @case) =>
        [@case, .. tx.EventsOf(@case.Id).Select(happening => (happening.Event as Absorbed)?.From).Append(@case.SplitFrom).OfType<long>().Distinct().Select(tx.CaseOf).OfType<Case>()];

    private static void RewordCase(IStoreTx tx, Case @case, Func<string, string> reword)
    {
        var found = false;
        string Noticed(string text)
        {
            var left = reword(text);
            found |= left != text;
            return left;
        }

        // One that can't be read may be whole to another release of this program: it goes only for the words in it.
        tx.RemoveUnreadableEvents(@case.Id, left => Noticed(left) != left);
        var events = tx.EventsOf(@case.Id).Select(happening => Reworded.With(happening.Event, Noticed)).ToList();
        var reworded = Reworded.With(@case, Noticed);
        if (@case.LastPress is { } last)
        {
            // Reworded, it has none any more.
            Reworded.With(last.Before, Noticed);
        }
        if (found)
        {
            tx.Reword(reworded, events);
        }
        foreach (var ping in new[] { $"case:{@case.Id}", $"thread:{@case.Id}" }.SelectMany(tx.PingsOf))
        {
            if (reword(ping.Text) is var text && text != ping.Text)
            {
                tx.RewordPing(ping.Id, text);
            }
        }
    }

    /// <summary>The text without what it has word for word of these words.</summary>
    internal static string Without(string text, string words)
    {
        if (words.Length < Run)
        {
            return words.Trim() is { Length: >= ShortestWhole } whole ? text.Replace(whole, InTheirPlace, StringComparison.OrdinalIgnoreCase) : text;
        }
        if (text.Length < Run)
        {
            return text;
        }
        var runs = new HashSet<string>(Enumerable.Range(0, words.Length - Run + 1).Select(at => words.Substring(at, Run)), StringComparer.OrdinalIgnoreCase);
        var kept = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end + Run <= text.Length && runs.Contains(text.Substring(end, Run)))
            {
                end++;
            }
            if (end == at)
            {
                kept.Append(text[at++]);
                continue;
            }
            kept.Append(InTheirPlace);
            at = end + Run - 1;
        }
        return kept.ToString();
    }
}
