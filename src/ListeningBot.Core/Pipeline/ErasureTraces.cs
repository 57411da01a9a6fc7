using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Where others' words, what was told to somebody, or a key names the person or leads to a post of theirs.</summary>
internal sealed record ErasureTraces
{
    public required IReadOnlyList<long> Mentions { get; init; }

    /// <summary>Of which the words, or what their cards quote, are reworded.</summary>
    public required IReadOnlyList<long> Cases { get; init; }
    public required IReadOnlyList<long> Customers { get; init; }

    /// <summary>By which others' cases would be found. Without them the same words still find the case, so that nothing is told twice.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>What they wrote and was heard.</summary>
    public required IReadOnlySet<PostKey> Posts { get; init; }

    /// <summary>With what the keys of all their posts begin, where the service writes the author into them: "did:plc:mia/", "https://chat.example/users/mia/".</summary>
    public required IReadOnlyList<PostKey> Stems { get; init; }

    /// <summary>What their accounts are called, as it may stand in a number: of "kvitravn@chat.example" the first part.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public static ErasureTraces Of(IStoreView view, PersonFile person)
    {
        var posts = person.Mentions.Select(mention => mention.Post.Key).ToHashSet();
        IReadOnlyList<PostKey> stems = [.. person.Mentions.SelectMany(mention => StemsOf(mention.Post)).Distinct().Where(stem => AreTheirsBelow(view, stem, person))];
        bool IsTheirs(PostKey key) => posts.Contains(key) || Begins(stems, key);
        var naming = person.SureNames.SelectMany(view.MentionsNaming).ToList();
        var leading = stems.SelectMany(stem => view.MentionsNaming(stem.Id)).Where(mention => mention.Post.LeadsTo().Any(IsTheirs)).Concat(view.MentionsLeadingTo(posts)).ToList();
        var mentions = naming.Concat(leading).Where(mention => !mention.Erased).DistinctBy(mention => mention.Id).ToList();
        var quoted = naming.Concat(leading.Where(mention => mention.Post.RepostOf is { } original && IsTheirs(original)));
        var cases = person.SureNames.SelectMany(view.CasesNaming).Concat(person.Elsewhere.Select(@case => @case.Id)).Concat(CasesThatShow(quoted, view));
        return new ErasureTraces
        {
            Mentions = [.. mentions.Select(mention => mention.Id)],
            Cases = [.. cases.Distinct()],
            Customers = [.. person.SureNames.SelectMany(view.CustomersNaming).Select(customer => customer.Id).Distinct()],
            Keys = [.. KeysOf(view, person, stems).Except(mentions.Select(mention => CaseKeys.Thread(mention.Post.Key)).SelectMany(own => new[] { own, CaseKeys.OnTrial(own) }))],
            Posts = posts,
            Stems = stems,
            Names = [.. person.Accounts.SelectMany(account => new[] { account.Author, account.Handle }.OfType<string>()).Select(name => name.TrimStart('@').Split('@')[0]).Where(name => name.Length > 0).Distinct()],
        };
    }

    /// <summary>Whether it is a post of theirs, heard or not.</summary>
    public bool AreTheirs(PostKey key) => Posts.Contains(key) || Begins(Stems, key);

    /// <summary>A number of the service's, in which nothing tells whose post it is: no address, and no name of theirs.</summary>
    public bool IsBare(PostKey key) => key.Id.AsSpan().IndexOfAny(".:@/") < 0 && !Names.Any(name => key.Id.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static bool Begins(IReadOnlyList<PostKey> stems, PostKey key) => stems.Any(stem => stem.Namespace == key.Namespace && key.Id.StartsWith(stem.Id, StringComparison.Ordinal));

    private static IEnumerable<PostKey> StemsOf(Post post) =>
        from name in new[] { post.Author.Id, post.Author.Handle, post.Author.Handle?.TrimStart('@').Split('@')[0] }
        where name is { Length: > 0 }
        let at = $"/{post.Key.Id}".LastIndexOf($"/{name}/", StringComparison.OrdinalIgnoreCase)
        where at >= 0
        select post.Key with { Id = post.Key.Id[..(at + name.Length + 1)] };

    /// <summary>Where somebody else wrote below it, the name is a word of the service's: of "notes@chat.example" in "https://chat.example/notes/9x".</summary>
    private static bool AreTheirsBelow(IStoreView view, PostKey stem, PersonFile person) =>
        view.AuthorsBelow(stem).All(author => person.Mentions.Any(mention => mention.Post.Author.Id == author) || person.Accounts.Any(account => account.Author == author));

    /// <summary>Their cards quote what is reworded.</summary>
    private static IEnumerable<long> CasesThatShow(IEnumerable<Mention> mentions, IStoreView view) =>
        mentions.Where(mention => !mention.Deleted).Select(mention => mention.CaseId).OfType<long>().Distinct().Where(id => view.CaseOf(id) is { Erased: false });

    private static IEnumerable<string> KeysOf(IStoreView view, PersonFile person, IReadOnlyList<PostKey> stems)
    {
        var named = person.SureNames.SelectMany(name => view.KeysNaming(name).Where(key => Erasure.Names(key, name)));
        var begun = stems.Select(stem => CaseKeys.Thread(stem)).Concat(person.Accounts.Select(account => CaseKeys.Author(account.Namespace, account.Author, "")));
        return named.Concat(begun.SelectMany(begin => view.KeysNaming(begin).Where(key => key.Contains(begin, StringComparison.Ordinal)))).Distinct();
    }
}
