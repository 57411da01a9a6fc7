using System.Globalization;
using System.Text;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

/// <summary>Random queries of every construct over random small posts, against an evaluator that is plain and slow. LISTENINGBOT_ROUNDS says how many.</summary>
public sealed class RandomQueriesTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private static readonly IReadOnlyDictionary<string, string> s_kinds = new Dictionary<string, string> { ["mail"] = "imap" };

    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_ROUNDS") ?? "5000", CultureInfo.InvariantCulture);

    [Fact]
    public void The_matcher_agrees_with_a_plain_evaluator()
    {
        var (matched, rounds) = (0L, Rounds);
        Parallel.For(0, rounds, round => Interlocked.Add(ref matched, Compare(new RandomQuery(new Random(Seed + round)), round)));
        output.WriteLine($"{rounds} rounds of three watches, {matched} matches, no difference");
        Assert.InRange(matched, rounds / 10, rounds * 3L);
    }

    /// <summary>How many watches matched.</summary>
    private static int Compare(RandomQuery random, int round)
    {
        Watch[] watches = [random.Watch("one"), random.Watch("two"), random.Watch("three")];
        var (post, assessment) = (random.Post(), random.Assessment());
        var plain = new PlainEvaluator(post, assessment);
        var expected = watches.Where(plain.Matches).Select(watch => watch.Name).ToArray();
        var set = WatchSet.Build(watches, Ours.Nobody, s_kinds);
        var text = Encoding.UTF8.GetBytes(post.WholeText());

        var found = set.Find(post, assessment);
        var byText = set.Find(text, post.Channel);

        var told = $"round {round}: {post}, {assessment?.Lang} {assessment?.Aspect} {assessment?.Priority}; {string.Join("; ", watches.Select(Told))}";
        Assert.True(expected.SequenceEqual(found.Select(match => match.Watch.Name)), $"{told}: expected {string.Join(',', expected)}, found {string.Join(',', found.Select(match => match.Watch.Name))}");
        Assert.True(expected.All(name => byText.Any(match => match.Watch.Name == name)), $"{told}: by text only {string.Join(',', byText.Select(match => match.Watch.Name))}");
        Assert.True(set.Matches(text, post.Channel) == byText.Count > 0, $"{told}: Matches and Find by text differ");
        Assert.True(watches.All(HasWordsOnly) ? byText.Count == found.Count : byText.Count >= found.Count, $"{told}: words alone tell all");
        Assert.True(found.All(match => IsSane(match, text)), $"{told}: {string.Join(',', found.SelectMany(match => match.Hits))}");
        Assert.True(watches.All(watch => watch.Everything || plain.Matches(watch with { Channels = [] }) == plain.IsTrue(WatchSet.QueryOf(watch))), $"{told}: the whole query differs");
        return expected.Length;
    }

    /// <summary>Every place that is told holds what was asked for.</summary>
    private static bool IsSane(WatchMatch match, byte[] text) => match.Hits.All(hit =>
        hit.Start >= 0 && hit.Length > 0 && hit.Start + hit.Length <= text.Length
        && Leaves(WatchSet.QueryOf(match.Watch with { Everything = false })).Any(leaf => Holds(leaf, hit, Encoding.UTF8.GetString(text.AsSpan(hit.Start, hit.Length)))));

    private static bool Holds(Query leaf, WatchHit hit, string words) => leaf switch
    {
        Query.Term term => term.Text == hit.Term.Trim() && PlainEvaluator.IsFoundIn(term, words),
        Query.To to => "@" + to.Account == hit.Term,
        Query.Pattern pattern => pattern.Regex == hit.Term,
        _ => false,
    };

    private static IEnumerable<Query> Leaves(Query query) => query switch
    {
        Query.All all => all.Parts.SelectMany(Leaves),
        Query.Any any => any.Parts.SelectMany(Leaves),
        Query.Not not => Leaves(not.What),
        Query.Piece piece => Leaves(piece.Means),
        Query.Near near => Leaves(near.Left).Concat(Leaves(near.Right)),
        _ => [query],
    };

    private static bool HasWordsOnly(Watch watch) => Leaves(WatchSet.QueryOf(watch)).All(leaf => leaf is Query.Term or Query.Pattern or Query.Anything);

    private static string Told(Watch watch) =>
        $"{(watch.Everything ? "everything " : "")}{string.Join(',', watch.Channels)} find {string.Join('|', watch.Find)} query {watch.Query?.Text} not {string.Join('|', watch.Exclude)}";
}
