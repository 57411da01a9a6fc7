using ListeningBot.Channels.Searches;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Channels.X;

/// <summary>
/// The operators of X's search and of its stream's rules (docs.x.com: x-api/posts/search/integrate/operators and build-a-query). X takes no wildcards, no NEAR, no
/// group behind a minus, and nothing that rules out without a word beside it.
/// </summary>
internal sealed class XDialect(bool reposts, bool stream) : SearchDialect
{
    /// <summary>X knows these languages by other names, or more than one.</summary>
    private static readonly Dictionary<string, string[]> Renamed = new(StringComparer.OrdinalIgnoreCase) { ["he"] = ["iw"], ["id"] = ["in"], ["zh"] = ["zh-CN", "zh-TW"], ["nb"] = ["no"], ["nn"] = ["no"] };

    private static readonly HashSet<string> Languages = new(
        "am ar hy eu bn bg ca hr cs da nl en et fi fr de ka el gu iw hi hu in it ja kn ko lv lt ml mr no fa pl pt ro ru sr zh-CN zh-TW sk sl es sv ta te th tr uk ur vi".Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>X parts words at apostrophes: to rule out "can" would rule out "can't", which the matcher reads as one word.</summary>
    private static readonly HashSet<string> BeforeNot = new(
        "ain aren can couldn daren didn doesn don hadn hasn haven isn mightn mustn needn shan shouldn wasn weren won wouldn".Split(' '), StringComparer.OrdinalIgnoreCase);

    public override string Kind => "x";

    /// <summary>
    /// A keyword finds neither a tag nor a name, so these are asked for beside it: of the word, of all words in one, and of each word of a phrase with another
    /// one beside it. X gives no part of a tag: "down" misses "#AcmeDown".
    /// </summary>
    public override Ask Phrase(string text)
    {
        text = text.Trim();
        var plain = SearchText.Plain(text);
        if (plain.Length == 0)
        {
            return SearchText.Unsayable(text);
        }
        var bare = plain.TrimStart('#', '@', '＃', '＠').Trim();
        var words = WordsIn(bare);
        return text[0] switch
        {
            '#' or '＃' => IsTag(bare) ? new Ask.One("#" + bare) : SignedFirst(plain, words, Tag),
            '@' or '＠' => IsHandle(bare) ? new Ask.One("@" + bare) : SignedFirst(plain, words, Name),
            _ when words.Length < 2 => Ask.AnyOf([new Ask.One(Quoted(plain)), .. Signed(bare)]),
            _ => Ask.AnyOf([new Ask.One(Quoted(plain)), new Ask.One(Quoted(string.Join(' ', words))), .. Tag(string.Concat(words)), .. Tag(string.Join('_', words)), .. words.Select((_, i) => SignedIn(words, i))]),
        };
    }

    /// <summary>The phrase alone: what X takes for a hashtag or a name may be more than the word that rules a post out. Between quotes a sign is of no account to X.</summary>
    public override Ask Without(string text) =>
        Phrase(text) is var ask && (ask as Ask.One ?? (ask as Ask.Any)?.Parts[0]) is Ask.One { Text: not ['"', '#' or '@' or '＃' or '＠', ..] } one && !BeforeNot.Contains(one.Text.Trim('"').Split(' ')[^1])
            ? new Ask.One("-" + one.Text, AskSort.Without)
            : Ask.Anything;

    public override Ask Field(Query field) => field switch
    {
        Query.From from => From(from.Account),

        // "to:" is of answers alone, while a text may begin with a name without answering anybody.
        Query.To to => IsHandle(to.Account) ? new Ask.One("@" + to.Account) : Ask.Anything,
        Query.LinksTo link => HostOf(link.Address) is { } host ? new Ask.One($"url:\"{host}\"") : Ask.Anything,
        Query.HasLink => new Ask.One("has:links", AskSort.Filter),
        Query.InLanguage language => InLanguage(language.Language),
        Query.IsReply => new Ask.One("is:reply", AskSort.Filter),
        Query.IsRepost => reposts ? new Ask.One("is:retweet", AskSort.Filter) : Ask.Nothing,
        Query.Stars => Ask.Nothing,
        _ => Ask.Anything,
    };

    /// <summary>A link or a language that X sees and we don't would be lost. The stream counts a repost of an answer as an answer.</summary>
    public override Ask WithoutField(Query field) => field switch
    {
        Query.From from when From(from.Account) is Ask.One one => new Ask.One("-" + one.Text, AskSort.Without),
        Query.IsReply when !stream => new Ask.One("-is:reply", AskSort.Without),
        _ => Ask.Anything,
    };

    public static bool IsHandle(string name) => name.Length is >= 1 and <= 15 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>X knows no hashtag of digits alone, nor with a sign in it.</summary>
    private static bool IsTag(string name) => name.Length is >= 1 and <= 100 && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !name.All(char.IsDigit);

    /// <summary>"nimbus-book" is two, as the matcher reads it.</summary>
    private static string[] WordsIn(string plain) =>
        string.Concat(plain.Select(c => char.IsAscii(c) && !char.IsLetterOrDigit(c) && c is not ('_' or '\'') ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Quoted(string plain) => $"\"{plain}\"";

    private static Ask.One[] Tag(string name) => IsTag(name) ? [new Ask.One("#" + name)] : [];

    private static Ask.One[] Name(string name) => IsHandle(name) ? [new Ask.One("@" + name)] : [];

    private static Ask.One[] Signed(string word) => [.. Tag(word), .. Name(word)];

    /// <summary>"#acme support": a phrase alone would not find the tag in it.</summary>
    private static Ask SignedFirst(string plain, string[] words, Func<string, Ask.One[]> sign) => Ask.AnyOf(
        [new Ask.One(Quoted(plain)), .. sign(words.Length < 2 ? "" : words[0]).Select(first => Ask.AllOf(first, InAnyForm(words.Skip(1))))]);

    /// <summary>"@acme support" for "acme support": the sign on one word, and the longest other word in any form.</summary>
    private static Ask SignedIn(string[] words, int i) => Ask.AllOf(Ask.AnyOf(Signed(words[i])), InAnyForm(words.Where((_, at) => at != i)));

    /// <summary>The longest of them, with or without a sign.</summary>
    private static Ask InAnyForm(IEnumerable<string> words)
    {
        var longest = words.OrderByDescending(word => word.Length).First();
        return Ask.AnyOf([new Ask.One(Quoted(longest)), .. Signed(longest)]);
    }

    /// <summary>An account of digits alone may be a name or a number to X, and so may be somebody else.</summary>
    private Ask From(string account) => SearchText.NameOn(Kind, account) is not { } name ? Ask.Nothing
        : IsHandle(name) && !name.All(char.IsAsciiDigit) ? new Ask.One("from:" + name)
        : Ask.Anything;

    private static Ask InLanguage(string language) =>
        Ask.AnyOf(Renamed.GetValueOrDefault(language, [language]).Select(name => Languages.Contains(name) ? new Ask.One("lang:" + name, AskSort.Filter) : Ask.Anything));

    /// <summary>The host alone: X compares whole words of an address, and ours may end within one.</summary>
    private static string? HostOf(string address)
    {
        var from = address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var host = address[from..].Split('/', '?')[0].ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        return host.Length is > 0 and <= SearchText.Longest && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && host.Any(char.IsAsciiLetterOrDigit) ? host : null;
    }
}
