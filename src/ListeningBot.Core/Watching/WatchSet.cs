using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>
/// All watches compiled into one matcher: built aside, immutable, swapped whole. What counts as found:
/// <list type="bullet">
/// <item>Whole words only, in the folded form of <see cref="Folding"/>: "acme" in "Acme's", "l'acme", "acme-store", "https://acme.example", never in
/// "pacmen" or "acme_store"; nor "can" in "can't".</item>
/// <item>"refund*" in every word that begins so, also "can*" in "can't"; "~refund" in every inflected form of it.</item>
/// <item>Phrases across any white space and punctuation. Punctuation in a term is of no account: "c++" finds "c".</item>
/// <item>"refund" also finds "#refund" and "@refund"; "#refund" and "@refund" only themselves. The words of a hashtag count too: "acme down" finds
/// "#AcmeDown" and "#acme_down", as "down" does; the words of an @name don't.</item>
/// <item>Chinese, Japanese, Korean, Thai and the like anywhere, even inside longer words, which these scripts do not part. An emoji is a word.</item>
/// </list>
/// </summary>
public sealed class WatchSet
{
    /// <summary>Texts up to this many bytes are matched on the stack, longer ones in rented room.</summary>
    private const int OnStack = 1024;

    /// <summary>Different terms and places in a text for which there is room on the stack.</summary>
    private const int Few = 16;
    private readonly TermTree _tree;
    private readonly FirstSteps _covers;
    private readonly Verdict _verdict;
    private readonly Telling _telling;
    private readonly FrozenDictionary<string, ChannelPlan> _plans;
    private readonly ChannelPlan _elsewhere;
    private readonly FrozenDictionary<string, string> _kinds;
    private readonly Lazy<WatchSet> _spokenTo;

    private WatchSet(IReadOnlyList<Watch> watches, Ours ours, IReadOnlyDictionary<string, string> kinds)
    {
        Watches = watches;
        Ours = ours;
        _kinds = kinds.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        var terms = new TermTreeBuilder(watches.Sum(watch => watch.Find.Count + watch.Exclude.Count));
        var writer = new QuestionWriter(new TermWriter(terms));
        foreach (var watch in watches)
        {
            writer.Add(watch);
        }
        var questions = writer.Done();
        _tree = terms.Build();
        var covers = new TermCovers(writer.Covers, questions, _tree.Count);
        _covers = terms.FirstStepsTo(covers.Terms);
        _verdict = new Verdict(questions, covers);
        _telling = new Telling(watches, questions);
        _elsewhere = new ChannelPlan(watches, questions, covers, null);
        _plans = watches.SelectMany(watch => watch.Channels).Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(channel => channel, channel => new ChannelPlan(watches, questions, covers, channel), StringComparer.OrdinalIgnoreCase);
        _spokenTo = new(() => Build([.. watches.Where(watch => !watch.Shadow).Select(WithoutWords)], ours, kinds));
    }

    public IReadOnlyList<Watch> Watches { get; }
    public Ours Ours { get; }

    /// <summary>Never throws for odd watches: what <see cref="ProblemsOf"/> tells of is just never found.</summary>
    /// <param name="kinds">The kind of each configured channel, by its name; of others, a watch for a kind can't be ruled out by a text.</param>
    public static WatchSet Build(IReadOnlyList<Watch> watches, Ours ours, IReadOnlyDictionary<string, string>? kinds = null) =>
        new([.. watches], ours, kinds ?? FrozenDictionary<string, string>.Empty);

    /// <summary>What is wrong with a watch, in sentences for managers; empty when nothing is.</summary>
    public static IReadOnlyList<string> ProblemsOf(Watch watch) => [.. WatchProblems.Of(watch)];

    /// <summary>The whole of what a watch listens for, without its channels and languages.</summary>
    public static Query QueryOf(Watch watch)
    {
        var what = watch.Query?.Root ?? (watch.Everything ? new Query.Anything() : AnyOf(watch.Find));
        return watch.Exclude.Count == 0 ? what : new Query.All([what, new Query.Not(AnyOf(watch.Exclude))]);
    }

    /// <summary>Whether any watch may match: what the text can't tell (stars, author, priority...) counts as fitting. Allocates nothing. Invalid UTF-8 is allowed.</summary>
    [SkipLocalsInit]
    public bool Matches(ReadOnlySpan<byte> text, string channel)
    {
        var plan = PlanOf(channel);
        if (plan.TakesAll)
        {
            return true;
        }
        var hits = new HitList(text, stackalloc Hit[Few], stackalloc FoundTerm[Few], stackalloc int[Few * 2]) { Deciding = plan.Deciding };
        Collect(text, plan, ref hits);
        var matches = hits.Decided || (hits.Terms.IsEmpty && plan.Uncovered.Length == 0 ? false : _verdict.Any(plan, FactsOf(channel, null), ref hits));
        hits.Dispose();
        return matches;
    }

