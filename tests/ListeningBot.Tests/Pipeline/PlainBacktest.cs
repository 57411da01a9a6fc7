using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Gained and lost, counted without matcher, pages or store: words are what stands between blanks.</summary>
internal sealed class PlainBacktest
{
    public static readonly string[] Teams = ["care", "sales", "tech"];
    private static readonly string[] s_words = ["acme", "shop", "late", "broken", "refund", "weather", "broom", "news"];
    private static readonly string[] s_channels = ["posts", "inbox", "forum"];
    private static readonly string[] s_languages = ["en", "de", "und"];
    private readonly IReadOnlyList<Watch> _before;
    private readonly IReadOnlyList<Watch> _after;
    private readonly IReadOnlyList<Mention> _mentions;

    public PlainBacktest(IReadOnlyList<Watch> before, IReadOnlyList<Watch> after, IReadOnlyList<Mention> mentions, IReadOnlyDictionary<long, bool> said)
    {
        (_before, _after, _mentions) = (before, after, mentions);
        Gained = [.. mentions.Where(one => Level(before, one) < 2 && Level(after, one) == 2)];
        Lost = [.. mentions.Where(one => Level(before, one) == 2 && Level(after, one) < 2)];
        Missed = [.. mentions.Where(one => said.TryGetValue(one.Id, out var right) && right && Level(after, one) < Level(before, one)).Select(one => one.Id)];
        Spared = Lost.Count(one => said.TryGetValue(one.Id, out var right) && !right);
        Added = Gained.Count(one => said.TryGetValue(one.Id, out var right) && !right);
    }

    public IReadOnlyList<Mention> Gained { get; }
    public IReadOnlyList<Mention> Lost { get; }
    public IReadOnlyList<long> Missed { get; }
    public int Spared { get; }
    public int Added { get; }

    public (long Before, long After) CountOf(string team) => (_mentions.Count(one => Alerting(_before, one).Any(watch => watch.Team == team)), _mentions.Count(one => Alerting(_after, one).Any(watch => watch.Team == team)));

    public static Mention SomeMention(Random random, int id, DateTimeOffset now)
    {
        var channel = s_channels[random.Next(s_channels.Length)];
        var post = Some.Post(string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => s_words[random.Next(s_words.Length)])), $"{id}", channel);
        return new Mention
        {
            Post = post with { Automatic = random.Next(20) == 0, ByUs = random.Next(20) == 0 },
            Posted = now,
            FirstSeen = now.AddMinutes(id),
            Assessment = Some.Assessment(random.Next(10) / 10.0, (Priority)random.Next(4)) with { Lang = s_languages[random.Next(s_languages.Length)] },
            Watches = random.Next(10) == 0 ? [] : ["some"],
            Teams = ["care"],
            Standing = (Standing)random.Next(5),
            Deleted = random.Next(15) == 0,
        };
    }

    public static List<Watch> SomeWatches(Random random) => [.. Enumerable.Range(0, random.Next(1, 5)).Select(number => SomeWatch(random, $"watch {number}"))];

    /// <summary>One more, one less, or one that is another.</summary>
    public static List<Watch> Changed(Random random, IReadOnlyList<Watch> watches)
    {
        var changed = watches.ToList();
        var at = random.Next(changed.Count);
        switch (random.Next(3))
        {
            case 0:
                changed.Add(SomeWatch(random, "new"));
                break;
            case 1:
                changed.RemoveAt(at);
                break;
            default:
                changed[at] = SomeWatch(random, changed[at].Name);
                break;
        }
        return changed;
    }

    private static Watch SomeWatch(Random random, string name) => new()
    {
        Name = name,
        Team = Teams[random.Next(Teams.Length)],
        Find = [.. Words(random, 3)],
        Exclude = random.Next(2) == 0 ? [] : [.. Words(random, 2)],
        Channels = random.Next(3) == 0 ? [s_channels[random.Next(s_channels.Length)]] : [],
        Languages = random.Next(3) == 0 ? ["de"] : [],
        AlertAt = random.Next(1, 9) / 10.0,
        Shadow = random.Next(4) == 0,
    };

    private static IEnumerable<string> Words(Random random, int most) => Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => s_words[random.Next(s_words.Length)]).Distinct();

    private static bool Matches(Watch watch, Mention one)
    {
        var words = one.Post.Text.Split(' ');
        return !one.Post.ByUs && watch.Find.Any(words.Contains) && !watch.Exclude.Any(words.Contains)
            && (watch.Channels.Count == 0 || watch.Channels.Contains(one.Post.Channel))
            && (watch.Languages.Count == 0 || one.Assessment.Lang == "und" || watch.Languages.Contains(one.Assessment.Lang));
    }

    private static IEnumerable<Watch> Alerting(IReadOnlyList<Watch> watches, Mention one) =>
        watches.Where(watch => !watch.Shadow && Matches(watch, one) && one.Assessment.Complaint >= watch.AlertAt && !one.Post.Automatic);

    private static int Level(IReadOnlyList<Watch> watches, Mention one) => Alerting(watches, one).Any() ? 2 : watches.Any(watch => !watch.Shadow && Matches(watch, one)) ? 1 : 0;
}
