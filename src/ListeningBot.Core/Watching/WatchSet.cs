using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <summary>A word or phrase of a watch, found in a text.</summary>
/// <param name="Term">As the manager wrote it.</param>
/// <param name="Start">Offset in the UTF-8 text, bytes.</param>
/// <param name="Length">Bytes.</param>
public sealed record WatchHit(string Term, int Start, int Length);

/// <summary>A watch that matched and where; no hits for <see cref="Watch.Everything"/>.</summary>
public sealed record WatchMatch(Watch Watch, IReadOnlyList<WatchHit> Hits);

/// <summary>
/// All watches compiled into one matcher: built aside, immutable, swapped whole. What counts as found:
/// <list type="bullet">
/// <item>Whole words only, in the folded form of <see cref="Folding"/>: "acme" in "Acme's", "l'acme", "acme-store", "https://acme.example", never in
/// "pacmen" or "acme_store"; nor "can" in "can't".</item>
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
    private readonly WatchTerm[] _terms;
    private readonly TermTree _tree;
    private readonly FrozenDictionary<string, ChannelPlan> _plans;
    private readonly ChannelPlan _elsewhere;

    private WatchSet(IReadOnlyList<Watch> watches, Ours ours)
    {
        Watches = watches;
        Ours = ours;
        _terms = WatchTerms.Of(watches);
        _tree = WatchTerms.Grow(_terms);
        _elsewhere = new ChannelPlan(watches, null);
        _plans = watches.SelectMany(watch => watch.Channels).Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(channel => channel, channel => new ChannelPlan(watches, channel), StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<Watch> Watches { get; }
    public Ours Ours { get; }

    /// <summary>Never throws for odd watches: what <see cref="ProblemsOf"/> tells of is just never found.</summary>
    public static WatchSet Build(IReadOnlyList<Watch> watches, Ours ours) => new([.. watches], ours);

    /// <summary>What is wrong with a watch, in sentences for managers; empty when nothing is.</summary>
    public static IReadOnlyList<string> ProblemsOf(Watch watch) => [.. WatchProblems.Of(watch)];

    /// <summary>Whether any watch matches; allocates nothing. Invalid UTF-8 is allowed.</summary>
    [SkipLocalsInit]
    public bool Matches(ReadOnlySpan<byte> text, string channel)
    {
        var plan = PlanOf(channel);
        if (plan.TakesAll)
        {
            return true;
        }
        var hits = new HitList(text, _terms, plan, stackalloc Hit[16]) { OneIsEnough = true };
        Collect(text, ref hits);
        var matches = hits.Decided || (hits.Hits.IsEmpty ? plan.TakingAll.Length > 0 : Verdict.Any(Watches.Count, _terms, plan, hits.Hits));
        hits.Dispose();
        return matches;
    }

    /// <summary>All watches that match, with their hits. Languages are not looked at: that is done once the post's language is known.</summary>
    public IReadOnlyList<WatchMatch> Find(ReadOnlySpan<byte> text, string channel)
    {
        var plan = PlanOf(channel);
        var hits = new HitList(text, _terms, plan, stackalloc Hit[16]);
        Collect(text, ref hits);
        var matches = Verdict.All(Watches, _terms, plan, hits.Hits, text);
        hits.Dispose();
        return matches;
    }

    private ChannelPlan PlanOf(string channel) => _plans.Count > 0 && _plans.TryGetValue(channel, out var plan) ? plan : _elsewhere;

    [SkipLocalsInit]
    private void Collect(ReadOnlySpan<byte> text, ref HitList hits)
    {
        if (text.Length > OnStack)
        {
            CollectInRentedRoom(text, ref hits);
            return;
        }
        Span<int> edges = stackalloc int[WordEdges.Room(OnStack)];
        Span<HashedToken> tokens = stackalloc HashedToken[HashedTokens.Room(OnStack)];
        _tree.Find(tokens[..HashedTokens.Read(text, edges, tokens)], ref hits);
    }

    private void CollectInRentedRoom(ReadOnlySpan<byte> text, ref HitList hits)
    {
        var edges = ArrayPool<int>.Shared.Rent(WordEdges.Room(text.Length));
        var tokens = ArrayPool<HashedToken>.Shared.Rent(HashedTokens.Room(text.Length));
        _tree.Find(tokens.AsSpan(0, HashedTokens.Read(text, edges, tokens)), ref hits);
        ArrayPool<int>.Shared.Return(edges);
        ArrayPool<HashedToken>.Shared.Return(tokens);
    }
}
