using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>A likely mistake in a watch that more than one of its lines makes, or more than one watch. It keeps nothing from going live.</summary>
/// <param name="Watch">Its name.</param>
/// <param name="Key">What it is about: "find:1" is the second entry of find, "exclude:0", "query"; "name" is the whole watch.</param>
/// <param name="What">Without the watch's name and a full stop: 'can never match'.</param>
/// <param name="Cure">Full sentences.</param>
public sealed record WatchAdvice(string Watch, string Key, string What, string Cure)
{
    /// <summary>So that an edit goes live at once, however many watches there are; what was not compared is not warned of.</summary>
    private const int MostComparisons = 200_000;

    /// <summary>What is surely of no use; nothing where it isn't sure.</summary>
    /// <param name="kinds">The kind of each configured channel, by its name; empty when they are not known.</param>
    /// <param name="kindsWithStars">Kinds of channels whose posts have stars.</param>
    public static IReadOnlyList<WatchAdvice> Of(IReadOnlyList<Watch> watches, IReadOnlyDictionary<string, string> kinds, IReadOnlyCollection<string> kindsWithStars)
    {
        var effort = new Effort(MostComparisons);
        var vain = watches.Select(watch => new VainWords(watch, kinds, kindsWithStars, effort).Advice()).ToList();
        var useful = watches.Where((_, i) => !vain[i].Exists(advice => advice.Key == "name")).ToList();
        return [.. vain.SelectMany(advice => advice), .. HiddenWatches.Of(useful, effort)];
    }
}

/// <summary>What a watch asks for and can't get.</summary>
internal sealed class VainWords(Watch watch, IReadOnlyDictionary<string, string> kinds, IReadOnlyCollection<string> kindsWithStars, Effort effort)
{
    private readonly List<string> _kindsHere = [.. kinds.Where(channel => watch.Channels.Count == 0 || watch.Channels.Contains(channel.Key, StringComparer.OrdinalIgnoreCase)).Select(channel => channel.Value)];

    public List<WatchAdvice> Advice()
    {
        var surely = new QueryImplication(watch.Languages, watch.Languages, effort, Never);
        if (watch.Query is { Root: var root } && (surely.IsNever(root) || surely.IsNever(WatchSet.QueryOf(watch))))
        {
            return [Whole(root)];
        }
        var entries = watch.Query is null && !watch.Everything ? watch.Find.Select((entry, i) => (Entry: entry, At: i)).Where(entry => IsVain(entry.Entry, surely)).ToList() : [];
        if (entries.Count > 0 && entries.Count == watch.Find.Count)
        {
            return [new WatchAdvice(watch.Name, "name", "can never match: each entry of find has a word that exclude rules out", "Take those words out of exclude.")];
        }
        return [.. entries.Select(entry => OfEntry(entry.Entry, entry.At, surely)), .. OfExclude(surely)];
    }

    private WatchAdvice Whole(Query root) =>
        Leaves(root).Any(leaf => leaf is Query.Stars && NoStars)
            ? new WatchAdvice(watch.Name, "name", "can never match: it asks for stars, and no channel that it listens on has stars", $"Stars come with {Listed(kindsWithStars)}: listen on such a channel, or take stars away.")
            : new WatchAdvice(watch.Name, "name", "can never match: what it asks for rules itself out, or its exclude, channels or languages do", "Take away what contradicts it.");

    private WatchAdvice OfEntry(string entry, int at, QueryImplication surely)
    {
        var by = watch.Exclude.First(excluded => surely.Holds(TermOf(entry), TermOf(excluded)));
        return new WatchAdvice(watch.Name, $"find:{at}", $"can never find {Quoted.Of(entry)}, because exclude has {Quoted.Of(by)}", "Take one of them away.");
    }

