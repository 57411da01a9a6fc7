using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>What people make of a mention, all their verdicts on it taken together: the latest counts, and "undone" takes the one before it back.</summary>
/// <param name="Complaint">Null when nobody said, or took it back.</param>
/// <param name="Priority">What somebody made of its priority; null where it was let stand.</param>
public sealed record Verdict(bool? Complaint, Priority? Priority)
{
    public const string AComplaint = "complaint";
    public const string NoComplaint = "not-complaint";
    public const string TakenBack = "undone";
    private const string OfPriority = "priority-";

    public static readonly Verdict None = new(null, null);

    /// <summary>"priority-high".</summary>
    public static string Of(Priority priority) => OfPriority + priority.ToString().ToLowerInvariant();

    /// <param name="given">In the order in which they were given.</param>
    public static Verdict Of(IEnumerable<VerdictGiven> given)
    {
        var standing = new Stack<Verdict>([None]);
        foreach (var one in given)
        {
            if (one.Verdict != TakenBack)
            {
                standing.Push(standing.Peek().After(one.Verdict));
            }
            else if (standing.Count > 1)
            {
                standing.Pop();
            }
        }
        return standing.Peek();
    }

    /// <summary>The same, of the words that the mention has now.</summary>
    /// <param name="on">Null: it is not known, or can't be read.</param>
    public static Verdict Of(IEnumerable<VerdictGiven> given, Mention? on) => Of(given.Where(one => !(one.At < on?.RewrittenAt)));

    /// <summary>Who sets a priority takes it for a complaint, until somebody says that it is none.</summary>
    private Verdict After(string said) => said switch
    {
        AComplaint => this with { Complaint = true },
        NoComplaint => new Verdict(false, null),
        _ when said.StartsWith(OfPriority, StringComparison.Ordinal) && Enum.TryParse<Priority>(said[OfPriority.Length..], ignoreCase: true, out var priority) => new Verdict(true, priority),
        _ => this,
    };
}
