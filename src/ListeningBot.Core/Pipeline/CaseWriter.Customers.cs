using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>One person across accounts.</summary>
public sealed partial class CaseWriter
{
    /// <summary>How long after a case was closed its customer's words still count for it.</summary>
    internal static readonly TimeSpan ListensAfterTheEnd = TimeSpan.FromDays(90);

    private const int MostLooked = 20;

    /// <summary>
    /// A public profile was looked up. Keeps what it links; when another known account and this one link each other, they are one person from now on: the later
    /// known customer's accounts and cases become the earlier's, told in the history of each case. Nothing takes that back by itself.
    /// </summary>
    /// <param name="post">Any post of that account.</param>
    public void LinkAccounts(Post post, ProfileFound found)
    {
        if (CustomerAccount.Of(post) is not { } key || tx.CustomerOfAccount(key.Namespace, key.Author) is not { } customer)
        {
            return;
        }
        var account = found.AddTo(customer.AccountOf(key.Namespace, key.Author)!);
        customer = customer.With(account);
        tx.SaveCustomer(customer);
        var own = OnlyTheirs(account, customer.Id);
        foreach (var other in OthersAt([.. account.Links, .. account.Pages], customer.Id))
        {
            if (other.Accounts.Any(theirs => own.IsSamePerson(OnlyTheirs(theirs, other.Id))))
            {
                customer = Unite(customer, other);
            }
        }
    }

    /// <summary>An address at which several people stand (a forum's first page) is nobody's profile.</summary>
    private IEnumerable<Customer> OthersAt(IReadOnlyList<string> addresses, long self) =>
        addresses.Select(address => tx.CustomersAt(address).Where(other => other.Id != self).ToList()).Where(at => at.Count == 1).SelectMany(at => at).DistinctBy(other => other.Id).ToList();

    private CustomerAccount OnlyTheirs(CustomerAccount account, long customer) =>
        account with { Addresses = [.. account.Addresses.Where(address => tx.CustomersAt(address).All(other => other.Id == customer))] };

    /// <summary>
    /// The case to which these words of its customer belong though it is closed, or though its team does not listen here: of their thread whatever they say, else
    /// the customer's last one when they are clearly good. Anger outside a thread is a new trouble.
    /// </summary>
    /// <param name="aboutUs">A real watch matched: the words are about the brand, and no case on trial has them.</param>
    public Case? SpokenOf(Post post, Assessment words, bool aboutUs)
    {
        if (post.Automatic || CustomerOf(post) is not { } customer)
        {
            return null;
        }
        var thread = post.Follows().Select(key => tx.MentionOf(key)?.CaseId).OfType<long>().Select(tx.CaseOf).FirstOrDefault();
        if (thread is not null && !(aboutUs && thread.Shadow) && IsCustomer(thread, post) && HearsTheirWords(thread))
        {
            return thread;
        }
        return aboutUs && IsClearlyGood(words) ? CasesOf(customer).FirstOrDefault(@case => !@case.Shadow && @case.Private == post.Private && HearsTheirWords(@case)) : null;
    }

    /// <summary>The open case of which its customer speaks again, where only the words tell it (<see cref="SecondPosts"/>); real ones before those on trial.</summary>
    public Case? GoesOnWith(Post post, Assessment words)
    {
        if (CustomerOf(post) is not { } customer)
        {
            return null;
        }
        var open = CasesOf(customer).Where(@case => @case.IsOpen && !@case.HasEnded && @case.Private == post.Private).OrderBy(@case => @case.Shadow).ToList();
        return open.FirstOrDefault(@case => SecondPosts.Belongs(TheirWordsIn(@case), post, words, lonely: open.Count == 1, now));
    }

    private List<Mention> TheirWordsIn(Case @case) =>
        [.. tx.MentionsOfCase(@case.Id).Where(mention => mention is { Deleted: false, Standing: Standing.Case } && MayBeCustomer(@case, mention.Post))];

    /// <summary>The open case with one of these teams of the same person elsewhere.</summary>
    private Case? OfSamePerson(Post post, IReadOnlyList<string> teams) =>
        CustomerOf(post) is { Accounts.Count: > 1 } customer
        && Holding(from account in customer.Accounts from team in teams select CaseKeys.Author(account.Namespace, account.Author, team)) is { } @case
        && @case.Private == post.Private ? @case : null;

