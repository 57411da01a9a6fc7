using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Teams;

/// <summary>What routing looks at.</summary>
public sealed record RouteQuery(
    IReadOnlyList<string> Watches, string Aspect, string Lang, Priority Priority, string Channel, string Kind, string? AuthorId, string? AuthorHandle)
{
    /// <param name="watches">Those that decide what becomes of it: beside a real one none on trial.</param>
    public static RouteQuery Of(Post post, Assessment said, IReadOnlyList<string> watches) =>
        new(watches, said.Aspect, said.Lang, said.Priority, post.Channel, post.Kind, post.Author.Id, post.Author.Handle);
}

/// <summary>To whom a case goes.</summary>
/// <param name="Teams">The first is the one that answers; the others see its card. Empty: the teams of its watches.</param>
/// <param name="Vip">On the list of people whose cases are raised by one step, up to high.</param>
/// <param name="Why">For `explain`: one short sentence a rule that decided.</param>
public sealed record Route(IReadOnlyList<string> Teams, bool Vip, IReadOnlyList<string> Why)
{
    /// <summary>Reach raises by one step and never to critical: that is kept for harm.</summary>
    public Priority Raised(Priority priority) => Vip && priority < Priority.High ? priority + 1 : priority;
}

/// <summary>One rule of config/responders.yaml: it fits when all that it names fits; what it leaves out fits always.</summary>
public sealed record RouteRule
{
    public IReadOnlyList<string> Watches { get; init; } = [];
    public IReadOnlyList<string> Aspects { get; init; } = [];

    /// <summary>Two letters each; "und" is none of them.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
    public Priority? AtLeast { get; init; }

    /// <summary>Names or kinds of channels.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Null: whoever wrote.</summary>
    public Ours? Authors { get; init; }
    public required IReadOnlyList<string> Teams { get; init; }

    public bool Fits(RouteQuery query) =>
        (Watches.Count == 0 || Watches.Intersect(query.Watches, StringComparer.Ordinal).Any())
        && (Aspects.Count == 0 || Aspects.Contains(query.Aspect, StringComparer.Ordinal))
        && (Languages.Count == 0 || Languages.Contains(query.Lang, StringComparer.OrdinalIgnoreCase))
        && !(query.Priority < AtLeast)
        && (Channels.Count == 0 || Channels.Contains(query.Channel, StringComparer.Ordinal) || Channels.Contains(query.Kind, StringComparer.Ordinal))
        && (Authors is null || Authors.Has(query.Kind, query.AuthorId, query.AuthorHandle));

    /// <summary>"aspect billing or refund, priority at least high"; "everything" for a rule that names nothing.</summary>
    public override string ToString()
    {
        string[] parts =
        [
            .. Part("watch", Watches), .. Part("aspect", Aspects), .. Part("language", Languages),
            .. AtLeast is { } priority ? new[] { $"priority at least {priority.ToString().ToLowerInvariant()}" } : [],
            .. Part("channel", Channels), .. Part("author", Authors?.Accounts ?? []),
        ];
        return parts.Length == 0 ? "everything" : string.Join(", ", parts);
    }

    private static IEnumerable<string> Part(string what, IReadOnlyList<string> names) => names.Count == 0 ? [] : [$"{what} {string.Join(" or ", names)}"];
}
