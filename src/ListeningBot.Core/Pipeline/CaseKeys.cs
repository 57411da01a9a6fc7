using System.Text;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// The unique keys that decide which case a mention belongs to: its thread, its author with a team, its text.
/// An open case holds its keys, so two workers can't open two cases for one trouble.
/// </summary>
public static class CaseKeys
{
    /// <summary>The posts whose case this one may belong to: what it answers, then what that answers, up to the first of its thread.</summary>
    public static IEnumerable<string> Threads(Post post) => post.Follows().Select(Thread);

    /// <summary>What answers this post belongs to its case. Only its own key: in a thread that somebody else began, others speak of their own troubles.</summary>
    public static string Thread(PostKey post) => "thread " + post;

    /// <summary>The same key for cases that only watches on trial heard: they take nothing away from the real ones.</summary>
    public static string OnTrial(string key) => "shadow " + key;

    /// <summary>One author's trouble with one team, or null when the author is not known.</summary>
    public static string? Author(Post post, string team) => AuthorName.Of(post) is { } author ? Author(post.Key.Namespace, author, team) : null;

    public static string Author(string ns, string author, string team) => $"author {ns} {author} {team}";

    /// <summary>False when the two are known to be by different people; where a service gives only what they are called (a weblog's comments), by that.</summary>
    public static bool MayBeOneAuthor(Post one, Post other) => AuthorName.Of(one) is { } name && AuthorName.Of(other) is { } another
        ? name == another && one.Key.Namespace == other.Key.Namespace
        : one.Key.Namespace != other.Key.Namespace || one.Author.Name is not { Length: > 0 } called || other.Author.Name is not { Length: > 0 } theirs || called.Equals(theirs, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same words again: a repost, a cross-post, a news copy. Null for texts too short to tell.</summary>
    public static string? Text(Post post) => Fingerprint.Of(post.Title is null ? post.Text : post.Title + " " + post.Text) is { } print ? "text " + print : null;
}

/// <summary>A stable print of a text's letters and digits, folded; links, @names, case, white space and marks do not count.</summary>
public static class Fingerprint
{
    /// <summary>Enough for one author on two networks; of others more is asked (<see cref="Copies"/>).</summary>
    private const int LettersAtLeast = 24;

    public static string? Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsNoise(word))
            {
                folded.Append([.. Folding.Fold(word).Where(char.IsLetterOrDigit)]);
            }
        }
        if (folded.Length < LettersAtLeast)
        {
            return null;
        }
        var letters = Encoding.UTF8.GetBytes(folded.ToString());
        return $"{ThreadHash.Of(letters):x16}{letters.Length:x}";
    }

    private static bool IsNoise(string word) =>
        word.StartsWith('@')
        || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || word is "RT" or "MT" or "via";
}
