using System.Text.Json.Serialization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What it is that could not be dealt with.</summary>
public enum DeadKind
{
    /// <summary>Of a channel: not understood, or not recorded.</summary>
    Item,
    Card,
    Ping,

    /// <summary>Who wrote a post, and how to reach them.</summary>
    Lookup,
    Press,
    Command,

    /// <summary>What somebody wrote in a case's thread.</summary>
    Note,

    /// <summary>A stored row that can't be read.</summary>
    Row,

    /// <summary>Items that gave way to later ones; <see cref="DeadLetter.Tries"/> says how many.</summary>
    Dropped,
}

/// <summary>Something that could not be dealt with: it waits for a human, who has it tried again or puts it away.</summary>
/// <param name="Place">The channel or room; empty when it belongs to none.</param>
/// <param name="What">Which one: "replay:posts 12", "case:7"; empty when nobody knows.</param>
/// <param name="Why">In an operator's words, without a customer's.</param>
public sealed record DeadLetter(DeadKind Kind, string Place, string What, string Why)
{
    public long Id { get; init; }

    /// <summary>How it began, as it came; may hold a customer's words.</summary>
    public string Raw { get; init; } = "";

    /// <summary>What is done when it is tried again; null when nothing can be.</summary>
    public DeadWork? Work { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset LastAt { get; init; }

    /// <summary>How often it failed.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>A human asked for another try, which has not ended yet.</summary>
    public bool RetryAsked { get; init; }

    /// <summary>The operators know of it.</summary>
    public bool Told { get; init; }
}

/// <summary>Enough to try it again.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "work")]
[JsonDerivedType(typeof(DeadChange), "change")]
[JsonDerivedType(typeof(DeadCard), "card")]
[JsonDerivedType(typeof(DeadPing), "ping")]
[JsonDerivedType(typeof(DeadLookup), "lookup")]
[JsonDerivedType(typeof(DeadPress), "press")]
[JsonDerivedType(typeof(DeadCommand), "command")]
[JsonDerivedType(typeof(DeadNote), "note")]
[JsonDerivedType(typeof(DeadRow), "row")]
public abstract record DeadWork
{
    /// <summary>The same thing has the same name; it stands in the list once.</summary>
    public abstract string Ref { get; }

    public static string RefOf(PostKey key) => $"post {key}";
    public static string RefOf(CardKey key) => $"card {key.Room} {key.Subject}";
    public static string RefOfPing(long id) => $"ping {id}";
    public static string RefOfLookup(long mention) => $"lookup {mention}";
}

/// <param name="Post">Null for a deletion.</param>
public sealed record DeadChange(ChangeKind Kind, PostKey Key, Post? Post) : DeadWork
{
    [JsonIgnore]
    public override string Ref => RefOf(Key);

    /// <summary>Some web forms send every letter under one and the same id: what somebody else wrote, or wrote at another time, with other words, is another letter.</summary>
    public bool IsAnotherLetterThan(Post other) =>
        Post is { Private: true } post && Recorder.AreTwo(post, other);

    /// <summary>As one is recorded that comes under the id of another.</summary>
    public DeadChange UnderAKeyOfItsOwn(Post post)
    {
        var own = Recorder.KeyOfItsOwn(Key, post);
        return this with { Key = own, Post = post with { Key = own } };
    }
}

public sealed record DeadCard(CardKey Key) : DeadWork
{
    [JsonIgnore]
    public override string Ref => RefOf(Key);
}

public sealed record DeadPing(long Id) : DeadWork
{
    [JsonIgnore]
    public override string Ref => RefOfPing(Id);
}

public sealed record DeadLookup(long Mention) : DeadWork
{
    [JsonIgnore]
    public override string Ref => RefOfLookup(Mention);
}

public sealed record DeadPress(Press Press) : DeadWork
{
    [JsonIgnore]
    public override string Ref => $"press {Press.Id}";
}

public sealed record DeadCommand(Command Command) : DeadWork
{
    [JsonIgnore]
    public override string Ref => $"press {Command.Id}";
}

public sealed record DeadNote(ThreadNote Note) : DeadWork
{
    [JsonIgnore]
    public override string Ref => $"note {Note.Id}";
}

/// <param name="Table">"case", "mention", "silence", "customer", "dead letter", or one of those below.</param>
public sealed record DeadRow(string Table, long Id) : DeadWork
{
    /// <summary>One or more events; the number is the case's.</summary>
    public const string EventOfCase = "event of case";

    /// <summary>The number is the mention's.</summary>
    public const string Contacts = "contacts of mention";
    public const string Sampled = "sampled post";
    public const string MaybePage = "maybe page";
    public const string Canary = "canary run";
    public const string Held = "held change";

    [JsonIgnore]
    public override string Ref => $"row {Table} {Id}";
}

/// <summary>How many wait, of one kind and place.</summary>
public sealed record DeadCount(DeadKind Kind, string Place, int Count);
