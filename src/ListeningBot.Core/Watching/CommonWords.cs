using System.Globalization;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>Watches that find far too much, measured on texts.</summary>
public static class CommonWords
{
    /// <summary>A watch that finds one text of so many, whatever they are about, listens for nothing of its own.</summary>
    private const int OneOf = 20;
    private const int MostNamed = 3;

    /// <summary>With fewer texts a share says little.</summary>
    private const int Fewest = 500;

    /// <summary>Each watch alone over the texts of its languages; one that takes everything is meant to. What a text does not tell (stars, priority) is not found.</summary>
    /// <param name="texts">Each with its language.</param>
    public static IReadOnlyList<WatchAdvice> Of(IReadOnlyList<Watch> watches, IEnumerable<(string Text, string Lang)> texts)
    {
        Watch[] asked = [.. watches.Where(watch => !watch.Everything).Select(watch => watch with { Channels = [] })];
        var set = WatchSet.Build(asked, Ours.Nobody);
        var counts = asked.DistinctBy(watch => watch.Name, StringComparer.Ordinal).ToDictionary(watch => watch.Name, _ => new Count(), StringComparer.Ordinal);
        var texted = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (text, lang) in counts.Count == 0 ? [] : texts)
        {
            texted[lang] = texted.GetValueOrDefault(lang) + 1;
            foreach (var match in set.Find(PostOf(text, lang), null).Where(match => Hears(match.Watch, lang)))
            {
                counts[match.Watch.Name].Add(match.Hits);
            }
        }
        return [.. asked.Select(watch => Advice(watch, counts[watch.Name], texted.Where(entry => Hears(watch, entry.Key)).Sum(entry => entry.Value))).OfType<WatchAdvice>()];
    }

    private static WatchAdvice? Advice(Watch watch, Count found, int of)
    {
        if (of < Fewest || found.Texts * OneOf < of)
        {
            return null;
        }
        var alone = Sufficient(watch).ToHashSet(StringComparer.Ordinal);
        var words = found.Words.Where(word => alone.Contains(word.Key)).OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MostNamed).Where(word => word.Value * OneOf >= of).ToList();
        var named = words.Count == 0 ? "" : $"; {string.Join(", ", words.Select(word => $"{Quoted.Of(word.Key)} alone finds {Share(word.Value, of)}"))}";
        return new WatchAdvice(
            watch.Name,
            watch.Query is null ? words is [var (most, _), ..] && watch.Find.ToList().IndexOf(most) is >= 0 and var at ? $"find:{at}" : "name" : "query",
            $"finds {Share(found.Texts, of)} of 100 sample posts{named}",
            "Ask for a second word beside it, or put it into a phrase: nearly nobody who writes it means you.");
    }

    /// <summary>What finds a text by itself: no word that others must stand beside.</summary>
    private static IEnumerable<string> Sufficient(Watch watch) => watch.Query is { Root: var root } ? Sufficient(root) : watch.Find;

    private static IEnumerable<string> Sufficient(Query query) => query switch
    {
        Query.Term term => [term.Text],
        Query.Pattern pattern => [pattern.Regex],
        Query.Any any => any.Parts.SelectMany(Sufficient),
        Query.Piece piece => Sufficient(piece.Means),
        _ => [],
    };

    private static bool Hears(Watch watch, string lang) => watch.Languages.Count == 0 || watch.Languages.Contains(lang, StringComparer.OrdinalIgnoreCase);

    private static string Share(int found, int of) => Math.Round(100.0 * found / of).ToString(CultureInfo.InvariantCulture);

    private static Post PostOf(string text, string lang) => new()
    {
        Key = new PostKey("", ""),
        Channel = "",
        Kind = "",
        Text = text,
        Url = "",
        Lang = lang,
        Author = new Author { Id = "", Name = "", Handle = "" },
        Posted = default,
    };

    private sealed class Count
    {
        public int Texts { get; private set; }

        public Dictionary<string, int> Words { get; } = new(StringComparer.Ordinal);

        public void Add(IReadOnlyList<WatchHit> hits)
        {
            Texts++;
            foreach (var word in hits.Select(hit => hit.Term).Distinct(StringComparer.Ordinal))
            {
                Words[word] = Words.GetValueOrDefault(word) + 1;
            }
        }
    }
}
