using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Made-up histories: what was planted in them must be found, and in chance nothing.</summary>
public sealed class WordSearchTests
{
    private const int People = 60;
    private static readonly Watch s_acme = Some.Watch("acme");
    private readonly List<Mention> _mentions = [];
    private readonly List<SampledPost> _sample = [];
    private readonly Dictionary<long, bool> _said = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_planted_word_comes_first_with_its_numbers(int seed)
    {
        var random = new Random(seed);
        Fill(random, missed: 40, alerts: 300, i => i < 14 ? "kaputt" : "", i => i < 6 ? "kaputt" : "");
        for (var i = 0; i < 5; i++)
        {
            Sample($"{Chatter(random)} kaputt", weight: 10);
        }

        var found = Search();

        var word = found.Add[0];
        Assert.Equal(new WordContrast("kaputt", 14, 40, 11, 305), word.How);
        Assert.Equal(("acme", 14, 0), (word.Watch, word.Right, word.Wrong));
        Assert.Equal(14, word.Gained.Stored);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Words_by_chance_alone_give_no_suggestion(int seed)
    {
        for (var run = 0; run < 10; run++)
        {
            var random = new Random((seed * 1000) + run);
            _mentions.Clear();
            _said.Clear();
            Fill(random, missed: 40, alerts: 200, _ => "", _ => "");

            var found = Search();

            Assert.Empty(found.Add);
            Assert.Empty(found.Exclude);
        }
    }

    [Fact]
    public void A_phrase_is_suggested_where_it_tells_more_than_its_words()
    {
        var random = new Random(4);
        Fill(random, missed: 30, alerts: 200, i => i < 12 ? "my gift card" : "", i => i % 3 == 0 ? "gift shop" : i % 3 == 1 ? "card game" : "");

        Assert.Equal(["gift card"], Search().Add.Select(word => word.How.Word));
    }

    [Fact]
    public void Nobodys_name_or_handle_is_ever_suggested_nor_a_word_of_fewer_than_three_people()
    {
        var random = new Random(5);
        Fill(random, missed: 20, alerts: 100, i => $"greta schreiner77 order{i}", _ => "");
        _mentions[0] = _mentions[0] with { Post = _mentions[0].Post with { Author = new Author { Id = "x", Name = "Greta Holm", Handle = "schreiner77" } } };
        for (var i = 0; i < 20; i++)
        {
            Hear("twoofus quixotic", said: true, watches: [], author: i % 2 == 0 ? "one" : "two");
        }

        Assert.Empty(Search().Add);
    }

    [Fact]
    public void Nor_the_name_of_one_of_us_who_answered()
    {
        Fill(new Random(9), missed: 20, alerts: 100, i => $"grumbold order{i}", _ => "");
        Assert.Equal("grumbold", Assert.Single(Search().Add).How.Word);
        _mentions[^1] = _mentions[^1] with { Standing = Standing.Ours, Post = _mentions[^1].Post with { Author = new Author { Id = "us", Name = "Jonas Grumbold" } } };

        Assert.Empty(Search().Add);
    }

    [Fact]
    public void Numbers_links_mentions_and_small_words_are_none()
    {
        var random = new Random(6);
        Fill(random, missed: 20, alerts: 100, _ => "and with the 4917012345 AB123456 https://kaputt.example @kaputtman #42", _ => "");

        Assert.Empty(Search().Add);
    }

    [Fact]
    public void Complaints_below_the_line_are_told_as_such()
    {
        var random = new Random(7);
        Fill(random, missed: 0, alerts: 100, _ => "", _ => "");
        for (var i = 0; i < 12; i++)
        {
            Hear($"acme gizmo flickers {Chatter(random)}", said: true, complaint: 0.2 + (i * 0.01), watches: ["acme"], author: $"p{i}");
        }

        var word = Search().Add[0];

        Assert.Contains(word.How.Word, new[] { "gizmo flickers" });
        Assert.Equal((0, 0L, 0.2), (word.Right, word.Gained.Total, word.Lowest));
    }

    [Fact]
    public void A_word_of_false_alarms_is_safe_to_leave_out_only_where_no_confirmed_complaint_says_it()
    {
        var random = new Random(8);
        for (var i = 0; i < 60; i++)
        {
            Hear($"acme {(i < 25 ? "thunderstorm" : "")} {Chatter(random)}", said: false, author: $"f{i}");
            Hear($"acme {(i < 3 ? "forecast" : i < 20 ? "warranty" : "")} {Chatter(random)}", said: true, author: $"r{i}");
        }
        for (var i = 0; i < 40; i++)
        {
            Hear($"acme forecast {Chatter(random)}", said: false, author: $"g{i}");
        }
        Hear("acme thunderstorm nobody judged", said: null);

        var noise = Search().Exclude;

        Assert.Equal([(new WordContrast("forecast", 40, 100, 3, 60), false, 43), (new WordContrast("thunderstorm", 25, 100, 0, 60), true, 26)], noise.Select(word => (word.How, word.IsSafe, word.Spared)));
        Assert.All(noise, word => Assert.Equal("acme", word.Watch));
    }

    /// <summary>Left out, they would not even wait in the maybe list.</summary>
    [Fact]
    public void Nor_is_a_word_safe_to_leave_out_that_only_confirmed_complaints_below_the_line_say()
    {
        var random = new Random(12);
        for (var i = 0; i < 40; i++)
        {
            Hear($"acme thunderstorm {Chatter(random)}", said: false, author: $"f{i}");
            Hear($"acme {Chatter(random)}", said: true, author: $"r{i}");
        }
        Hear("acme left my parcel in the thunderstorm", said: true, complaint: 0.2);

        var noise = Assert.Single(Search().Exclude);

        Assert.Equal((new WordContrast("thunderstorm", 40, 40, 0, 40), false, 1), (noise.How, noise.IsSafe, noise.Lost));
    }

    [Fact]
    public void What_a_watch_finds_or_leaves_out_already_is_not_suggested()
    {
        var random = new Random(9);
        Fill(random, missed: 30, alerts: 100, i => i < 20 ? "kaputt" : "", _ => "");

        Assert.Empty(Search([s_acme with { Exclude = ["Kaputt"] }]).Add);
    }

    [Fact]
    public void With_few_verdicts_nothing_is_said()
    {
        for (var i = 0; i < WordSuggestions.Fewest - 1; i++)
        {
            Hear("kaputt", said: true, watches: [], author: $"p{i}");
            Hear("acme rain", said: false, author: $"q{i}");
        }

        Assert.Empty(Search().Add);
        Assert.Empty(Search().Exclude);
    }

    [Fact]
    public void For_one_watch_only_its_team_and_its_alerts_count()
    {
        var random = new Random(10);
        Fill(random, missed: 30, alerts: 100, i => i < 15 ? "kaputt" : "", _ => "");
        Watch[] watches = [s_acme, Some.Watch("shop", "shop") with { Team = "sales" }];

        Assert.Equal("acme", Search(watches, watches[0]).Add[0].Watch);
        Assert.Equal((0, 0), Search(watches, watches[1]) is var none ? (none.Missed, none.FalseAlarms) : default);
    }

    [Theory]
    [InlineData(10, 10, 0, 100, 67.0)]
    [InlineData(5, 10, 50, 100, 0)]
    [InlineData(1, 10, 50, 100, 0)]
    public void The_weight_is_that_of_the_likelihood_ratio(int some, int of, int inOthers, int others, double weight) =>
        Assert.Equal(weight, Math.Round(new WordContrast("x", some, of, inOthers, others).Strength, 1));

    /// <summary>Confirmed complaints that nobody heard, and alerts of which two of three were right, all in the same few words.</summary>
    private void Fill(Random random, int missed, int alerts, Func<int, string> inMissed, Func<int, string> inAlerts)
    {
        for (var i = 0; i < missed; i++)
        {
            Hear($"{inMissed(i)} {Chatter(random)}", said: true, watches: [], author: $"m{i}");
        }
        for (var i = 0; i < alerts; i++)
        {
            Hear($"acme {inAlerts(i)} {Chatter(random)}", said: i % 3 > 0, author: $"a{i % People}");
        }
    }

    private static string Chatter(Random random) => string.Join(' ', Enumerable.Range(0, 12).Select(_ => $"wort{(char)('a' + random.Next(26))}{(char)('a' + random.Next(12))}"));

    private void Hear(string text, bool? said, double complaint = 0.9, string[]? watches = null, string author = "mia")
    {
        var id = _mentions.Count + 1;
        _mentions.Add(new Mention
        {
            Id = id,
            Post = Some.Post(text, $"{id}") with { Author = new Author { Id = author, Handle = author } },
            Posted = ManualClock.Start,
            FirstSeen = ManualClock.Start,
            Assessment = Some.Assessment(complaint),
            Watches = watches ?? ["acme"],
            Teams = ["care"],
            Standing = Standing.Case,
        });
        if (said is { } right)
        {
            _said[id] = right;
        }
    }

    private void Sample(string text, double weight) => _sample.Add(new SampledPost(_sample.Count + 1, Some.Post(text, $"s{_sample.Count}"), ManualClock.Start, weight));

    private WordSuggestions Search(IReadOnlyList<Watch>? watches = null, Watch? only = null)
    {
        var search = new WordSearch(WatchSet.Build(watches ?? [s_acme], Ours.Nobody), new Scorer(), _said, ManualClock.Start, only);
        _mentions.ForEach(search.Draft);
        search.StartCounting();
        _mentions.ForEach(search.Count);
        _sample.ForEach(search.Count);
        return search.Found();
    }
}
