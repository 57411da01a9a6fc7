using System.Text;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Whether one post only says again what another says: a copy of a news text under another headline, cut off, or with a prefix; a repost by hand; a cross-post. Compared by runs of four
/// folded words. Two customers who use the same sentence are two customers: what sounds personal must be long, and nearly the same throughout.
/// </summary>
internal static class Copies
{
    private const int Run = 4;

    /// <summary>So many of a text's runs are kept as keys; copies share the smallest hashes.</summary>
    private const int MostKeys = 6;
    /// <summary>Of what says that it is a repost; of other texts more, because many complain in the same dozen words.</summary>
    private const int WordsAtLeast = 12;
    private const int UnmarkedAtLeast = 20;
    private const int PersonalAtLeast = 25;

    /// <summary>A letter of writing without spaces, in words.</summary>
    private const double LetterWeight = 0.5;

    /// <summary>Shorter numbers are counts and hours; an order's number makes a trouble somebody's own.</summary>
    private const int DigitsOfOwn = 2;

    /// <summary>Of the shorter text's runs, in both.</summary>
    private const double SharedAtLeast = 0.7;

    /// <summary>Of all runs, in both.</summary>
    private const double PersonalSharedAtLeast = 0.8;

    /// <summary>The shorter text has at least this share of the longer one's words: a quotation is no copy.</summary>
    private const double LengthAtLeast = 0.3;
    private const int LettersAtLeast = 40;
    private const int UnmarkedLettersAtLeast = 80;

    /// <summary>Above this a post that links something has words of its own.</summary>
    private const int MostOwnWords = 30;
    private const int MostLinks = 5;

    private static readonly string[] s_marks = ["RT @", "MT @", "RT: @"];
    private static readonly HashSet<string> s_personal = [.. "i my me mine we our us i'm i've i'd i'll ich mein meine meinen meiner meinem mir mich wir unser unsere uns je j' j'ai mon ma mes moi nous notre nos yo mi mis mio nosotros nuestro io mia miei noi eu meu minha meus nosso ik mijn ons onze".Split(' ').Concat(FoldedWords.Of(
        "llevo espero aspetto aspettiamo comprei espero я мне меня мной мой моя моё мои мы нам нас наш жду купил купила mnie moja moje mój moim czekam kupiłem kupiłam zamówiłem zamówiłam jag mig mitt oss jeg meg mitt mine vores benim bana beni bizim bekliyorum aldım"))];

    /// <summary>Parts of an address between an account and one of its posts.</summary>
    private static readonly HashSet<string> s_posts = [.. "status statuses post posts".Split(' ')];

    /// <summary>Parts of an address below which things are sold or customers are served: what two customers link there is what both bought.</summary>
    private static readonly HashSet<string> s_counters = [.. "product products produkt produkte producto productos produit produits prodotti dp gp shop store buy account order orders cart warranty returns".Split(' ')];

    /// <summary>The same where a site or its name begins with them: deeper down they are a newspaper's section or part of a post's address.</summary>
    private static readonly HashSet<string> s_desks = [.. "help hilfe ayuda aide support service".Split(' ')];

    /// <summary>Where to look for what this may be a copy of; none for what is too short to tell.</summary>
    public static IEnumerable<string> KeysOf(Post post)
    {
        var words = WordsOf(post);
        return LengthOf(words) < WordsAtLeast ? [] : RunsOf(words).Order().Take(MostKeys).Select(run => $"near {run:x16}");
    }

    public static bool Are(Post one, Post other)
    {
        var (words, others) = (WordsOf(one), WordsOf(other));
        var (less, more) = (Math.Min(LengthOf(words), LengthOf(others)), Math.Max(LengthOf(words), LengthOf(others)));
        var marked = IsRepost(one) || IsRepost(other);
        if (less < (marked ? WordsAtLeast : UnmarkedAtLeast) || less < LengthAtLeast * more || (!marked && HaveOwnNumbers(words, others)))
        {
            return false;
        }
        var (runs, theirs) = (RunsOf(words), RunsOf(others));
        var shared = (double)runs.Count(theirs.Contains);
        return marked || !(IsPersonal(words) && IsPersonal(others))
            ? shared >= SharedAtLeast * Math.Min(runs.Count, theirs.Count)
            : less >= PersonalAtLeast && shared >= PersonalSharedAtLeast * (runs.Count + theirs.Count - shared);
    }

    /// <summary>At least half of its words were not there before.</summary>
    public static bool IsRewritten(Post before, Post after)
    {
        var (known, words) = (WordsOf(before).ToHashSet(), WordsOf(after).Distinct().ToList());
        return words.Count(word => !known.Contains(word)) * 2 >= Math.Max(1, words.Count);
    }

    /// <summary>
    /// The very same words are enough: by the same name, as a repost by hand, or where they are too many for chance. What was written to us alone is passed on by nobody: who sends us the
    /// same template, or the same few words of a form, wants the same for themselves.
    /// </summary>
    public static bool MayShareText(Post one, Post other) =>
        one.Private && other.Private ? AuthorName.Of(one) is { } author && author == AuthorName.Of(other)
        : one.Private || other.Private ? HaveOneName(one.Author, other.Author)
        : IsRepost(one) || IsRepost(other) || HaveOneName(one.Author, other.Author) || LettersOf(one) >= (IsPassedOn(one) && IsPassedOn(other) ? LettersAtLeast : UnmarkedLettersAtLeast);

    /// <summary>It has a title, or links an article, and nobody says "I" in it.</summary>
    private static bool IsPassedOn(Post post) => (post.Title is { Length: > 0 } || LinksOf(post).Any()) && !IsPersonal(WordsOf(post));

