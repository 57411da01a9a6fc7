using System.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Channels.Searches;

/// <summary>Random queries and posts of a few words, so that they often meet.</summary>
internal sealed class RandomQueries(int seed)
{
    private static readonly string[] Vocabulary = ["acme", "support", "refund", "refunds", "late", "down", "the", "I", "can't", "can", "box", "größe", "2026"];
    private readonly Random _random = new(seed);

    public Query AnyQuery(int depth = 3) => (depth == 0 ? 0 : _random.Next(8)) switch
    {
        1 or 2 => new Query.All(Parts(depth)),
        3 or 4 => new Query.Any(Parts(depth)),
        5 => new Query.Not(AnyQuery(depth - 1)),
        6 => new Query.Near(Term(), new Query.Any([Term(), Term()]), 3),
        7 => _random.Next(3) == 0 ? new Query.Piece("brand", AnyQuery(depth - 1)) : Field(),
        _ => Term(),
    };

    public SearchedText AnyText()
    {
        var text = new StringBuilder();
        for (var i = _random.Next(1, 7); i > 0; i--)
        {
            var word = Of(Vocabulary);
            text.Append(word == "can't" ? "" : Of("", "", "", "#", "@")).Append(word).Append(Of(" ", ", ", ". ", " - "));
        }
        return new(text.ToString()) { Author = Of("mia", "acme"), Lang = Of("en", "de"), Link = Of(null, "https://shop.acme.example/x", "https://other.example/"), IsReply = _random.Next(2) == 0 };
    }

    private Query Field() => _random.Next(10) switch
    {
        0 => new Query.From("@acme"),
        1 => new Query.To("acme"),
        2 => new Query.InLanguage("de"),
        3 => new Query.LinksTo("acme.example/support"),
        4 => new Query.HasLink(),
        5 => new Query.IsReply(),
        6 => new Query.OnChannel(Of("here", "elsewhere")),
        8 => new Query.Pattern("ref.nd"),
        7 => new Query.Followers(Compare.Above, 100),
        _ => new Query.Stars(Compare.AtMost, 2),
    };

    private Query.Term Term()
    {
        if (_random.Next(12) == 0)
        {
            return _random.Next(2) == 0
                ? new Query.Term([new TermWord("refu", WordForm.Begins)], "refu*")
                : new Query.Term([new TermWord("late"), new TermWord("refund", WordForm.Inflected)], "late ~refund");
        }
        var words = Enumerable.Range(0, _random.Next(4) == 0 ? _random.Next(2, 4) : 1).Select(_ => new TermWord(Of(Vocabulary))).ToArray();
        if (words.Length == 1 && _random.Next(5) == 0)
        {
            words = [new TermWord(Of("#", "@") + words[0].Text)];
        }
        return new Query.Term(words, string.Join(' ', words.Select(word => word.Text)));
    }

    private List<Query> Parts(int depth) => [.. Enumerable.Range(0, _random.Next(12) == 0 ? 60 : _random.Next(2, 5)).Select(_ => AnyQuery(depth - 1))];

    private T Of<T>(params T[] any) => any[_random.Next(any.Length)];
}
