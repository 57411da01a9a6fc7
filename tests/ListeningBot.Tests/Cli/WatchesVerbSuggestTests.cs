using ListeningBot.Cli;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

public sealed class WatchesVerbSuggestTests
{
    private static readonly Watch s_brand = Some.Watch("brand", "acme");
    private readonly Dictionary<long, bool> _said = [];
    private readonly List<Mention> _mentions = [];

    [Fact]
    public void It_says_what_each_word_would_bring_and_cost_as_the_guide_shows()
    {
        for (var i = 0; i < 40; i++)
        {
            Hear($"acme is late{(i < 2 ? ", says the horoscope" : "")}", right: true, i);
            Hear($"acme in the sun{(i < 30 ? ", crossword of today" : i < 38 ? ", horoscope" : "")}", right: false, i);
        }
        for (var i = 0; i < 12; i++)
        {
            Hear(i < 9 ? "my gift card is empty" : "they took my money", right: true, i, watches: [], complaint: 0.8);
            Hear(i < 9 ? "warranty" : "thank you", right: i < 9, i, watches: [], complaint: 0.2);
        }

        var text = Written();

        Assert.Contains("  warranty: they lie below the line of brand (0.35), so try a watch of its own under watches: - { name: warranty, team: care, shadow: true, find: [warranty], alert: 0.2 }", text, StringComparison.Ordinal);
        Assert.Contains("  gift card: listeningbot watches add brand \"gift card\"", text, StringComparison.Ordinal);
        Assert.Contains($"```\n{text.TrimEnd()}\n```", Shipped.Text("config/README.md").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void As_json_each_suggestion_is_a_line()
    {
        for (var i = 0; i < 30; i++)
        {
            Hear("acme is late", right: true, i);
            Hear("acme crossword", right: false, i);
        }

        Assert.Equal(
            """{"suggest":"exclude","word":"crossword","watch":"brand","in":30,"of":30,"inOthers":0,"others":30,"weight":83.18,"spared":30,"lost":0,"safe":true,"advice":"listeningbot watches exclude brand crossword"}""",
            Written(json: true).TrimEnd());
    }

    private string Written(bool json = false)
    {
        var search = new WordSearch(WatchSet.Build([s_brand], Ours.Nobody), new Scorer(), _said, ManualClock.Start, only: null);
        _mentions.ForEach(search.Draft);
        search.StartCounting();
        _mentions.ForEach(search.Count);
        var output = new StringWriter { NewLine = "\n" };
        WatchesVerbSuggest.Write(search.Found(), [s_brand], json, output, new VerbPaper(output, null));
        return output.ToString();
    }

    private void Hear(string text, bool right, int person, string[]? watches = null, double complaint = 0.9)
    {
        var id = _mentions.Count + 1;
        _said[id] = right;
        _mentions.Add(new Mention
        {
            Id = id,
            Post = Some.Post(text, $"{id}") with { Author = new Author { Id = $"person{person}" } },
            Posted = ManualClock.Start,
            FirstSeen = ManualClock.Start,
            Assessment = Some.Assessment(complaint),
            Watches = watches ?? ["brand"],
            Teams = ["care"],
            Standing = Standing.Case,
        });
    }
}
