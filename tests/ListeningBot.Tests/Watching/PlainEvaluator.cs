using System.Text.RegularExpressions;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Watching;

/// <summary>Says the same as <see cref="WatchSet"/> of one post, by strings and recursion, without any of its means but <see cref="Folding"/>.</summary>
internal sealed class PlainEvaluator
{
    private readonly Post _post;
    private readonly Assessment? _assessment;
    private readonly string _text;
    private readonly List<List<PlainWord>> _variants;

    public PlainEvaluator(Post post, Assessment? assessment)
    {
        (_post, _assessment) = (post, assessment);
        _text = post.Title is null ? post.Text : post.Title + "\n" + post.Text;
        _variants = PlainText.Variants(_text);
    }

    public bool Matches(Watch watch)
    {
        var named = watch.Channels.Contains(_post.Channel);
        if (watch.Channels.Count > 0 && !named)
        {
            return false;
        }
        var found = watch.Query is { } query ? IsTrue(query.Root) : (watch.Everything && named) || watch.Find.Any(Has);
        return found && !watch.Exclude.Any(Has);
    }

    public bool IsTrue(Query query) => query switch
    {
        Query.Anything => true,
        Query.Term term => Places(term, _variants).Count > 0,
        Query.All all => all.Parts.All(IsTrue),
        Query.Any any => any.Parts.Any(IsTrue),
        Query.Not not => !IsTrue(not.What),
        Query.Piece piece => IsTrue(piece.Means),
        Query.Near near => IsNear(SidePlaces(near.Left), SidePlaces(near.Right), near.Words),
        Query.Pattern pattern => Regex.IsMatch(PlainText.Valid(_text), pattern.Regex, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
        Query.Stars stars => _post.Stars is { } given && Holds(given.CompareTo(stars.Value), stars.How),
        Query.Followers followers => _post.Author.Followers is { } count && Holds(count.CompareTo(followers.Value), followers.How),
        Query.From from => from.Account == _post.Author.Handle || from.Account == _post.Author.Id,
        Query.To to => PlainText.Addressees(_post.Text).Exists(name => Folding.Fold(to.Account) is var account && (name == account || (!account.Contains('.') && !account.Contains('@') && (name.StartsWith(account + ".", StringComparison.Ordinal) || name.StartsWith(account + "@", StringComparison.Ordinal))))),
        Query.OnChannel on => on.Name == _post.Channel || on.Name == _post.Kind,
        Query.InLanguage language => language.Language == (_assessment?.Lang ?? _post.Lang),
        Query.LinksTo link => Links.Any(address => IsBelow(address, link.Address)),
        Query.HasLink => Links.Any(),
        Query.IsReply => _post.InReplyTo is not null,
        Query.IsRepost => _post.RepostOf is not null,
        Query.About about => _assessment?.Aspect == about.Aspect,
        Query.AtPriority priority => _assessment is { } said && Holds(said.Priority.CompareTo(priority.Value), priority.How),
        _ => throw new ArgumentException($"no such query: {query}", nameof(query)),
    };

    /// <summary>Whether these words, out of their text, are what the term asks for; they may have been the pieces of a hashtag, or have had an underscore before them.</summary>
    public static bool IsFoundIn(Query.Term term, string words) =>
        new[] { "", "#", "_" }.Any(before => Places(term, PlainText.Variants(before + words)).Count > 0);

    private IEnumerable<string> Links => (_text.Contains(PlainText.Link, StringComparison.Ordinal) ? [PlainText.Link] : Array.Empty<string>()).Concat(_post.Links ?? []);

    private bool Has(string entry) => QueryParser.ReadTerm(entry).Root is { } term && IsTrue(term);

    private HashSet<PlainPlace> SidePlaces(Query side) => side switch
    {
        Query.Term term => Places(term, _variants),
        Query.Any any => [.. any.Parts.SelectMany(SidePlaces)],
        Query.Piece piece => SidePlaces(piece.Means),
        _ => [],
    };

    private static bool IsNear(HashSet<PlainPlace> left, HashSet<PlainPlace> right, int words) =>
        left.Any(one => right.Any(other => Follows(one, other, words) || Follows(other, one, words)));

    private static bool Follows(PlainPlace one, PlainPlace other, int words) => one.End <= other.Start && other.FirstWord - one.LastWord - 1 <= words;

    private static HashSet<PlainPlace> Places(Query.Term term, List<List<PlainWord>> variants)
    {
        var wanted = PlainText.Ways(term);
        var places = new HashSet<PlainPlace>();
        foreach (var text in variants)
        {
            foreach (var words in wanted.Where(words => words.Count > 0))
            {
                for (var at = 0; at + words.Count <= text.Count; at++)
                {
                    if (Stands(text, at, words))
                    {
                        places.Add(new PlainPlace(text[at].Start, text[at + words.Count - 1].End, text[at].Number, text[at + words.Count - 1].Number));
                    }
                }
            }
        }
        return places;
    }

    private static bool Stands(List<PlainWord> text, int at, List<PlainWanted> wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            var (have, want) = (text[at + i], wanted[i]);
            if (want.Begins ? !have.Word.StartsWith(want.Word, StringComparison.Ordinal) : have.Word != want.Word)
            {
                return false;
            }
            if (want.Sign != ' ' && have.Sign != want.Sign)
            {
                return false;
            }
        }
        return wanted[^1].Begins || !text[at + wanted.Count - 1].BeforeNot;
    }

    private static bool Holds(int compared, Compare how) => how switch
    {
        Compare.Below => compared < 0,
        Compare.AtMost => compared <= 0,
        Compare.Exactly => compared == 0,
        Compare.AtLeast => compared >= 0,
        _ => compared > 0,
    };

    private static bool IsBelow(string address, string wanted)
    {
        var link = address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..].Split('?')[0];
        var (host, path) = (link.Split('/')[0], link[link.IndexOf('/', StringComparison.Ordinal)..]);
        var (wantedHost, wantedPath) = (wanted.Split('/')[0], wanted[wanted.Split('/')[0].Length..]);
        return (host == wantedHost || host.EndsWith("." + wantedHost, StringComparison.Ordinal)) && path.StartsWith(wantedPath, StringComparison.Ordinal);
    }
}
