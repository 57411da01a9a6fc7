using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// A made-up complaint that goes into each channel that can take one, and must come out in the ops rooms: proof that a customer's would. It opens no case,
/// counts nowhere and calls nobody.
/// </summary>
public sealed record CanaryRun
{
    /// <summary>Given by the store; 0 until then.</summary>
    public long Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What has not come out by then is told.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Who asked for it; null: the schedule.</summary>
    public string? AskedAs { get; init; }
    public required IReadOnlyList<CanarySent> Sent { get; init; }

    /// <summary>Rooms in which it must be shown.</summary>
    public required IReadOnlyList<string> Rooms { get; init; }

    /// <summary>What became of it, once that is settled.</summary>
    public CanaryVerdict? Verdict { get; init; }
}

/// <summary>One channel's canary.</summary>
/// <param name="Token">Stands in its text; nobody can guess it.</param>
/// <param name="Watch">The watch that must match it; null where none listens in English.</param>
public sealed record CanarySent(string Channel, string Token, string? Watch)
{
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Why it could not be sent.</summary>
    public string? Failure { get; init; }
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>Once it arrived: the probability of a complaint, and whether the watch would have alerted.</summary>
    public double? Complaint { get; init; }
    public bool WouldAlert { get; init; }

    public bool IsWell => ArrivedAt is not null && (WouldAlert || Watch is null);
}

/// <summary>What is wrong, in sentences for operators, by channel and by room; both empty when all came out in time.</summary>
public sealed record CanaryVerdict(DateTimeOffset At, IReadOnlyDictionary<string, string> Channels, IReadOnlyDictionary<string, string> Rooms)
{
    public bool IsWell => Channels.Count == 0 && Rooms.Count == 0;
}

/// <summary>The words of a canary.</summary>
public static partial class CanaryText
{
    public const string Title = "Test of ListeningBot, made up";
    private static ReadOnlySpan<byte> Mark => "lb-canary-"u8;

    public static string NewToken() => "lb-canary-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <param name="word">A word that a watch listens for; null where everything is heard.</param>
    public static string Write(string token, string? word) =>
        $"{(word is null ? "" : word + ": ")}my order never arrived, nobody answers my mails, and I want my money back. This is unacceptable. [Made up to test ListeningBot, please ignore: {token}]";

    /// <summary>For the many posts that are none; allocates nothing.</summary>
    public static bool MayBe(ReadOnlySpan<byte> text) => text.IndexOf(Mark) >= 0;

    public static string? TokenIn(Post post) => Token().Match(post.Text) is { Success: true } found ? found.Value : null;

    [GeneratedRegex("lb-canary-[0-9a-f]{32}", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