    /// <summary>The source says so, or the text begins with "RT".</summary>
    public static bool IsRepost(Post post) => post.RepostOf is not null || s_marks.Any(mark => post.Text.AsSpan().TrimStart(" \"“♻🔁").StartsWith(mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>"mia.bsky.social" and "@mia@chat.example" are one name; whether they are one person nobody knows.</summary>
    public static bool HaveOneName(Author one, Author other) =>
        NameOf(one.Handle) is { } name ? name == NameOf(other.Handle) : one.Name is { Length: >= 5 } called && string.Equals(called, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Articles that it passes on with few words of its own, and posts that it quotes, but none of ours; none when it speaks for itself.</summary>
    public static IEnumerable<string> SharedBy(Post post, Ours ours)
    {
        var words = WordsOf(post);
        return words.Count > MostOwnWords || IsPersonal(words) ? [] : WithoutOurs(LinksOf(post), ours).Take(MostLinks).Select(Key);
    }

    /// <summary>The same, and where the post itself stands.</summary>
    public static IEnumerable<string> AddressesOf(Post post, Ours ours) => SharedBy(post, ours).Concat(WebAddress.Of(post.Url) is { } own && IsArticle(own) ? [Key(own)] : []).Distinct();

    private static string Key(string address) => "link " + address;

    private static IEnumerable<string> LinksOf(Post post) =>
        FoldedWords.LinksOf(post.Text).Concat(post.Links ?? []).Select(WebAddress.Of).OfType<string>().Where(IsArticle).Distinct();

    /// <summary>"news.example/2026/acme-recalls-kettles", not a site's front page, its help or what it sells.</summary>
    private static bool IsArticle(string address)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "" : address[(slash + 1)..];
        var parts = path.Split('/', '?')[..^1];
        return !IsCounter(address[..(slash < 0 ? address.Length : slash)]) && path.Length >= 12 && (path.Count(char.IsAsciiDigit) >= 4 || path.Count(c => c is '-' or '_') >= 2) && !parts.Any(s_counters.Contains) && !parts.SkipWhile(IsLocale).Take(1).Any(s_desks.Contains);
    }

    /// <summary>"support.acme.example", "shop.acme.example"; a site's own name says nothing.</summary>
    private static bool IsCounter(string host) => host.Split('.') is [var first, _, _, ..] && (s_desks.Contains(first) || s_counters.Contains(first));

    /// <summary>What customers quote of us is what all of them complain of, each for themselves. A service may name such a post once by its account and once without: "x.example/acme/status/1", "x.example/i/status/1".</summary>
    private static IEnumerable<string> WithoutOurs(IEnumerable<string> links, Ours ours)
    {
        var all = links.ToList();
        var own = all.Select(link => PostOfOurs(link, ours)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return all.Where(link => !PartsOf(link).Any(own.Contains));
    }

    /// <summary>The number of the post of ours that stands at an address, or null: "1" of "x.example/acme/status/1", "social.example/@acme/1", "sky.example/profile/acme.example/post/1".</summary>
    private static string? PostOfOurs(string address, Ours ours)
    {
        var parts = PartsOf(address);
        for (var at = 1; at + 1 < parts.Length; at++)
        {
            var post = s_posts.Contains(parts[at + 1]) ? at + 2 : parts[at].StartsWith('@') ? at + 1 : parts.Length;
            var name = parts[at].TrimStart('@');
            if (post < parts.Length && (ours.HasName(name) || ours.HasName($"{name}@{parts[0]}")))
            {
                return parts[post];
            }
        }
        return null;
    }

    private static string[] PartsOf(string address) => address.Split('/', '?');

    /// <summary>"de", "en-us"; "hilfe" has five letters too.</summary>
    private static bool IsLocale(string part) =>
        (part.Length == 2 || (part.Length == 5 && part[2] is '-' or '_')) && part.Where((_, at) => at != 2).All(char.IsAsciiLetter);

    private static string? NameOf(string? handle) =>
        handle?.TrimStart('@').Split('@', '.')[0].ToLowerInvariant() is { Length: >= 3 } name ? name : null;

    private static double LengthOf(List<string> words) => words.Sum(word => word[0] >= '\u2E80' ? LetterWeight : 1);

    /// <summary>Each has a number that the other has not.</summary>
    private static bool HaveOwnNumbers(List<string> words, List<string> others)
    {
        var (own, theirs) = (NumbersOf(words), NumbersOf(others));
        return own.Except(theirs).Any() && theirs.Except(own).Any();
    }

    private static HashSet<string> NumbersOf(List<string> words) =>
        [.. words.Where(word => char.IsAsciiDigit(word[0])).Select(word => string.Concat(word.Where(char.IsAsciiDigit))).Where(number => number.Length >= DigitsOfOwn)];

    private static int LettersOf(Post post) => WordsOf(post).Sum(word => word.Length);

    private static bool IsPersonal(List<string> words) => words.Exists(s_personal.Contains);

    /// <summary>Without "RT", "via" and the like; writing without spaces is taken letter by letter.</summary>
    private static List<string> WordsOf(Post post) =>
        [.. FoldedWords.Of(post.Title is { } title && !post.Text.StartsWith(title, StringComparison.Ordinal) ? $"{title}\n{post.Text}" : post.Text)
            .Where(word => word is not ("rt" or "mt" or "via"))
            .SelectMany(word => word[0] >= '\u2E80' ? word.EnumerateRunes().Select(rune => rune.ToString()) : [word])];

    private static HashSet<ulong> RunsOf(List<string> words)
    {
        var runs = new HashSet<ulong>();
        for (var i = 0; i + Run <= words.Count; i++)
        {
            runs.Add(ThreadHash.Of(Encoding.UTF8.GetBytes(string.Join(' ', words.GetRange(i, Run)))));
        }
        return runs;
    }
}
