using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Everything that is kept of one person.</summary>
public sealed record PersonFile
{
    /// <summary>A shorter one stands in many words by chance.</summary>
    public const int ShortestName = 4;

    /// <summary>Null for somebody of whom no case was opened.</summary>
    public required Customer? Customer { get; init; }
    public required IReadOnlyList<CustomerAccount> Accounts { get; init; }

    /// <summary>What they wrote, oldest first.</summary>
    public required IReadOnlyList<Mention> Mentions { get; init; }

    /// <summary>Their own cases.</summary>
    public required IReadOnlyList<Case> Cases { get; init; }

    /// <summary>Cases of others in which they spoke.</summary>
    public required IReadOnlyList<Case> Elsewhere { get; init; }

    /// <summary>What could not be dealt with and names them, is a post of theirs, or was written under a case of theirs.</summary>
    public required IReadOnlyList<AsideItem> Aside { get; init; }

    /// <summary>Posts of the sample of unmatched ones that they wrote, or that name them.</summary>
    public required IReadOnlyList<SampledPost> Sampled { get; init; }

    /// <summary>"bluesky did:plc:mia": what finds this person and nobody else.</summary>
    public string Key => $"{Accounts[0].Namespace} {Accounts[0].Author}";

    /// <summary>What means them wherever it stands: ids, addresses, "@mia". A bare "mia" may be anybody.</summary>
    public IReadOnlyList<string> SureNames =>
    [
        .. Accounts.SelectMany(account => new[] { account.Author, account.Handle }.OfType<string>()).Select(name => name.TrimStart('@')).Where(name => name.Length > 1)
            .Select(name => name.AsSpan().IndexOfAny(".:@/") >= 0 ? name : "@" + name)
            .Concat(Accounts.SelectMany(account => account.Addresses).Where(address => address.Contains('/', StringComparison.Ordinal)))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>With what they call themselves: enough for what is dropped whole.</summary>
    public IReadOnlyList<string> AllNames =>
        [.. SureNames, .. Accounts.SelectMany(account => new[] { account.Name, account.Handle, account.Author }).OfType<string>().Where(name => name.Length >= ShortestName).Distinct()];

    /// <summary>Everybody whom this may mean: an id, a handle, a mail address, a profile's address, a name, or "bluesky did:plc:mia".</summary>
    public static IReadOnlyList<PersonFile> Find(IStoreView view, string who)
    {
        who = who.Trim();
        var word = Word(who);
        var accounts = word.Length == 0 ? [] : view.MentionsNaming(word).Select(mention => CustomerAccount.Of(mention.Post)).OfType<CustomerAccount>()
            .Concat(view.CustomersNaming(word).SelectMany(customer => customer.Accounts))
            .Concat(view.SampledNaming(word).Select(sampled => CustomerAccount.Of(sampled.Post)).OfType<CustomerAccount>())
            .Where(account => IsMeant(account, who)).ToList();
        if (accounts.Any(account => IsKey(account, who)))
        {
            accounts.RemoveAll(account => !IsKey(account, who));
        }
        return [.. accounts.DistinctBy(account => (account.Namespace, account.Author)).Select(account => Of(view, [account])).DistinctBy(file => file.Key)];
    }

    private static PersonFile Of(IStoreView view, IReadOnlyList<CustomerAccount> known)
    {
        var customer = known.Select(account => view.CustomerOfAccount(account.Namespace, account.Author)).FirstOrDefault(one => one is not null);
        var accounts = customer?.Accounts ?? known;
        var mentions = accounts.SelectMany(own => view.MentionsNaming(own.Author).Where(mention => IsBy(mention.Post, own))).OrderBy(mention => mention.Id).ToList();
        var file = new PersonFile { Customer = customer, Accounts = accounts, Mentions = [], Cases = [], Elsewhere = [], Aside = [], Sampled = [] }.With(view, mentions);
        return file with
        {
            Aside = [.. file.AllNames.SelectMany(view.AsideNaming).Concat(DeadOfPerson.Of(view, file.Mentions, [.. file.Cases.Select(@case => @case.Id)])).DistinctBy(item => item.Id)],
            Sampled = [.. accounts.SelectMany(own => view.SampledNaming(own.Author).Where(sampled => IsBy(sampled.Post, own))).Concat(file.SureNames.SelectMany(view.SampledNaming)).DistinctBy(sampled => sampled.Id)],
        };
    }

    /// <summary>The same person, looked for anew: while an operator reads what is kept of them, they may write on.</summary>
    public PersonFile Anew(IStoreView view) => Of(view, Accounts);

    /// <summary>With what they wrote since the look, and without what was forgotten meanwhile; by indexes alone, so that it may be asked where others wait.</summary>
    public PersonFile UpToDate(IStoreView view) =>
        With(view, [.. Mentions.Select(mention => view.MentionOf(mention.Id)).OfType<Mention>().Where(mention => !mention.Erased)
            .Concat(Accounts.SelectMany(account => view.MentionsOfAuthor(account.Namespace, account.Author))).DistinctBy(mention => mention.Id).OrderBy(mention => mention.Id)]);

    private PersonFile With(IStoreView view, List<Mention> mentions)
    {
        var cases = mentions.Select(mention => mention.CaseId).OfType<long>().Distinct().Select(view.CaseOf).OfType<Case>()
            .Concat(Customer is { } customer ? view.CasesOfCustomer(customer.Id, int.MaxValue) : []).DistinctBy(@case => @case.Id).OrderBy(@case => @case.Id).ToList();
        bool IsTheirs(Case @case) => Customer is { } customer ? @case.Customer == customer.Id : mentions.Exists(mention => mention.Id == @case.FirstMention);
        return this with { Mentions = mentions, Cases = [.. cases.Where(IsTheirs)], Elsewhere = [.. cases.Where(@case => !IsTheirs(@case))] };
    }

    private static bool IsBy(Post post, CustomerAccount account) => post.Key.Namespace == account.Namespace && AuthorName.Of(post) == account.Author;

    private static bool IsMeant(CustomerAccount account, string who) =>
        IsKey(account, who)
        || new[] { account.Author, account.Handle, account.Name }.OfType<string>().Any(name => name.TrimStart('@').Equals(who.TrimStart('@'), StringComparison.OrdinalIgnoreCase))
        || (WebAddress.Of(who) is { } address && account.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase));

    private static bool IsKey(CustomerAccount account, string who) => who.Equals($"{account.Namespace} {account.Author}", StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands in the store of somebody who is so called.</summary>
    public static string Word(string who) =>
        WebAddress.Of(who) is { } address ? address
        : who.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 && who[..space].Any(char.IsAsciiLetterLower) && who.AsSpan(0, space).IndexOfAnyInRange('A', 'Z') < 0 ? who[(space + 1)..].TrimStart('@')
        : who.TrimStart('@');
}