    private IEnumerable<WatchAdvice> OfExclude(QueryImplication surely)
    {
        for (var i = 0; i < watch.Exclude.Count; i++)
        {
            var entry = TermOf(watch.Exclude[i]);
            var covering = watch.Exclude.Where((_, other) => other != i).FirstOrDefault(other => surely.Holds(entry, TermOf(other)) && !surely.Holds(TermOf(other), entry));
            if (covering is not null)
            {
                yield return new WatchAdvice(watch.Name, $"exclude:{i}", $"excludes {Quoted.Of(watch.Exclude[i])}, which {Quoted.Of(covering)} rules out already", "Take it away.");
            }
        }
    }

    private bool IsVain(string entry, QueryImplication surely) => watch.Exclude.Any(excluded => surely.Holds(TermOf(entry), TermOf(excluded)));

    private bool Never(Query query) => query switch
    {
        Query.Stars => NoStars,
        Query.OnChannel on => _kindsHere.Count > 0 && watch.Channels.Count > 0 && watch.Channels.All(kinds.ContainsKey)
            && !watch.Channels.Contains(on.Name, StringComparer.OrdinalIgnoreCase) && !_kindsHere.Contains(on.Name, StringComparer.OrdinalIgnoreCase),
        Query.InLanguage language => watch.Languages.Count > 0 && !watch.Languages.Contains(language.Language, StringComparer.OrdinalIgnoreCase),
        _ => false,
    };

    private bool NoStars => _kindsHere.Count > 0 && watch.Channels.All(kinds.ContainsKey) && !_kindsHere.Exists(kind => kindsWithStars.Contains(kind, StringComparer.OrdinalIgnoreCase));

    private static Query.Term TermOf(string entry) => new(WatchTerms.WordsOf(entry), entry);

    private static IEnumerable<Query> Leaves(Query query) => query switch
    {
        Query.All all => all.Parts.SelectMany(Leaves),
        Query.Any any => any.Parts.SelectMany(Leaves),
        Query.Piece piece => Leaves(piece.Means),
        _ => [query],
    };

    private static string Listed(IReadOnlyCollection<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
}

/// <summary>Watches that add nothing, because another hears all that they hear, as early and for the same team.</summary>
internal static class HiddenWatches
{
    public static IEnumerable<WatchAdvice> Of(IReadOnlyList<Watch> watches, Effort effort)
    {
        var queries = watches.Select(WatchSet.QueryOf).ToList();
        for (var i = 0; i < watches.Count && !effort.IsSpent; i++)
        {
            var hiding = Enumerable.Range(0, watches.Count).FirstOrDefault(other => other != i && Hides(watches[other], queries[other], watches[i], queries[i], effort)
                && (other < i || !Hides(watches[i], queries[i], watches[other], queries[other], effort)), -1);
            if (hiding >= 0)
            {
                yield return new WatchAdvice(
                    watches[i].Name,
                    "name",
                    $"adds nothing: watch {Quoted.Of(watches[hiding].Name)} hears all that it hears, for the same team and with no higher alert line",
                    "Take it away, or give it another team or a lower alert.");
            }
        }
    }

    private static bool Hides(Watch wide, Query wideQuery, Watch narrow, Query narrowQuery, Effort effort) =>
        !wide.Shadow && wide.Team.Equals(narrow.Team, StringComparison.OrdinalIgnoreCase) && wide.AlertAt <= narrow.AlertAt
        && IsWithin(narrow.Channels, wide.Channels, wide.Everything) && IsWithin(narrow.Languages, wide.Languages)
        && new QueryImplication(narrow.Languages, wide.Languages, effort).Holds(narrowQuery, wideQuery);

    /// <param name="named">Only what is named counts, as for everything: true.</param>
    private static bool IsWithin(IReadOnlyList<string> narrow, IReadOnlyList<string> wide, bool named = false) =>
        wide.Count == 0 ? !named : narrow.Count > 0 && narrow.All(name => wide.Contains(name, StringComparer.OrdinalIgnoreCase));
}
