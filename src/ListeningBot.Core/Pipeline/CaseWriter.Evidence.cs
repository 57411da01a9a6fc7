using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>What the store knows beside a post's words, and what makes it more urgent.</summary>
public sealed partial class CaseWriter
{
    /// <summary>Who says it in three posts in one go repeats nothing.</summary>
    private static readonly TimeSpan OneBreath = TimeSpan.FromMinutes(15);

    /// <summary>A complaint with its evidence: the thread that it stands in, and how often its author complained before.</summary>
    /// <param name="joins">The case that it is or will be part of; null when it opens one.</param>
    public Mention WithEvidence(Mention mention, Case? joins)
    {
        var (post, said) = (mention.Post, mention.Assessment);
        if (!said.IsComplaint || post.Automatic || post.RepostOf is not null)
        {
            return mention;
        }
        var customer = CustomerOf(post);
        var before = joins is not null && IsSurelyCustomers(joins, post) ? BeforeIn(joins, mention) : [];
        var cases = customer is null ? 0 : tx.CasesOfCustomer(customer.Id, MostLooked).Count(other => other.Id != joins?.Id && mention.Posted - other.Posted >= OneBreath && IsTheirTrouble(other));
        var thread = joins is not null && post.Follows().Any(key => tx.MentionOf(key) is { } answered && answered.CaseId == joins.Id);
        return mention with { Assessment = said.Knowing(thread, before.Count + cases, before.Count == 0 ? 0 : before[0].Assessment.Urgency) };
    }

    /// <summary>Not who was merged into it: what another person complained of repeats nothing.</summary>
    private bool IsSurelyCustomers(Case @case, Post post) =>
        AuthorName.Of(post) is { } author && ((@case.Customer is { } customer && CustomerOf(post)?.Id == customer) || (FirstOf(@case) is { RepostOf: null } first && AuthorName.Of(first) == author && first.Key.Namespace == post.Key.Namespace));

    /// <summary>What the customer complained of in this case before, oldest first.</summary>
    private List<Mention> BeforeIn(Case @case, Mention mention) =>
        [.. tx.MentionsOfCase(@case.Id, MostLooked).Where(other => other is { Deleted: false, Standing: Standing.Case, Assessment.IsComplaint: true } && other.Id != mention.Id
            && mention.Posted - other.Posted >= OneBreath && IsSurelyCustomers(@case, other.Post))];

    private static bool IsTheirTrouble(Case @case) => @case is { Shadow: false, MergedInto: null } and not { Outcome: Outcome.NotAComplaint or Outcome.NotOurs };
}
