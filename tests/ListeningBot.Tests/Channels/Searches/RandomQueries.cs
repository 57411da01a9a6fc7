using System.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Channels.Searches;

/// <summary>Random queries and posts of a few words, so that they often meet.</summary>
internal sealed class RandomQueries(int seed)
{
    private static readonly string[] Vocabulary = ["acme", "support", "refund", "refunds", "late", "down", "the", "I", "can't", "can", "box", "größe", "2026"];
    private readonly Random _random = new(seed);

    public static bool IsTrue(Query query, SearchedText text, string channel) => query switch
    {
        Query.Anything => true,
        Query.Term term => Finds(term, text),
        Query.All all => all.Parts.All(part => IsTrue(part, text, channel)),
        Query.Any any => any.Parts.Any(part => IsTrue(part, text, channel)),
        Query.Not not => !IsTrue(not.What, text, channel),
        Query.Near near => IsTrue(near.Left, text, channel) && IsTrue(near.Right, text, channel),
        Query.Piece piece => IsTrue(piece.Means, text, channel),
        Query.OnChannel on => on.Name == channel,
        Query.From from => text.Author == from.Account.TrimStart('@'),
        Query.To to => text.Text.StartsWith($"@{to.Account} ", StringComparison.Ordinal),
        Query.InLanguage language => text.Lang == language.Language,
        Query.LinksTo link => text.Link is { } address && new Uri(address).Host.EndsWith(link.Address.Split('/')[0], StringComparison.Ordinal),
        Query.HasLink => text.Link is not null,
        Query.IsReply => text.IsReply,
        Query.Followers => text.Text.Length % 2 == 0,
        _ => false,
    };

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

    private static bool Finds(Query.Term term, SearchedText text)
    {
        if (term.Words is [{ Form: WordForm.Begins } begins])
        {
            return text.Words.Any(word => word.StartsWith(begins.Text, StringComparison.OrdinalIgnoreCase));
        }
        var watch = new Watch { Name = "a", Team = "b", Find = [string.Join(' ', term.Words.Select(word => word.Text))] };
        return WatchSet.Build([watch], Ours.Nobody).Matches(Encoding.UTF8.GetBytes(text.Text), "c");
    }

    private Query Field() => _random.Next(9) switch
    {
        0 => new Query.From("@acme"),
        1 => new Query.To("acme"),
        2 => new Query.InLanguage("de"),
        3 => new Query.LinksTo("acme.example/support"),
        4 => new Query.HasLink(),
        5 => new Query.IsReply(),
        6 => new Query.OnChannel(Of("here", "elsewhere")),
        7 => new Query.Followers(Compare.Above, 100),
        _ => new Query.Stars(Compare.AtMost, 2),
    };

    private Query.Term Term()
    {
        if (_random.Next(12) == 0)
        {
            return new Query.Term([new TermWord("refu", WordForm.Begins)], "refu*");
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
