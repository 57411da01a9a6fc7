using ListeningBot.Core.Text;

namespace ListeningBot.Channels.Searches;

/// <summary>The words of which each post that a watch wants has at least one: what services are asked for that take only words.</summary>
internal static class SearchCover
{
    /// <summary>Of one AND.</summary>
    private const int MostTags = 10;

    /// <summary>Of an AND the part that costs least: few words, long ones, and those that other watches need too.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Ask> wanted)
    {
        var uses = wanted.SelectMany(ask => WordsIn(ask).Distinct(StringComparer.OrdinalIgnoreCase)).CountBy(word => word, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return [.. wanted.SelectMany(Cover).Distinct(StringComparer.OrdinalIgnoreCase)];

        IEnumerable<string> Cover(Ask ask) => ask switch
        {
            Ask.One one => [one.Text],
            Ask.Any any => any.Parts.SelectMany(Cover),
            Ask.All all => all.Parts.Where(part => part.IsSearchable).Select(part => Cover(part).Distinct(StringComparer.OrdinalIgnoreCase).ToList()).MinBy(words => words.Sum(Cost))!,
            _ => [],
        };

        double Cost(string word) => (1 + Commonness(word)) / uses[word];
    }

    /// <summary>
    /// The words that people may tag such posts with. A tag is found only in posts that have it, so of an AND one word is not enough, nor is it known which
    /// of them is the brand; but long lists beside shorter ones ("broken OR dead OR ...") are left away, since each tag is asked for by itself.
    /// </summary>
    /// <param name="canBeTag">What can be none is left out before anything is compared: beside it no list is long.</param>
    public static IReadOnlyList<string> Tags(IReadOnlyList<Ask> wanted, Func<string, bool> canBeTag)
    {
        return [.. wanted.SelectMany(Named).Distinct(StringComparer.OrdinalIgnoreCase)];

        IEnumerable<string> Named(Ask ask) => ask switch
        {
            Ask.One one => canBeTag(one.Text) ? [one.Text] : [],
            Ask.Any any => any.Parts.SelectMany(Named),
            Ask.All all => Shortest(all.Parts.Where(part => part.IsSearchable).Select(part => Named(part).Distinct(StringComparer.OrdinalIgnoreCase).ToList())),
            _ => [],
        };

        static IEnumerable<string> Shortest(IEnumerable<List<string>> parts)
        {
            List<string> named = [];
            foreach (var part in parts.OrderBy(part => part.Count))
            {
                if (named.Count > 0 && named.Count + part.Count > MostTags)
                {
                    break;
                }
                named.AddRange(part);
            }
            return named;
        }
    }

    private static IEnumerable<string> WordsIn(Ask ask) => ask switch
    {
        Ask.One one => [one.Text],
        Ask.Any any => any.Parts.SelectMany(WordsIn),
        Ask.All all => all.Parts.SelectMany(WordsIn),
        _ => [],
    };

    /// <summary>Short words are in more posts than long ones, and "the" is in most.</summary>
    private static double Commonness(string word) => FoldedWords.IsSmall(Folding.Fold(word)) ? 20 : 2.0 / word.Length;
}
