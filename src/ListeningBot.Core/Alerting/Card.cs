using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Alerting;

/// <summary>Where a team's cards go.</summary>
/// <param name="Name">The team's name, or "ops".</param>
/// <param name="Notifier">The notifier instance that reaches it: "console", "discord"...</param>
/// <param name="Address">The notifier's own address of it (a Discord channel id); empty for the console.</param>
public sealed record Room(string Name, string Notifier, string Address);

/// <summary>Which card: unique, kept across restarts.</summary>
/// <param name="Subject">"case:12", "tray:7", "notice:3".</param>
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

    /// <summary>"Mia Lang (@mia)"; never empty.</summary>
    public required string Who { get; init; }

    /// <summary>"bluesky", "mail · inbox"...</summary>
    public required string Where { get; init; }

    /// <summary>The customer's words, white space folded, cut to a length that fits a phone.</summary>
    public required string Quote { get; init; }
    public string? Url { get; init; }

    /// <summary>The heaviest reason, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do now, in a short sentence.</summary>
    public required string NextStep { get; init; }
    public int Voices { get; init; } = 1;
    public string? Owner { get; init; }
    public Outcome? Outcome { get; init; }
    public string? ClosedBy { get; init; }

    /// <summary>The account of ours that answered already, and when.</summary>
    public string? AnsweredBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public bool Deleted { get; init; }
}

/// <summary>One page of a team's daily maybe list.</summary>
public sealed record TrayCard : Card
{
    public required string Team { get; init; }
    public required DateOnly Day { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }

    /// <summary>At most five: each needs two buttons.</summary>
    public required IReadOnlyList<TrayEntry> Entries { get; init; }
}

/// <param name="Verdict">Null while nobody has decided; then what was decided and by whom, for people.</param>
public sealed record TrayEntry(long Mention, string Who, string Where, string Quote, string? Url, DateTimeOffset Posted, double Complaint, string? Verdict);

/// <summary>The bot speaks to operators about itself. No customer text.</summary>
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
public sealed record Ping(long Id, CardKey Key, MessageRef Card, string Text, string Nonce);
