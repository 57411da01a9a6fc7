using System.Text;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>Cases like this one, and how they ended: what helped another customer may help this one.</summary>
public static class SimilarCases
{
    public const int Most = 3;

    /// <summary>Older ones tell little of how we work today, and looking stays cheap.</summary>
    private const int Candidates = 200;

    /// <summary>One word in common is chance.</summary>
    private const int WordsAtLeast = 2;

    /// <summary>How much of what the shorter text tells must be in both; rare words tell more than common ones, such as the brand.</summary>
    private const double ShareAtLeast = 0.2;
    private const int LongestText = 4000;
    private const int ShortestWord = 3;
    private const int LongestQuote = 80;
    private static readonly HashSet<string> s_small = [.. LatinWords.Small.SelectMany(words => words.Split(' '))];

    /// <summary>One line each, the most similar first: 'case 12 (solved in 3 h, offered a new lid): "the lid broke..."'.</summary>
    public static IReadOnlyList<string> Of(IStoreView view, Case @case, Mention mention)
    {
        var own = mention.Deleted ? [] : WordsOf(mention.Post.Title, mention.Post.Text);
        if (own.Count < WordsAtLeast)
        {
            return [];
        }
        var candidates = view.EndedPosts(@case.Aspect, Candidates).Where(post => post.CaseId != @case.Id).Select(post => (Post: post, Words: WordsOf(post.Title, post.Text))).ToList();
        var said = candidates.SelectMany(candidate => candidate.Words).CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        double Weight(IEnumerable<string> words) => words.Sum(word => Math.Log(1 + (candidates.Count / (double)said.GetValueOrDefault(word, 1))));
        var ownWeight = Weight(own);
        return
        [
            .. candidates.Select(candidate => (candidate.Post, Shared: candidate.Words.Where(own.Contains).ToList(), Weight: Weight(candidate.Words)))
                .Where(candidate => candidate.Shared.Count >= WordsAtLeast && Weight(candidate.Shared) >= ShareAtLeast * Math.Min(ownWeight, candidate.Weight))
                .OrderByDescending(candidate => Weight(candidate.Shared) / Math.Sqrt(candidate.Weight)).ThenByDescending(candidate => candidate.Post.CaseId)
                .Take(Most)
                .Select(candidate => (candidate.Post, Case: view.CaseOf(candidate.Post.CaseId)))
                .Where(candidate => candidate.Case is not null)
                .Select(candidate => Line(candidate.Case!, candidate.Post)),
        ];
    }

    private static string Line(Case ended, EndedPost post)
    {
        var how = new StringBuilder(ended.Outcome?.InWords() ?? "ended");
        how.Append(ended.ResolvedAt is { } resolved ? $" in {Wording.InWords(resolved - ended.Posted)}" : "");
        how.Append(ended.Offered is { Length: > 0 } offered ? $", offered {Plain.Line(offered, 60)}" : "");
        how.Append(ended.Beyond is { Length: > 0 } beyond ? $", beyond: {Plain.Line(beyond, 60)}" : "");
        how.Append(ended.Happiness switch { Happiness.Happy => ", and they thanked", Happiness.AngryAgain => ", and they were angry again", _ => "" });
        var quote = post.Title is { Length: > 0 } title && !post.Text.StartsWith(title, StringComparison.Ordinal) ? $"{title}: {post.Text}" : post.Text;
        return $"case {ended.Id} ({how}): \"{Plain.Line(quote, LongestQuote)}\"";
    }

    /// <summary>The words of a text that tell what it is about, folded, each once.</summary>
    private static HashSet<string> WordsOf(string? title, string text)
    {
        var whole = title is { Length: > 0 } ? $"{title} {text}" : text;
        var bytes = Encoding.UTF8.GetBytes(whole.Length <= LongestText ? whole : whole[..LongestText]);
        Span<byte> folded = stackalloc byte[256];
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in new Words(bytes))
        {
            if (token.Kind is TokenKind.Word or TokenKind.Hashtag or TokenKind.Unspaced && token.TryFold(bytes, folded, out var length))
            {
                var word = Encoding.UTF8.GetString(folded[..length]).TrimStart('#');
                if ((word.Length >= ShortestWord || token.Kind == TokenKind.Unspaced) && !s_small.Contains(word))
                {
                    words.Add(word);
                }
            }
        }
        return words;
    }
}
