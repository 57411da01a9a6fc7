using System.Globalization;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// A person's right to be forgotten. Of their cases stays that there was one, when, and how it ended. Others' words stay, without what surely names this person.
/// What is shown of it in rooms is wanted anew.
/// </summary>
public static class Erasure
{
    private const string InTheirPlace = "[erased]";

    /// <summary>Erases what is known of them now, in short transactions. Done again it finds the rest. What it reached.</summary>
    public static async Task<ErasureCount> EraseAsync(IStore store, PersonFile person, DateTimeOffset now, CancellationToken ct)
    {
        var count = await store.WriteAsync(tx => ErasePerson(tx, person, now), ct);
        var traces = await store.ReadAsync(view => Traces.Of(view, person), ct);
        return count.And(await store.WriteAsync(tx => EraseTraces(tx, person, traces, now), ct));
    }

    private static ErasureCount ErasePerson(IStoreTx tx, PersonFile person, DateTimeOffset now)
    {
        var count = new ErasureCount();
        foreach (var mention in person.Mentions)
        {
            count.Posts += EraseMention(tx, mention, count, now);
        }
        foreach (var key in from account in person.Accounts from team in person.Cases.Concat(person.Elsewhere).SelectMany(@case => @case.Teams).Distinct() select CaseKeys.Author(account.Namespace, account.Author, team))
        {
            tx.FreeKey(key);
        }
        foreach (var @case in person.Cases)
        {
            EraseCase(tx, @case.Id, count, now);
        }
        count.DeadLetters += person.Aside.Count(item => tx.EraseAside(item.Id)) + person.Accounts.Sum(account => tx.EndDeadOfAuthor(account.Namespace, account.Author));
        foreach (var sampled in person.Sampled)
        {
            tx.RemoveSampled(sampled.Post.Key);
            count.Sampled++;
        }
        if (person.Mentions is [var first, ..])
        {
            count.Answers += tx.EraseAnswersSince(first.FirstSeen);
        }
        if (person.Customer is { } customer)
        {
            tx.DeleteCustomer(customer.Id);
            count.Customers++;
        }
        return count;
    }

    /// <summary>1, or 0 when it was erased before.</summary>
    private static int EraseMention(IStoreTx tx, Mention mention, ErasureCount count, DateTimeOffset now)
    {
        if (mention.Erased)
        {
            return 0;
        }
        count.Contacts += tx.ContactsIn(mention.Id).Count;
        tx.EraseMention(mention.Id, now);
        foreach (var key in Copies.AddressesOf(mention.Post).Where(key => tx.CaseHolding(key) == mention.CaseId).Append(CaseKeys.Thread(mention.Post.Key)))
        {
            tx.FreeKey(key);
        }
        count.Lists += ConfigDesk.ShowAnew(tx, mention.Id);
        foreach (var page in tx.TrayPagesWith(mention.Id))
        {
            count.Lists += tx.ShowAnew($"tray:{page}", version: null);
        }
        return 1;
    }

    private static void EraseCase(IStoreTx tx, long id, ErasureCount count, DateTimeOffset now)
    {
        var happenings = tx.EventsOf(id);
        count.Cases++;
        count.Events += happenings.Count;
        count.Notes += happenings.Count(happening => happening.Event is Noted);
        Change(tx, tx.CaseOf(id)!, [.. happenings.Select(happening => happening.Event)], _ => "", new PersonErased(Whole: true), count, now);
        tx.FreeKeys(id);
        foreach (var answer in tx.MentionsOfCase(id).Where(mention => mention.Standing == Standing.Ours))
        {
            count.OurAnswers += EraseMention(tx, answer, count, now);
        }
        count.Pings += tx.ErasePings($"case:{id}") + tx.ErasePings($"thread:{id}");
        foreach (var group in happenings.Select(happening => (happening.Event as Opened)?.Group).OfType<long>())
        {
            count.Lists += tx.ShowAnew($"group:{group}", version: null);
        }
        var @case = tx.CaseOf(id)!;
        if (@case.Outcome is not null && @case.ResolvedAt is { } ended)
        {
            count.OthersThreads += tx.ShowThreadsAnew(@case.Aspect, ended);
        }
    }

    private static ErasureCount EraseTraces(IStoreTx tx, PersonFile person, Traces traces, DateTimeOffset now)
    {
        var count = new ErasureCount();
        string Reword(string text) => person.SureNames.Aggregate(text, (kept, name) => Without(kept, name));
        foreach (var mention in traces.Mentions.Select(tx.MentionOf).OfType<Mention>().Where(mention => !mention.Deleted))
        {
            tx.UpdateMention(mention with { Post = Reworded(mention.Post, Reword, traces.Posts) });
            count.OthersPosts++;
        }
        foreach (var id in traces.Cases)
        {
            Change(tx, tx.CaseOf(id)!, [.. tx.EventsOf(id).Select(happening => happening.Event)], Reword, new PersonErased(Whole: false), count, now);
            count.OthersCases++;
        }
        foreach (var customer in traces.Customers.Select(tx.CustomerOf).OfType<Customer>())
        {
            tx.SaveCustomer(customer with { Accounts = [.. customer.Accounts.Select(account => Unlinked(account, person))] });
        }
        foreach (var name in person.SureNames)
        {
            count.Contacts += tx.EraseContactsNaming(name);
            count.Silences += tx.EraseSilencesNaming(name, now);
        }
        return count;
    }

