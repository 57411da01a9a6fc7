using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

/// <summary>Random watches and posts: what advice says of a watch must hold for every post.</summary>
public sealed class WatchAdvicePropertyTests
{
    private static readonly string[] Words =
    [
        "acme", "acm*", "acme*", "#acme", "@acme", "#acme*", "~acme", "acmes", "can", "can*", "~can", "could", "t", "t*", "can't", "help", "~help", "helps", "helped", "#AcmeHelp", "acmehelp", "#acmehelp", "Hélp", "返金", "返", "😡", "3d",
        "acme_help", "-", "acme.example",
    ];

    private static readonly string[] Texts =
    [
        "acme", "ACME", "Acme's", "acmes", "#acme", "@acme", "#AcmeHelp", "#acme_help", "acmehelp", "#acmehelp", "can", "can't", "can’t", "cant", "can t", "could", "t", "'t", "help", "hélp", "helps", "helped", "helping", "返金", "返", "請返金", "😡", "3d",
        "acme_help", "https://acme.example/x", "-", ",", "to", "the",
    ];

    private static readonly Dictionary<string, string> Kinds = new() { ["posts"] = "replay", ["mail"] = "mail" };

    [Fact]
    public void What_advice_says_is_true_of_every_post()
    {
        var random = new Random(20261122);
        var (never, vain, covered, hidden) = (0, 0, 0, 0);
        for (var round = 0; round < 4_000; round++)
        {
            var one = AnyWatch(random, "one");
            Watch[] watches = [one, random.Next(2) == 0 ? AnyWatch(random, "two") : Narrower(random, one)];
            var advice = WatchAdvice.Of(watches, Kinds, ["mail"]);
            if (advice.Count == 0)
            {
                continue;
            }
            var claims = advice.Select(one => Claim(one, watches)).ToList();
            never += advice.Count(one => one.What.Contains("never match", StringComparison.Ordinal));
            vain += advice.Count(one => one.Key.StartsWith("find", StringComparison.Ordinal));
            covered += advice.Count(one => one.Key.StartsWith("exclude", StringComparison.Ordinal));
            hidden += advice.Count(one => one.What.StartsWith("adds nothing", StringComparison.Ordinal));
            for (var i = 0; i < 40; i++)
            {
                var post = AnyPost(random);
                var assessment = random.Next(3) == 0 ? null : Some.Assessment() with { Lang = random.Next(2) == 0 ? "en" : "de", Priority = (Priority)random.Next(4), Aspect = random.Next(2) == 0 ? "billing" : "delivery" };
                for (var c = 0; c < claims.Count; c++)
                {
                    Assert.True(claims[c](post, assessment), $"{advice[c]} is untrue of \"{post.Text}\" on {post.Channel}: {string.Join("; ", watches.Select(Told))}");
                }
            }
        }
        Assert.True(never > 100 && vain > 50 && covered > 50 && hidden > 400, $"{never} never, {vain} vain, {covered} covered, {hidden} hidden");
    }

    private static Func<Core.Posts.Post, Assessment?, bool> Claim(WatchAdvice advice, Watch[] watches)
    {
        var watch = watches.Single(one => one.Name == advice.Watch);
        var other = watches.Single(one => one.Name != advice.Watch);
        var (hears, otherHears) = (Hearing(watch), Hearing(other));
        var at = advice.Key.Contains(':', StringComparison.Ordinal) ? advice.Key[^1] - '0' : 0;
        if (advice.Key.StartsWith("find", StringComparison.Ordinal))
        {
            var entry = Hearing(watch with { Find = [watch.Find[at]] });
            return (post, assessment) => !entry(post, assessment);
        }
        if (advice.Key.StartsWith("exclude", StringComparison.Ordinal))
        {
            var without = Hearing(watch with { Exclude = [.. watch.Exclude.Where((_, i) => i != at)] });
            return (post, assessment) => hears(post, assessment) == without(post, assessment);
        }
        return advice.What.StartsWith("adds nothing", StringComparison.Ordinal)
            ? (post, assessment) => !hears(post, assessment) || otherHears(post, assessment)
            : (post, assessment) => !hears(post, assessment);
    }

