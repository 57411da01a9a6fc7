using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>One text in many places gathers on one case: reposts, cross-posts, copies, one article passed on by many. Each is a voice, and none is the customer's own word.</summary>
public sealed partial class CaseWriter
{
    private const int MostCompared = 3;

    /// <summary>The case of what this post repeats, as its source says; or which somebody's repost of this very post opened.</summary>
    public Case? OfOriginal(Post post)
    {
        var key = CaseKeys.Thread(post.RepostOf ?? post.Key);
        return Holding([key]) ?? Holding([CaseKeys.OnTrial(key)]);
    }

    /// <summary>The case that holds the same words, nearly the same, or the same article. What is on trial and what is private is compared by the very words alone.</summary>
    private Case? OfCopy(Post post, IReadOnlyList<string> teams, bool complains)
    {
        var same = Holding(TextKey(teams, post) is { } text ? [text] : [], @case => (@case.Private || !post.Private) && Hears(@case, post, complains) && Copies.MayShareText(FirstOf(@case) ?? post, post));
        return same is not null || IsTrial(teams) || post.Private ? same
            : Holding(Copies.KeysOf(post), @case => !@case.Private && Hears(@case, post, complains) && CopiedIn(@case, post)) ?? Holding(Copies.SharedBy(post, policy.Ours), @case => !@case.Private && Hears(@case, post, complains));
    }

    /// <summary>At an ended case nobody looks: of others it hears what only repeats, and not what they complain of themselves in the same words.</summary>
    private bool Hears(Case @case, Post post, bool complains) => !@case.HasEnded || !complains || Copies.IsRepost(post) || MayBeCustomer(@case, post);

    /// <summary>Its words were known to an ended case that did not hear them, or to another customer's letter: further copies find this one.</summary>
    private void TakeOverCopyKeys(Case opened, Post post, IReadOnlyList<string> teams)
    {
        foreach (var key in CopyKeysOf(teams, post).Where(key => tx.CaseHolding(key) is { } holder && holder != opened.Id && tx.CaseOf(holder) is { } other && (other.HasEnded ? other.Private || !opened.Private : other.Private && !opened.Private)))
        {
            tx.MoveKey(key, opened.Id);
        }
    }

    private Case? Holding(IEnumerable<string> keys, Func<Case, bool> isOne) =>
        keys.Select(tx.CaseHolding).OfType<long>().Distinct().Take(MostCompared).Select(tx.CaseOf).OfType<Case>().FirstOrDefault(isOne);

    /// <summary>One of its first posts; of those that a thousand wrote, the others say the same.</summary>
    private bool CopiedIn(Case @case, Post post) =>
        tx.MentionsOfCase(@case.Id, MostLooked).Where(mention => !mention.Deleted && mention.Standing == Standing.Case).Take(MostCompared).Any(mention => Copies.Are(mention.Post, post));

    private Post? FirstOf(Case @case) => tx.MentionOf(@case.FirstMention)?.Post;

    /// <summary>By which copies of this post find its case.</summary>
    private IEnumerable<string> CopyKeysOf(IReadOnlyList<string> teams, Post post) =>
        IsTrial(teams) || post.Private ? TextKey(teams, post) is { } text ? [text] : []
        : new[] { CaseKeys.Text(post), post.RepostOf is { } original ? CaseKeys.Thread(original) : null }.OfType<string>().Concat(Copies.KeysOf(post)).Concat(Copies.AddressesOf(post, policy.Ours));
}
