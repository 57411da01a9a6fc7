using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>What an erasure reached, in numbers that name nobody.</summary>
public sealed class ErasureCount
{
    /// <summary>What the person wrote.</summary>
    public int Posts { get; internal set; }

    /// <summary>What we answered them in public.</summary>
    public int OurAnswers { get; internal set; }
    public int Cases { get; internal set; }

    /// <summary>Of those cases, all of them.</summary>
    public int Events { get; internal set; }

    /// <summary>Among the events.</summary>
    public int Notes { get; internal set; }

    /// <summary>Cards of cases that rooms show anew, others' that named the person among them.</summary>
    public ISet<CardKey> Cards { get; private init; } = new HashSet<CardKey>();
    public ISet<CardKey> Threads { get; private init; } = new HashSet<CardKey>();

    /// <summary>Threads of others' cases, which may tell how a case of theirs ended.</summary>
    public ISet<CardKey> OthersThreads { get; private init; } = new HashSet<CardKey>();

    /// <summary>Maybe lists, groups and held changes that rooms show anew.</summary>
    public ISet<CardKey> Lists { get; private init; } = new HashSet<CardKey>();

    /// <summary>Words said beside cards; those that were sent are taken back.</summary>
    public int Pings { get; internal set; }

    /// <summary>What pressers were told since the person's first post, whomever it was about.</summary>
    public int Answers { get; internal set; }
    public int DeadLetters { get; internal set; }
    public int Sampled { get; internal set; }
    public int Customers { get; internal set; }

    /// <summary>Ways to reach them that had been looked up.</summary>
    public int Contacts { get; internal set; }
    public int Silences { get; internal set; }

    /// <summary>Posts of others that named them or answered them, reworded.</summary>
    public int OthersPosts { get; internal set; }
    public int OthersCases { get; internal set; }

    /// <summary>All that is shown anew, wherever it stands.</summary>
    public IEnumerable<CardKey> ShownAnew => Cards.Union(Threads).Union(Lists).Union(OthersThreads);

    /// <summary>Of both together.</summary>
    internal ErasureCount And(ErasureCount other) => new()
    {
        Posts = Posts + other.Posts,
        OurAnswers = OurAnswers + other.OurAnswers,
        Cases = Cases + other.Cases,
        Events = Events + other.Events,
        Notes = Notes + other.Notes,
        Cards = Both(Cards, other.Cards),
        Threads = Both(Threads, other.Threads),
        OthersThreads = Both(OthersThreads, other.OthersThreads),
        Lists = Both(Lists, other.Lists),
        Pings = Pings + other.Pings,
        Answers = Answers + other.Answers,
        DeadLetters = DeadLetters + other.DeadLetters,
        Sampled = Sampled + other.Sampled,
        Customers = Customers + other.Customers,
        Contacts = Contacts + other.Contacts,
        Silences = Silences + other.Silences,
        OthersPosts = OthersPosts + other.OthersPosts,
        OthersCases = OthersCases + other.OthersCases,
    };

    private static HashSet<CardKey> Both(ISet<CardKey> one, ISet<CardKey> other) => [.. one, .. other];
}
