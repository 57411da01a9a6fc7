using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ListeningBot.Configuration;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>What is listened to on X.</summary>
public enum XListen
{
    /// <summary>Posts that name the account: the cheapest.</summary>
    Mentions,

    /// <summary>Those, and every so often a search for the words of the watches.</summary>
    Search,

    /// <summary>The words of the watches and the account's name, within seconds, by X's filtered stream.</summary>
    Stream,
}

/// <summary>Posts on X, by its API, which charges for each post that is read.</summary>
public sealed record XOptions
{
    /// <summary>The app's bearer token, from console.x.com.</summary>
    [Secret]
    [Description("The app's bearer token. Better in the environment or a credentials folder than here.")]
    public string Token { get; init; } = "";

    /// <summary>What a day (UTC) may cost, in dollars; searching never exceeds it, a burst of the stream can by a few posts. Required: 2.00 reads 400 posts.</summary>
    [Description("What a day (UTC) may cost, in dollars; searching never exceeds it, a burst of the stream can by a few posts. 2.00 reads 400 posts.")]
    [Range(0.2, 100000.0)]
    [Required]
    public decimal Budget { get; init; }

    /// <summary>Your account: "@acme", whose number is asked for once ($0.010), or the number itself. Needed for mentions.</summary>
    [Description("Your account, for mentions: @acme, or its number.")]
    public string? Account { get; init; }

    /// <summary>Default: mentions where an <see cref="Account"/> is given, else search.</summary>
    [Description("Mentions: posts that name the account. Search: those, and the words of the watches every so often. Stream: both within seconds. Default: Mentions with an Account, else Search.")]
    public XListen? Listen { get; init; }

