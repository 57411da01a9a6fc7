using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

/// <summary>Random watches and posts, made of so little that they often meet.</summary>
internal sealed class RandomQuery(Random random)
{
    private static readonly string[] s_parts =
    [
        "a", "B", "ab", "é", "e\u0301", "7", "_", " ", " ", " ", ", ", "'", "’", "t", "#", "@", "＃", "-", "\n", "b\u200B", "返", "金", "ハ", "ﾞ", "😡", "👩\u200D💻", "я", "с", "Ａ", "σ", "ς", "\ud800",
        "abcdefghijklmnopq", "refund", "Refunded", $" {PlainText.Link} ",
    ];

    private static readonly string[] s_words = ["a", "ab", "aB", "é", "返", "返金", "ハ", "😡", "я", "ас", "σ", "#ab", "@ab", "#aB", "refund", "can't", "7a", "_a", "-", "abcdefgh", "#返", "b"];
    private static readonly string[] s_patterns = ["ab", "^a", "[é#]", "b$", "a.?b", "\\s7", "返", "(ab|\\bt)"];
    private static readonly string[] s_accounts = ["ab", "a.b", "返金", "a_", "Aé", "b-a", "t"];
    private static readonly string[] s_addresses = ["ab.example", "example", "ab.example/x", "ab.example/y", "b.example", "m.ab.example"];

    public Watch Watch(string name)
    {
        var byQuery = random.Next(3) > 0;
        var query = byQuery ? Any(3) : null;
        return new Watch
        {
            Name = name,
            Team = "care",
            Find = byQuery ? [] : [.. Times(4, () => random.Next(2) == 0 ? Text(4) : Written())],
            Query = query is null ? null : new WatchQuery(QueryText.Of(query), query),
            Exclude = [.. Times(2, () => random.Next(2) == 0 ? Text(3) : Written())],
            Everything = !byQuery && random.Next(8) == 0,
            Channels = random.Next(4) == 0 ? ["mail"] : [],
        };
    }

    public Post Post() => Some.Post(Text(14), channel: random.Next(3) == 0 ? "mail" : "posts") with
    {
        Kind = random.Next(2) == 0 ? "replay" : "other",
        Title = random.Next(5) == 0 ? Text(3) : null,
        Author = new Author { Id = Maybe("x"), Handle = Maybe("ab"), Followers = random.Next(3) switch { 0 => null, 1 => 10, _ => 5000 } },
        Lang = Maybe("de"),
        Stars = random.Next(3) switch { 0 => null, 1 => 2, _ => 5 },
        Links = random.Next(3) == 0 ? ["https://www.m.ab.example/y?utm_source=1"] : null,
        InReplyTo = random.Next(2) == 0 ? new PostKey("x", "1") : null,
        RepostOf = random.Next(3) == 0 ? new PostKey("x", "1") : null,
    } is var post && post.Channel == "mail" ? post with { Kind = "imap" } : post;

    public Assessment? Assessment() => random.Next(5) == 0 ? null : Some.Assessment(priority: (Priority)random.Next(4)) with
    {
        Lang = random.Next(3) switch { 0 => "und", 1 => "de", _ => "en" },
        Aspect = random.Next(2) == 0 ? "billing" : "other",
    };

    private Query Any(int depth) => (depth == 0 ? 9 : random.Next(12)) switch
    {
        0 or 1 or 2 => new Query.All([.. Times(4, () => Any(depth - 1))]),
        3 or 4 or 5 => new Query.Any([.. Times(4, () => Any(depth - 1))]),
        6 => new Query.Not(Any(depth - 1)),
        7 => new Query.Near(Side(), Side(), random.Next(4)),
        8 => new Query.Piece("piece", Any(depth - 1)),
        _ => random.Next(3) == 0 ? Fact() : Term(),
    };

    private Query Side() => random.Next(4) switch
    {
        0 => new Query.Any([Term(), Term()]),
        1 => new Query.Piece("side", Term()),
        _ => Term(),
    };

    private Query.Term Term()
    {
        var words = Times(3, Word).Append(Word()).ToList();
        return new Query.Term(words, string.Join(' ', words.Select(word => word.Form switch { WordForm.Begins => word.Text + "*", WordForm.Inflected => "~" + word.Text, _ => word.Text })));
    }

    private TermWord Word()
    {
        var text = random.Next(5) == 0 ? string.Concat(Times(2, () => Pick(s_words)).Append(Pick(s_words))) : Pick(s_words);
        return new TermWord(text, random.Next(4) switch { 0 => WordForm.Begins, 1 when char.IsLetter(text[0]) => WordForm.Inflected, _ => WordForm.Exact });
    }

    private string Written() => Term().Text;

    private Query Fact() => random.Next(14) switch
    {
        0 => new Query.Stars((Compare)random.Next(5), random.Next(2, 6)),
        1 => new Query.Followers((Compare)random.Next(5), random.Next(2) == 0 ? 10 : 1000),
        2 => new Query.From(random.Next(2) == 0 ? "ab" : "x"),
        3 or 4 => new Query.To(Pick(s_accounts)),
        5 => new Query.OnChannel(Pick(["posts", "mail", "imap", "replay"])),
        6 => new Query.InLanguage(random.Next(2) == 0 ? "de" : "en"),
        7 => new Query.LinksTo(Pick(s_addresses)),
        8 => new Query.HasLink(),
        9 => new Query.IsReply(),
        10 => new Query.IsRepost(),
        11 => new Query.About("billing"),
        12 => new Query.AtPriority((Compare)random.Next(5), (Priority)random.Next(4)),
        _ => random.Next(4) == 0 ? new Query.Anything() : new Query.Pattern(Pick(s_patterns)),
    };

    private string Text(int parts) => string.Concat(Times(parts + 1, () => Pick(s_parts)));

    private string? Maybe(string text) => random.Next(2) == 0 ? text : null;

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private List<T> Times<T>(int below, Func<T> make) => [.. Enumerable.Range(0, random.Next(below)).Select(_ => make())];
}