    private Customer? CustomerOf(Post post) => AuthorName.Of(post) is { } author ? tx.CustomerOfAccount(post.Key.Namespace, author) : null;

    /// <summary>Known to be the customer, not only perhaps; also whose own case was merged into this one, for their words are heard nowhere else.</summary>
    private bool IsCustomer(Case @case, Post post) => CustomerOf(post) is { } customer && (@case.Customer == customer.Id || CasesOf(customer).Exists(theirs => theirs.Id == @case.Id));

    /// <summary>The last cases of a customer; instead of one that was merged, the one that goes on with it, unless all their words were split off from that again.</summary>
    private List<Case> CasesOf(Customer customer)
    {
        var own = tx.CasesOfCustomer(customer.Id, MostLooked);
        return [.. own.Where(one => one.MergedInto is null || !WasSplitOff(one, GoesOnAs(one))).Select(GoesOnAs).DistinctBy(@case => @case.Id)];

        bool WasSplitOff(Case merged, Case into) =>
            own.Any(split => split.SplitFrom == into.Id && split.FirstSeen >= merged.ClosedAt && !HasWordsOf(customer, into, until: split.FirstSeen));
    }

    /// <summary>What they write later in a thread of the case may be a bystander's word.</summary>
    private bool HasWordsOf(Customer customer, Case @case, DateTimeOffset until) =>
        tx.MentionsOfCase(@case.Id).Any(mention => mention is { Deleted: false, Standing: Standing.Case } && mention.FirstSeen <= until && CustomerOf(mention.Post)?.Id == customer.Id);

    private Case GoesOnAs(Case @case)
    {
        while (@case.MergedInto is { } into && tx.CaseOf(into) is { } next)
        {
            @case = next;
        }
        return @case;
    }

    private bool HearsTheirWords(Case @case) =>
        @case is { MergedInto: null } and not { Outcome: Outcome.NotAComplaint } && (@case.IsOpen || now - @case.ClosedAt <= ListensAfterTheEnd);

    /// <summary>
    /// What later words say. "Happy by them" needs words that are clearly good, by somebody who surely is the customer; anger is rather heard once too often: where a team is alerted
    /// below the usual line, nobody would see otherwise what comes to a case that has ended. Anger heard late is no anger at a solution that is younger.
    /// </summary>
    private Happiness FeelingOf(Case @case, Mention words, bool alerts) =>
        IsClearlyGood(words.Assessment) ? IsCustomer(@case, words.Post) ? Happiness.Happy : Happiness.Silent
        : (words.Assessment.IsComplaint || (alerts && @case.HasEnded)) && !IsSettled(@case, words) ? Happiness.AngryAgain
        : Happiness.Silent;

    /// <summary>
    /// Solved after these words, and answered in their thread, where they were seen: one to another customer of the case shows nothing of them. An answer that somebody only says was given may be older than they are, and what makes the case critical now was no part
    /// of it then. Midnight is the date of a source that tells no time: they may be of that evening.
    /// </summary>
    private bool IsSettled(Case @case, Mention words) =>
        @case.HasEnded && @case.DidMoreSince(words.Posted) && words.Posted.UtcDateTime.TimeOfDay != TimeSpan.Zero
        && (words.Assessment.Priority < Priority.Critical || @case.Priority == Priority.Critical)
        && tx.MentionsOfCase(@case.Id).Any(mention => mention.Standing == Standing.Ours && mention.Posted > words.Posted && mention.Post.Follows().Intersect(words.Post.Follows().Append(words.Post.Key)).Any());

    /// <summary>Thanks, not news and not sarcasm: "great, another week without my parcel" scores 0.15 as a complaint.</summary>
    private static bool IsClearlyGood(Assessment words) => words is { IsComplaint: false, Complaint: < 0.1, Sentiment: >= 0.35 };

    private Customer Unite(Customer one, Customer other)
    {
        var (stays, goes) = one.Id < other.Id ? (one, other) : (other, one);
        foreach (var @case in tx.CasesOfCustomer(goes.Id, int.MaxValue))
        {
            Happen(@case, new CustomerUnited(goes.Id, stays.Id));
        }
        var united = stays with { Accounts = [.. stays.Accounts, .. goes.Accounts] };
        tx.SaveCustomer(united);
        tx.DeleteCustomer(goes.Id);
        return united;
    }
}