    /// <summary>Pause between two looks at mentions and searches. Default 5 minutes; 15 seconds to one day.</summary>
    [Description("Pause between two looks at mentions and searches.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether who wrote it is asked for with each post, which X charges for. Default false: only of those whose card is shown.</summary>
    [Description("Ask with each post for who wrote it, which is charged. Default: only of those whose card is shown.")]
    public bool Authors { get; init; }

    /// <summary>Whether reposts are read too; they say nothing new, and cost. Default false.</summary>
    [Description("Read reposts too; they say nothing new, and cost.")]
    public bool Reposts { get; init; }

    /// <summary>For a stream, whose rules belong to the app: whether those that another program made are deleted; each costs what it finds. Default false: then the channel does not listen beside them.</summary>
    [Description("For a stream: delete the rules that another program made in the same app. Else the channel does not listen beside them.")]
    public bool DeleteOtherRules { get; init; }

    /// <summary>What X charges for a post, in dollars. Default 0.005.</summary>
    [Description("What X charges for a post, in dollars.")]
    public decimal PostPrice { get; init; } = 0.005m;

    /// <summary>
    /// What X charges for a post that names the account. Default as for any post, because X's lower price (0.001) holds only for accounts that own the app: set it when your console shows it.
    /// </summary>
    [Description("What X charges for a post that names the account, in dollars. Default: PostPrice; 0.001 where your account owns the app.")]
    public decimal? MentionPrice { get; init; }

    /// <summary>What X charges for telling who somebody is. Default 0.010.</summary>
    [Description("What X charges for telling who somebody is, in dollars.")]
    public decimal AuthorPrice { get; init; } = 0.010m;

    /// <summary>Default X's own: "https://api.x.com".</summary>
    [Description("Default: X's own.")]
    public string Api { get; init; } = "https://api.x.com";

    /// <summary>For one answer. Shorter in tests; below <see cref="Core.Pipeline.SpendPace.BeforeMidnight"/>.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The stream says something every 20 seconds: after this it counts as dead. Shorter in tests.</summary>
    internal TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(25);

    internal XListen Listens => Listen ?? (Handle is null && AccountId is null ? XListen.Search : XListen.Mentions);
    internal string? AccountId => Account?.Trim() is { Length: > 0 and <= 19 } id && id.All(char.IsAsciiDigit) ? id : null;
    internal string? Handle => AccountId is null && Account?.Trim().TrimStart('@') is { } name && XDialect.IsHandle(name) ? name : null;
    internal long DayBudget => Millionths(Budget);
    internal XPrices Prices => new(Millionths(PostPrice), Millionths(MentionPrice ?? PostPrice), Millionths(AuthorPrice));

    /// <summary>What the smallest question may cost, in dollars, and a little more, since the last minute of the day is not used.</summary>
    private decimal Smallest => 1.01m * Listens switch
    {
        XListen.Mentions => XApi.FewestMentions * ((MentionPrice ?? PostPrice) + (Authors ? AuthorPrice : 0)),
        XListen.Search => XApi.FewestFound * (PostPrice + (Authors ? AuthorPrice : 0)),
        _ => XMeter.Fewest * (PostPrice + (Authors ? AuthorPrice : 0)),
    };

    internal WebLimits Limits => new(Patience, 8 * 1024 * 1024);

    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => $"X, {Listens} of {Account ?? "no account"}";

    internal static IEnumerable<OptionProblem> Validate(XOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Token) || options.Token.Any(c => char.IsWhiteSpace(c) || !char.IsAscii(c)))
        {
            yield return new OptionProblem(nameof(Token), "is missing or is no token", "Give the app's bearer token from console.x.com, alone, without \"Bearer\" before it.");
        }
        if (options.Budget < 0.2m || options.Budget > 100_000)
        {
            yield return new OptionProblem(nameof(Budget), options.Budget == 0 ? "is missing or 0" : $"is {options.Budget}, which is not between 0.20 and 100,000", "Give what a day may cost, in dollars: 2.00 reads 400 posts.");
        }
        else if (options.Budget < options.Smallest)
        {
            yield return new OptionProblem(nameof(Budget), FormattableString.Invariant($"is {options.Budget}, too little for a single question to X, which may cost {options.Smallest:0.00####}: nothing would ever be heard"), "Give more, or ask for less: Authors false, mentions instead of search or stream.");
        }
        if (options.Account is not null && options.AccountId is null && options.Handle is null)
        {
            yield return new OptionProblem(nameof(Account), $"is no account of X: \"{options.Account}\"", "Give a name such as \"@acme\", or the account's number.");
        }
        if (options.Account is null && options.Listen == XListen.Mentions)
        {
            yield return new OptionProblem(nameof(Account), "is missing, but mentions are of an account", "Give your account: \"@acme\".");
        }
        if (options.Listen == XListen.Stream && options.AccountId is not null)
        {
            yield return new OptionProblem(nameof(Account), "is a number, but a stream is asked for names", "Give your account's name: \"@acme\".");
        }
        if (options.Every < TimeSpan.FromSeconds(15) || options.Every > TimeSpan.FromDays(1))
        {
            yield return new OptionProblem(nameof(Every), $"is {options.Every}, which is not between 15 seconds and one day", "Give hours, minutes and seconds: \"00:05:00\".");
        }
        foreach (var (name, price) in new[] { (nameof(PostPrice), options.PostPrice), (nameof(MentionPrice), options.MentionPrice ?? 0.005m), (nameof(AuthorPrice), options.AuthorPrice) })
        {
            if (price < 0.000001m || price > 1)
            {
                yield return new OptionProblem(name, $"is {price}, which is not between 0.000001 and 1", "Give what your console at console.x.com shows, in dollars: 0.005.");
            }
        }
        if (!Uri.TryCreate(options.Api, UriKind.Absolute, out var api) || api.Scheme is not ("http" or "https") || api.Host.Length == 0 || api.Query.Length > 0)
        {
            yield return new OptionProblem(nameof(Api), $"is not a web address: \"{options.Api}\"", "Give an address such as \"https://api.x.com\", without a query.");
        }
    }

    private static long Millionths(decimal dollars) => (long)Math.Round(dollars * 1_000_000m);
}

/// <summary>What X charges, in millionths of a dollar.</summary>
internal sealed record XPrices(long Post, long Mention, long Author);

/// <summary>What the answer to one question costs, in millionths of a dollar.</summary>
/// <param name="WithAuthors">Each post brings its author, who costs as well.</param>
internal sealed record XPrice(long Post, long Author, bool WithAuthors)
{
    /// <summary>What one found post may cost at most.</summary>
    public long Each => Post + (WithAuthors ? Author : 0);
}
