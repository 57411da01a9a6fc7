using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Configuration;

namespace ListeningBot.Tests.Watching.Queries;

/// <summary>What the managers' guide says of queries is so.</summary>
public sealed class QueriesGuideTests
{
    private static readonly string s_section = Section();
    private static readonly QueryPieces s_pieces = QueryPieces.Read([("brand", "nimbus OR nimbusbook"), ("noise", "giveaway OR \"win a\"")]);

    public static TheoryData<string, string, string> Examples => [.. Rows(4).Select(row => (Bare(row[1]), row[2], row[3]))];

    public static TheoryData<string, string> Mistakes => [.. Rows(2).Select(row => (Bare(row[0]), row[1]))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_finds_the_one_post_and_not_the_other(string query, string found, string notFound)
    {
        var reading = QueryParser.Read(query, s_pieces);
        Assert.Empty(reading.Problems);
        Assert.Empty(reading.Warnings);
        var watches = WatchSet.Build([new Watch { Name = "a", Team = "care", Query = new WatchQuery(query, reading.Root!) }], Ours.Nobody);

        Assert.True(Matches(watches, found), $"{query} finds {found}");
        Assert.False(Matches(watches, notFound), $"{query} does not find {notFound}");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_says_what_the_guide_says(string query, string said)
    {
        var reading = QueryParser.Read(query, s_pieces);
        var notes = reading.Problems.Concat(reading.Warnings).Concat(reading.Wide is { } wide ? [wide] : []);

        Assert.Equal(said, string.Join(' ', notes.Select(note => $"{note.What}. {note.Cure}")));
    }

    [Theory]
    [InlineData("c++", "C is hard", "cpp")]
    [InlineData("AT&T", "at t", "att")]
    [InlineData("nimbus-book", "nimbus book", "nimbusbook")]
    [InlineData("3.5", "3 5", "35")]
    [InlineData("can't", "I can't", "I can")]
    [InlineData("-stars:5", "no stars at all", null)]
    [InlineData("\"5\\\" screen\"", "5 screen", "5 and a screen")]
    public void Each_rule_of_the_guide_is_so(string query, string found, string? notFound)
    {
        var watches = WatchSet.Build([new Watch { Name = "a", Team = "care", Query = new WatchQuery(query, QueryParser.Read(query).Root!) }], Ours.Nobody);

        Assert.True(Matches(watches, $"`{found}`"));
        Assert.True(notFound is null || !Matches(watches, $"`{notFound}`"));
    }

    [Fact]
    public void The_guides_file_is_read_without_a_warning()
    {
        var yaml = Regex.Match(s_section, "```yaml\n(?<file>.+?)```", RegexOptions.Singleline).Groups["file"].Value;
        using var folder = ConfigurationFolder.With("{ \"Channels\": { \"reviews\": { \"Kind\": \"rss\", \"Url\": \"https://reviews.example/feed\" } } }", yaml);
        var reading = new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds).Read();

        Assert.Empty(reading.Problems);
        Assert.Empty(reading.Warnings);
        Assert.All(reading.Settings!.Watches, watch => Assert.NotNull(watch.Query));
    }

    [Fact]
    public void Every_kind_of_query_has_its_example()
    {
        var written = string.Join('\n', Rows(4).Select(row => Bare(row[1])));

        Assert.All(["stars:", "followers:", "from:", "to:", "channel:", "lang:", "url:", "has:", "is:reply", "is:repost", "about:", "priority:", "NEAR/", "AND", "OR", "NOT", "-", "*", "~", "#", "@", "$", "/"], sign => Assert.Contains(sign, written));
        Assert.All(Aspects.Names, aspect => Assert.Contains(aspect, s_section));
    }

    private static bool Matches(WatchSet watches, string cell)
    {
        var text = Regex.Match(cell, "`(?<text>[^`]+)`");
        var post = new Post { Key = new PostKey("test", "1"), Channel = "forum", Kind = "replay", Text = text.Groups["text"].Value };
        var (whole, assessment) = Told(post, cell[(text.Index + text.Length)..].Trim());
        return watches.Find(whole, assessment).Count > 0;
    }

    /// <summary>What stands behind an example post: "with 2 stars", "by @mia".</summary>
    private static (Post Post, Assessment? Assessment) Told(Post post, string fact) => fact.Split(' ') switch
    {
        [""] => (post, null),
        ["with", var stars, "stars"] => (post with { Stars = double.Parse(stars, CultureInfo.InvariantCulture) }, null),
        ["with", var followers, "followers"] => (post with { Author = new Author { Followers = long.Parse(followers, CultureInfo.InvariantCulture) } }, null),
        ["by", var account] => (post with { Author = new Author { Handle = account } }, null),
        ["on", var channel] => (post with { Channel = channel }, null),
        ["in", var language] => (post with { Lang = language }, null),
        ["as", "a", "reply"] => (post with { InReplyTo = new PostKey("test", "0") }, null),
        ["as", "a", "repost"] => (post with { RepostOf = new PostKey("test", "0") }, null),
        ["about", var aspect] => (post, Assessed(aspect, Priority.Normal)),
        ["of", var priority, "priority"] => (post, Assessed("other", Enum.Parse<Priority>(priority, ignoreCase: true))),
        _ => throw new FormatException(fact),
    };

    private static Assessment Assessed(string aspect, Priority priority) => new()
    {
        Complaint = 0.9,
        IsComplaint = true,
        Sentiment = -0.5,
        SentimentLabel = "negative",
        Urgency = 0.5,
        Priority = priority,
        Aspect = aspect,
        Lang = "en",
        Reasons = [],
    };

    private static string Section()
    {
        var guide = Shipped.Text("config/README.md");
        var start = guide.IndexOf("\n## Queries\n", StringComparison.Ordinal);
        return guide[start..guide.IndexOf("\n## ", start + 5, StringComparison.Ordinal)];
    }

    /// <summary>The cells of the rows with so many of them, without the headings.</summary>
    private static IEnumerable<string[]> Rows(int cells) => s_section.Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line[2..^2].Split(" | "))
        .Where(row => row.Length == cells && row.Any(cell => cell.Contains('`', StringComparison.Ordinal)) && row[0] != "query");

    private static string Bare(string cell) => cell.Trim('`');
}
