using System.Globalization;
using ListeningBot.Core.Alerting;
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

    /// <summary>Erases what is known of them now, whatever was known when they were looked for, in short transactions. Done again it finds the rest. What it reached.</summary>
    public static async Task<ErasureCount> EraseAsync(IStore store, PersonFile person, DateTimeOffset now, CancellationToken ct)
    {
        person = await store.ReadAsync(person.Anew, ct);
        (person, var count) = await store.WriteAsync(
            tx =>
            {
                var upToDate = person.UpToDate(tx);
                return (upToDate, ErasePerson(tx, upToDate, now));
            },
            ct);
        var traces = await store.ReadAsync(view => ErasureTraces.Of(view, person), ct);
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
            if (OthersComplaintIn(tx, @case) is { } theirs)
            {
                LeaveToOthers(tx, @case, theirs, count, now);
            }
            else
            {
                EraseCase(tx, @case.Id, count, now);
            }
        }
        foreach (var @case in person.Elsewhere)
        {
            GoOnWith(tx, @case, OthersComplaintIn(tx, @case), now);
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
        foreach (var key in Copies.AddressesOf(mention.Post, Watching.Ours.Nobody).Where(key => tx.CaseHolding(key) == mention.CaseId).Append(CaseKeys.Thread(mention.Post.Key)))
        {
            tx.FreeKey(key);
        }
        ShowListsAnew(tx, mention.Id, count);
        return 1;
    }

    private static void ShowListsAnew(IStoreTx tx, long mention, ErasureCount count)
    {
        count.Lists.UnionWith(ConfigDesk.ShowAnew(tx, mention));
        count.Lists.UnionWith(tx.TrayPagesWith(mention).SelectMany(page => tx.ShowAnew($"tray:{page}", version: null)));
    }

    /// <summary>What somebody else complains of in a case on which people still work, once all that the person wrote there is erased; null: nobody does.</summary>
    private static Mention? OthersComplaintIn(IStoreTx tx, Case @case) => @case.HasEnded ? null : tx.MentionsOfCase(@case.Id)
        .FirstOrDefault(mention => mention is { Deleted: false, Standing: Standing.Case, Assessment.IsComplaint: true, Post: { RepostOf: null, Automatic: false } } && AuthorName.Of(mention.Post) is not null);

    /// <summary>Nobody's complaint is closed because another was forgotten: the case goes on with it, without a word of what was said before.</summary>
    private static void LeaveToOthers(IStoreTx tx, Case @case, Mention theirs, ErasureCount count, DateTimeOffset now)
    {
        @case = GoOnWith(tx, @case, theirs, now);
        if (@case.Customer is { } erased && Customers.FindOrMake(tx, theirs.Post) is { } customer)
        {
            @case = Happen(tx, @case, new CustomerUnited(erased, customer.Id), now);
        }
        Change(tx, @case, [.. tx.EventsOf(@case.Id).Select(happening => happening.Event)], _ => "", new PersonErased(Whole: false), count, now);
        count.Pings += tx.ErasePings($"case:{@case.Id}") + tx.ErasePings($"thread:{@case.Id}");
        count.Lists.UnionWith(ShowGroupAnew(tx, @case));
        count.OthersCases++;
    }

    /// <summary>The card of its group quotes it too.</summary>
    private static IReadOnlyList<CardKey> ShowGroupAnew(IStoreTx tx, Case @case) => @case.Group is { } group ? tx.ShowAnew($"group:{group}", version: null) : [];

    /// <summary>Its card quotes this post from now on, where it quoted what is erased.</summary>
    private static Case GoOnWith(IStoreTx tx, Case @case, Mention? theirs, DateTimeOffset now) =>
        theirs is not null && tx.MentionOf(@case.FirstMention) is { Erased: true } ? Happen(tx, @case, new PostDeleted(@case.FirstMention, theirs.Id), now) : @case;

    private static Case Happen(IStoreTx tx, Case @case, CaseEvent happened, DateTimeOffset now)
    {
        if (@case.Apply(happened, now) is not Transition.Changed changed)
        {
            return @case;
        }
        tx.SaveCase(changed.Case, happened, now);
        return changed.Case;
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
            count.Lists.UnionWith(tx.ShowAnew($"group:{group}", version: null));
        }
        var @case = tx.CaseOf(id)!;
        if (@case.Outcome is not null && @case.ResolvedAt is { } ended)
        {
            count.OthersThreads.UnionWith(tx.ShowThreadsAnew(@case.Aspect, ended));
        }
    }

    private static ErasureCount EraseTraces(IStoreTx tx, PersonFile person, ErasureTraces traces, DateTimeOffset now)
    {
        var count = new ErasureCount();
        string Reword(string text) => person.SureNames.Aggregate(text, (kept, name) => Without(kept, name));
        foreach (var mention in traces.Mentions.Select(tx.MentionOf).OfType<Mention>().Where(mention => !mention.Erased))
        {
            RewordMention(tx, mention, Reword, traces, now);
            ShowListsAnew(tx, mention.Id, count);
            count.OthersPosts++;
        }
        foreach (var key in traces.Keys)
        {
            tx.FreeKey(key);
        }
        foreach (var @case in traces.Cases.Select(tx.CaseOf).OfType<Case>())
        {
            Change(tx, @case, [.. tx.EventsOf(@case.Id).Select(happening => happening.Event)], Reword, new PersonErased(Whole: false), count, now);
            count.Pings += RewordPings(tx, @case.Id, Reword);
            count.Lists.UnionWith(ShowGroupAnew(tx, @case));
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
            count.Cards.UnionWith(tx.ShowAnew($"case:{next.Id}", next.Version));
            count.Threads.UnionWith(tx.ShowAnew($"thread:{next.Id}", next.Version));
        }
    }

    /// <summary>What only repeats a post of theirs holds their words and leads to it: of that stays who repeated it, and when.</summary>
    private static void RewordMention(IStoreTx tx, Mention mention, Func<string, string> reword, ErasureTraces traces, DateTimeOffset now)
    {
        var repeats = mention.Post.RepostOf is { } original && traces.AreTheirs(original);
        var reworded = Reworded(mention.Post, reword, traces);
        tx.UpdateMention(mention with { Post = repeats ? reworded with { Url = null } : reworded });
        if (repeats)
        {
            tx.BlankMention(mention.Id, now);
        }
    }

    /// <summary>What was told to somebody beside the card of another's case, and names them. How many there were.</summary>
    private static int RewordPings(IStoreTx tx, long id, Func<string, string> reword)
    {
        var naming = new[] { $"case:{id}", $"thread:{id}" }.SelectMany(tx.PingsOf).Where(ping => reword(ping.Text) != ping.Text).ToList();
        foreach (var ping in naming)
        {
            tx.RewordPing(ping.Id, reword(ping.Text));
            tx.TakePingBack(ping.Id);
        }
        return naming.Count;
    }

    /// <summary>Many services write into a post's key who wrote it: a print of the key says no less to this program.</summary>
    private static Post Reworded(Post post, Func<string, string> reword, ErasureTraces traces)
    {
        PostKey? Key(PostKey? key) => key is not null && (traces.AreTheirs(key) || reword(key.Id) != key.Id) ? ErasedPost.KeyOf(key) : key;

        // By its number others' open cases are read again; a print can't be asked for.
        PostKey? ThreadKey(PostKey? key) => key is not null && traces.IsBare(key) ? key : Key(key);
        return post with
        {
            Text = reword(post.Text),
            Title = post.Title is { } title ? reword(title) : null,
            Place = post.Place is { } place ? reword(place) : null,
            Url = post.Url is { } url && reword(url) == url ? url : null,
            Links = post.Links?.Where(link => reword(link) == link).ToList(),
            InReplyTo = Key(post.InReplyTo),
            Thread = ThreadKey(post.Thread),
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
}
