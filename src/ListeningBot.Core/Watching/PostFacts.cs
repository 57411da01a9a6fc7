using System.Collections.Frozen;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>What is known besides the words of a text.</summary>
/// <param name="Kinds">Of channels, by name.</param>
/// <param name="Post">Null when only its text is known: then most of what a query asks can't be told.</param>
/// <param name="Assessment">Null when it was not scored.</param>
internal readonly record struct PostFacts(string Channel, FrozenDictionary<string, string> Kinds, Post? Post, Assessment? Assessment)
{
    public static PostFacts Of(Post post, Assessment? assessment) => new(post.Channel, FrozenDictionary<string, string>.Empty, post, assessment);

    /// <summary>Null for what can't be told.</summary>
    public bool? Fits(Query fact) => fact switch
    {
        Query.OnChannel on => Fits(on),
        Query.InLanguage or Query.About or Query.AtPriority when Assessment is not null || Post is not null => FitsScore(fact),
        _ when Post is not null => Fits(fact, Post),
        _ => null,
    };

    private bool? Fits(Query.OnChannel on) =>
        Same(on.Name, Channel) ? true : (Post?.Kind ?? Kinds.GetValueOrDefault(Channel)) is { } kind ? Same(on.Name, kind) : null;

    private bool? FitsScore(Query fact) => fact switch
    {
        Query.InLanguage language => Languages.Is(language.Language, Assessment?.Lang ?? Languages.Plain(Post?.Lang?.Split('-', '_')[0].ToLowerInvariant() ?? ""), Post?.Lang, Assessment is { LangIsGuess: true }),
        Query.About about => Same(about.Aspect, Assessment?.Aspect ?? ""),
        Query.AtPriority priority => Assessment is not null && Holds(Assessment.Priority.CompareTo(priority.Value), priority.How),
        _ => false,
    };

    private static bool Fits(Query fact, Post post) => fact switch
    {
        Query.Stars stars => post.Stars is { } given && Holds(given.CompareTo(stars.Value), stars.How),
        Query.Followers followers => post.Author.Followers is { } count && Holds(count.CompareTo(followers.Value), followers.How),
        Query.From from => new Ours([from.Account]).Wrote(post),
        Query.To to => Addressees.Have(post.Text, to.Account),
        Query.LinksTo link => PostLinks.Of(post).Any(new LinkPattern(link.Address).Fits),
        Query.HasLink => PostLinks.Of(post).Any(),
        Query.IsReply => (post.InReplyTo ?? post.Thread) is not null,
        Query.IsRepost => post.RepostOf is not null,
        _ => false,
    };

    private static bool Holds(int compared, Compare how) => how switch
    {
        Compare.Below => compared < 0,
        Compare.AtMost => compared <= 0,
        Compare.Exactly => compared == 0,
        Compare.AtLeast => compared >= 0,
        _ => compared > 0,
    };

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