    /// <summary>As the intake hears: also by language.</summary>
    private static Func<Core.Posts.Post, Assessment?, bool> Hearing(Watch watch)
    {
        var set = WatchSet.Build([watch], Ours.Nobody, Kinds);
        return (post, assessment) => set.Find(post, assessment).Count > 0
            && (watch.Languages.Count == 0 || (assessment?.Lang ?? post.Lang) is not { } lang || watch.Languages.Contains(lang, StringComparer.Ordinal));
    }

    private static Watch Narrower(Random random, Watch watch) => watch with
    {
        Name = "two",
        Find = [.. watch.Find.Select(entry => random.Next(2) == 0 ? entry : Any(random, Words) + " " + entry)],
        Query = watch.Query is { Root: var root } && new Query.All([root, AnyQuery(random, 1)]) is var all ? new WatchQuery(QueryText.Of(all), all) : null,
        Languages = watch.Languages.Count == 0 && random.Next(3) == 0 ? ["en"] : watch.Languages,
        AlertAt = 0.5,
    };

    private static Core.Posts.Post AnyPost(Random random)
    {
        var channel = random.Next(3) == 0 ? "mail" : "posts";
        return Some.Post(string.Join(random.Next(4) == 0 ? "" : " ", Enumerable.Range(0, random.Next(7)).Select(_ => Any(random, Texts))), channel: channel) with
        {
            Kind = Kinds[channel],
            Stars = channel == "mail" && random.Next(2) == 0 ? random.Next(1, 6) : null,
            Lang = random.Next(2) == 0 ? "de" : "en",
        };
    }

    private static Watch AnyWatch(Random random, string name)
    {
        var queried = random.Next(2) == 0;
        return new Watch
        {
            Name = name,
            Team = "care",
            Query = queried ? AnyQuery(random, 2) is var root ? new WatchQuery(QueryText.Of(root), root) : null : null,
            Find = queried ? [] : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Phrase(random))],
            Exclude = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Phrase(random))],
            Channels = random.Next(5) == 0 ? ["mail"] : random.Next(5) == 0 ? ["posts"] : [],
            Languages = random.Next(5) == 0 ? ["en"] : random.Next(8) == 0 ? ["de", "en"] : [],
            AlertAt = random.Next(3) == 0 ? 0.5 : 0.35,
        };
    }

    private static Query AnyQuery(Random random, int deep) => (deep == 0 ? 0 : random.Next(9)) switch
    {
        0 or 1 or 2 => Term(random),
        3 or 4 => new Query.All([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => AnyQuery(random, deep - 1))]),
        5 => new Query.Any([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyQuery(random, deep - 1))]),
        6 => new Query.Not(AnyQuery(random, deep - 1)),
        7 => new Query.Near(Term(random), random.Next(2) == 0 ? Term(random) : new Query.Any([Term(random), Term(random)]), random.Next(3)),
        _ => AnyFact(random),
    };

    private static Query AnyFact(Random random) => random.Next(7) switch
    {
        0 => new Query.Stars((Compare)random.Next(5), random.Next(1, 6)),
        1 => new Query.AtPriority((Compare)random.Next(5), (Priority)random.Next(4)),
        2 => new Query.OnChannel(random.Next(2) == 0 ? "mail" : "posts"),
        3 => new Query.InLanguage(random.Next(2) == 0 ? "de" : "en"),
        4 => new Query.HasLink(),
        5 => new Query.LinksTo("acme.example"),
        _ => new Query.About(random.Next(2) == 0 ? "billing" : "delivery"),
    };

    private static Query.Term Term(Random random) => new([.. WatchTerms.WordsOf(Phrase(random))], "term");

    private static string Phrase(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any(random, Words)));

    private static string Any(Random random, string[] of) => of[random.Next(of.Length)];

    private static string Told(Watch watch) =>
        $"{string.Join(',', watch.Channels)} {string.Join(',', watch.Languages)} {(watch.Query is null ? "find " + string.Join('|', watch.Find) : watch.Query.Text)} not {string.Join('|', watch.Exclude)} alert {watch.AlertAt}";
}