    /// <summary>All watches that match a post, with what was found. Languages of watches are not looked at.</summary>
    /// <param name="assessment">Null when it is not scored: then it fits no priority and is about nothing.</param>
    public IReadOnlyList<WatchMatch> Find(Post post, Assessment? assessment) => Find(Encoding.UTF8.GetBytes(post.WholeText()), PostFacts.Of(post, assessment));

    /// <summary>The watches that listen where a post answers or quotes one of ours, whatever words they ask for, and do not exclude its own. None on trial: what speaks to us is no trial's.</summary>
    public IEnumerable<WatchMatch> FindSpokenTo(Post post) =>
        Ours.AreSpokenTo(post) ? _spokenTo.Value.Find(post, null).Select(match => match with { Watch = Watches.First(watch => watch.Name == match.Watch.Name), ByAddress = true }) : [];

    /// <summary>All watches that may match a text: what can't be told counts as fitting.</summary>
    public IReadOnlyList<WatchMatch> Find(ReadOnlySpan<byte> text, string channel, Assessment? assessment = null) => Find(text, FactsOf(channel, assessment));

    private IReadOnlyList<WatchMatch> Find(ReadOnlySpan<byte> text, in PostFacts facts)
    {
        var hits = new HitList(text, stackalloc Hit[Few], stackalloc FoundTerm[Few], stackalloc int[Few * 2]);
        var plan = PlanOf(facts.Channel);
        Collect(text, plan, ref hits);
        var matches = new List<WatchMatch>();
        foreach (var watch in _verdict.All(plan, facts, ref hits))
        {
            matches.Add(_telling.Of(watch, facts, ref hits));
        }
        hits.Dispose();
        return matches;
    }

    private static Watch WithoutWords(Watch watch) => watch with { Find = [], Everything = false, Query = new WatchQuery("is:anything", watch.Query is { } query ? WhereOf(query.Root) : new Query.Anything()) };

    /// <summary>On which channels a query may be true, whatever else it asks.</summary>
    private static Query WhereOf(Query query, bool not = false) => query switch
    {
        Query.OnChannel => not ? new Query.Not(query) : query,
        Query.Not inner => WhereOf(inner.What, !not),
        Query.Piece piece => WhereOf(piece.Means, not),
        Query.All all => Joined(all.Parts, all: !not, not),
        Query.Any any => Joined(any.Parts, all: not, not),
        _ => new Query.Anything(),
    };

    private static Query Joined(IReadOnlyList<Query> parts, bool all, bool not)
    {
        Query[] where = [.. parts.Select(part => WhereOf(part, not))];
        return all ? new Query.All(where) : new Query.Any(where);
    }

    private PostFacts FactsOf(string channel, Assessment? assessment) => new(channel, _kinds, null, assessment);

    private static Query.Any AnyOf(IReadOnlyList<string> entries) => new([.. entries.Select(entry => QueryParser.ReadTerm(entry).Root).OfType<Query>()]);

    private ChannelPlan PlanOf(string channel) => _plans.Count > 0 && _plans.TryGetValue(channel, out var plan) ? plan : _elsewhere;

    /// <summary>Where no watch can match, perhaps nothing.</summary>
    [SkipLocalsInit]
    private void Collect(ReadOnlySpan<byte> text, ChannelPlan plan, ref HitList hits)
    {
        if (text.Length > OnStack)
        {
            CollectInRentedRoom(text, plan, ref hits);
            return;
        }
        Span<int> edges = stackalloc int[WordEdges.Room(OnStack)];
        Span<HashedToken> tokens = stackalloc HashedToken[HashedTokens.Room(OnStack)];
        Collect(tokens[..HashedTokens.Read(text, edges, tokens)], plan, ref hits);
    }

    private void CollectInRentedRoom(ReadOnlySpan<byte> text, ChannelPlan plan, ref HitList hits)
    {
        var edges = ArrayPool<int>.Shared.Rent(WordEdges.Room(text.Length));
        var tokens = ArrayPool<HashedToken>.Shared.Rent(HashedTokens.Room(text.Length));
        Collect(tokens.AsSpan(0, HashedTokens.Read(text, edges, tokens)), plan, ref hits);
        ArrayPool<int>.Shared.Return(edges);
        ArrayPool<HashedToken>.Shared.Return(tokens);
    }

    private void Collect(scoped ReadOnlySpan<HashedToken> tokens, ChannelPlan plan, ref HitList hits)
    {
        if (plan.Uncovered.Length > 0 || _covers.MayBeIn(hits.Text, tokens))
        {
            _tree.Find(tokens, ref hits);
        }
    }
}
