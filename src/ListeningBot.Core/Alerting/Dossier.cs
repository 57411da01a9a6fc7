using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Alerting;

/// <summary>All that is known when a dossier is written.</summary>
public sealed record Dossier
{
    public required Case Case { get; init; }

    /// <summary>What the card quotes.</summary>
    public required Mention First { get; init; }

    /// <summary>All posts of the case, ours too, in the order in which we saw them.</summary>
    public IReadOnlyList<Mention> Mentions { get; init; } = [];

    /// <summary>All that happened to it, in order.</summary>
    public IReadOnlyList<(CaseEvent Event, DateTimeOffset At)> Events { get; init; } = [];
    public Playbook Playbook { get; init; } = Playbook.Empty;
    public required Team Team { get; init; }

    /// <summary>Ways to reach the customer that were found, the most direct first.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>What this customer had with us before, for people.</summary>
    public IReadOnlyList<string> History { get; init; } = [];

    /// <summary>How many cases this customer had before.</summary>
    public int Earlier { get; init; }

    /// <summary>Cases like this one and how they ended, for people.</summary>
    public IReadOnlyList<string> Similar { get; init; } = [];

    /// <summary>What the customer wrote, without what is gone and what we wrote.</summary>
    public IEnumerable<Mention> Theirs => Mentions.Where(mention => mention.Standing != Standing.Ours && !mention.Deleted);

    public Severity Severity => Severity.Of(Case, [First.Assessment, .. Mentions.Where(mention => mention.Standing != Standing.Ours && mention.Id != First.Id).Select(mention => mention.Assessment)], Earlier);

    /// <summary>As a room may show it: what is private is masked.</summary>
    internal Dossier Shown() => this with
    {
        First = First.Seen(Case.Private),
        Mentions = [.. Mentions.Select(mention => mention.Seen(Case.Private))],
    };

    /// <summary>The text of a colleague, as a room may show it.</summary>
    internal string Shown(string text) => text.Seen(Case.Private);
}
