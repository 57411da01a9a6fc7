using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Alerting;

/// <summary>Where a team's cards go.</summary>
/// <param name="Name">The team's name, or "ops".</param>
/// <param name="Notifier">The notifier instance that reaches it: "console", "discord"...</param>
/// <param name="Address">The notifier's own address of it (a Discord channel id); empty for the console.</param>
public sealed record Room(string Name, string Notifier, string Address);

/// <summary>Which card: unique, kept across restarts.</summary>
/// <param name="Subject">"case:12", "thread:12", "group:4", "tray:7", "digest:2", "held:5", "notice:3".</param>
/// <param name="Room">The room's name.</param>
public sealed record CardKey(string Subject, string Room);

/// <summary>A notifier's own way to find a message that it sent. Opaque to all others.</summary>
public sealed record MessageRef(string Value);

/// <summary>What a room shows of one subject: a wanted state, free of any vendor's notions. All text is plain; the notifier escapes it.</summary>
public abstract record Card
{
    public required CardKey Key { get; init; }
    public required int Version { get; init; }
    public IReadOnlyList<CardButton> Buttons { get; init; } = [];
}

/// <summary>A complaint in front of its team.</summary>
public sealed record CaseCard : Card
{
    public required long CaseId { get; init; }
    public required CaseState State { get; init; }
    public required Priority Priority { get; init; }

    /// <summary>When the customer posted.</summary>
    public required DateTimeOffset Posted { get; init; }

    /// <summary>The source gave no date: <see cref="Posted"/> is when it was seen.</summary>
    public bool IsUndated { get; init; }

    /// <summary>"Mia Lang (@mia)"; never empty.</summary>
    public required string Who { get; init; }

    /// <summary>"bluesky", "mail · inbox"...</summary>
    public required string Where { get; init; }

    /// <summary>The customer's words, white space folded, cut to a length that fits a phone.</summary>
    public required string Quote { get; init; }
    public string? Url { get; init; }

    /// <summary>The heaviest reason, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Which watch heard it by which words: "brand: nimbus, down"; null where nobody noted it. One short line.</summary>
    public string? HeardBy { get; init; }

    /// <summary>What to do now, in a short sentence.</summary>
    public required string NextStep { get; init; }
    public int Voices { get; init; } = 1;

    /// <summary>Who should take it: on call, and with the least open cases.</summary>
    public string? For { get; init; }
    public string? Owner { get; init; }
    public Outcome? Outcome { get; init; }
    public string? ClosedBy { get; init; }

    /// <summary>The case that goes on with this one's posts.</summary>
    public long? MergedInto { get; init; }

    /// <summary>The account of ours that answered already, and when.</summary>
    public string? AnsweredBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public bool Deleted { get; init; }

    /// <summary>Deleted because the customer asked us to forget them.</summary>
    public bool Erased { get; init; }

    /// <summary>"bluesky was not heard from 10:00 to 10:20 (connection lost)"; null when it came in time.</summary>
    public string? LateBecause { get; init; }

    /// <summary>What the customer wants; null until known.</summary>
    public string? Wants { get; init; }

    /// <summary>"2nd case in 30 days; the last one: solved".</summary>
    public string? History { get; init; }

    /// <summary>By when something was promised, and what.</summary>
    public DateTimeOffset? PromiseDue { get; init; }
    public string? Promise { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }
    public int HandOvers { get; init; }

    /// <summary>What the customer's own later words say; in words in <see cref="TheirWords"/>.</summary>
    public Happiness Happiness { get; init; }

    /// <summary>What the customer's own later words say, for people; null while nothing is to be said.</summary>
    public string? TheirWords { get; init; }

    /// <summary>Written to us alone: what identifies people is masked.</summary>
    public bool Private { get; init; }

    /// <summary>Nobody needs to act.</summary>
    public bool HasEnded => State is CaseState.Resolved or CaseState.FollowedUp or CaseState.Closed;

    /// <summary>Nobody has it, and somebody should.</summary>
    public bool IsFree => Owner is null && !HasEnded;
}

/// <summary>What helps the owner to make it right, kept up to date in a thread under the case's card.</summary>
public sealed record DossierCard : Card
{
    /// <summary>The message of the case's card.</summary>
    public required MessageRef Under { get; init; }

    /// <summary>The thread's name.</summary>
    public required string Title { get; init; }
    public required IReadOnlyList<Section> Sections { get; init; }
}

public enum SectionLook
{
    /// <summary>Lines of text.</summary>
    Text,

    /// <summary>A list with a dot before each line.</summary>
    List,

    /// <summary>To be copied word for word: a draft.</summary>
    Copy,
}

/// <summary>In falling weight: where space is short, later sections are cut first.</summary>
public sealed record Section(string Title, IReadOnlyList<string> Lines, SectionLook Look = SectionLook.Text);

/// <summary>Many cases at once, calmly in one message.</summary>
public sealed record GroupCard : Card
{
    public required string Team { get; init; }

    /// <summary>"delivery", "outage"...: what they have in common.</summary>
    public required string Aspect { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required int Cases { get; init; }

    /// <summary>Nobody has them, and nobody has answered.</summary>
    public required int Unclaimed { get; init; }
    public required Priority Highest { get; init; }

    /// <summary>The first to be taken: the most urgent that wait, then what was answered or put off.</summary>
    public required IReadOnlyList<GroupEntry> Top { get; init; }

    /// <summary>Offered as a menu: cases to take, in the same order, at most 25.</summary>
    public required IReadOnlyList<CardButton> Choices { get; init; }
}

public sealed record GroupEntry(long CaseId, Priority Priority, string Who, string Quote, DateTimeOffset Posted);

/// <summary>A team's day or week in figures, with a small chart.</summary>
public sealed record DigestCard : Card
{
    public required string Title { get; init; }
    public required IReadOnlyList<Section> Sections { get; init; }
    public Picture? Chart { get; init; }
}

/// <summary>One page of a team's daily maybe list.</summary>
public sealed record TrayCard : Card
{
    public required string Team { get; init; }
    public required DateOnly Day { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }

    /// <summary>What to know before reading it: what silences held back.</summary>
    public string? Note { get; init; }

    /// <summary>At most five: each needs two buttons.</summary>
    public required IReadOnlyList<TrayEntry> Entries { get; init; }
}

/// <param name="Verdict">Null while nobody has decided; then what was decided and by whom, for people.</param>
public sealed record TrayEntry(long Mention, string Who, string Where, string Quote, string? Url, DateTimeOffset Posted, double Complaint, string? Verdict)
{
    /// <summary>"silence 3 (watch acme, by Anna Berg): planned works"; null for what lies here because it is below the alert line.</summary>
    public string? HeldBackBy { get; init; }
}

/// <summary>The bot speaks about itself. No customer text, but for what a held change would have missed.</summary>
public sealed record NoticeCard : Card
{
    public required bool Good { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A link when <paramref name="Url"/> is set, else a press.</summary>
public sealed record CardButton(string Label, PressTarget? Target, string? Url = null, bool Main = false);

/// <summary>A short new reply to a card: an edit notifies nobody.</summary>
/// <param name="Card">The message that it replies to.</param>
/// <param name="Nonce">The same for each try, so that a repeated try sends nothing twice where the service can tell.</param>
public sealed record Ping(long Id, CardKey Key, MessageRef Card, string Text, string Nonce)
{
    /// <summary>Accounts to notify by name: "discord:1234". Those of other services are passed over.</summary>
    public IReadOnlyList<string> To { get; init; } = [];
    public IReadOnlyList<CardButton> Buttons { get; init; } = [];
}