    private static void Change(IStoreTx tx, Case @case, IReadOnlyList<CaseEvent> events, Func<string, string> reword, PersonErased erased, ErasureCount count, DateTimeOffset now)
    {
        var reworded = Cases.Reworded.With(@case, reword);

        // Nobody can tell whose words they hold.
        tx.RemoveUnreadableEvents(@case.Id, _ => true);
        tx.Reword(reworded, [.. events.Select(happened => Cases.Reworded.With(happened, reword))]);
        if (reworded.Apply(erased, now) is Transition.Changed changed)
        {
            var next = changed.Case.IsOpen ? changed.Case : changed.Case with { Due = null, DueStep = null };
            tx.SaveCase(next, erased, now);
            count.Cards += tx.ShowAnew($"case:{next.Id}", next.Version);
            count.Threads += tx.ShowAnew($"thread:{next.Id}", next.Version);
        }
    }

    private static Post Reworded(Post post, Func<string, string> reword, IReadOnlySet<PostKey> erased)
    {
        PostKey? Key(PostKey? key) => key is not null && erased.Contains(key) ? ErasedPost.KeyOf(key) : key;
        return post with
        {
            Text = reword(post.Text),
            Title = post.Title is { } title ? reword(title) : null,
            Links = post.Links?.Where(link => reword(link) == link).ToList(),
            InReplyTo = Key(post.InReplyTo),
            Thread = Key(post.Thread),
            Between = post.Between is { } between ? [.. between.Select(key => Key(key)!)] : null,
            RepostOf = Key(post.RepostOf),
        };
    }

    private static CustomerAccount Unlinked(CustomerAccount account, PersonFile person)
    {
        bool IsTheirs(string address) => person.Accounts.Any(own => own.Addresses.Contains(address));
        return account with { Links = [.. account.Links.Where(link => !IsTheirs(link))], Pages = [.. account.Pages.Where(page => !IsTheirs(page))] };
    }

    /// <summary>The text without this name, where it stands as a word of its own.</summary>
    private static string Without(string text, string name)
    {
        for (var at = Next(text, name, 0); at >= 0; at = Next(text, name, at + 1))
        {
            text = string.Concat(text.AsSpan(0, at), InTheirPlace, text.AsSpan(at + name.Length));
        }
        return text;
    }

    /// <summary>Whether this name stands there as a word of its own: "anna" does not in "banana".</summary>
    public static bool Names(string text, string name) => Next(text, name, 0) >= 0;

    /// <summary>Where it stands next; -1: nowhere.</summary>
    private static int Next(string text, string name, int from)
    {
        for (var at = text.IndexOf(name, from, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !IsPart(text[at - 1])) && (at + name.Length == text.Length || !IsPart(text[at + name.Length])))
            {
                return at;
            }
        }
        return -1;
    }

    /// <summary>Scripts without capitals are often written without spaces, or with what belongs to the next word: their letters join no word, so that nobody is left standing.</summary>
    private static bool IsPart(char c) => c == '_' || (char.IsLetterOrDigit(c) && char.GetUnicodeCategory(c) != UnicodeCategory.OtherLetter);

    /// <summary>Where others' words, or what was told to somebody, name the person.</summary>
    private sealed record Traces(IReadOnlyList<long> Mentions, IReadOnlyList<long> Cases, IReadOnlyList<long> Customers, IReadOnlySet<PostKey> Posts)
    {
        public static Traces Of(IStoreView view, PersonFile person)
        {
            var posts = person.Mentions.Select(mention => mention.Post.Key).ToHashSet();
            var shared = person.Cases.Concat(person.Elsewhere).SelectMany(@case => view.MentionsOfCase(@case.Id)).Where(mention => Answers(mention.Post, posts));
            var named = person.SureNames.SelectMany(view.MentionsNaming);
            var cases = person.SureNames.SelectMany(view.CasesNaming).Concat(person.Elsewhere.Select(@case => @case.Id));
            return new Traces(
                [.. named.Concat(shared).Where(mention => !mention.Deleted).Select(mention => mention.Id).Distinct()],
                [.. cases.Distinct().Where(id => view.CaseOf(id) is { Erased: false })],
                [.. person.SureNames.SelectMany(view.CustomersNaming).Select(customer => customer.Id).Distinct()],
                posts);
        }

        private static bool Answers(Post post, HashSet<PostKey> posts) => post.Follows().Append(post.RepostOf).OfType<PostKey>().Any(posts.Contains);
    }
}
