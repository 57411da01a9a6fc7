using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>Writes what an event means for a case: its state, its keys, its cards in each room, its pings. All in the given transaction.</summary>
public sealed partial class CaseWriter(IStoreTx tx, DateTimeOffset now, Policy policy)
{
    public const string PrivateRoom = "private";
    public const string ShadowRoom = "shadow";

    /// <summary>A step that can't be taken is looked at again after this; the auditor tells of it.</summary>
    internal static readonly TimeSpan StuckPause = TimeSpan.FromHours(1);

    private readonly HashSet<string> _rooms = [];

    /// <summary>While others only say the same: a thousand copies a minute are no thousand edits.</summary>
    private bool _calmly;
    private readonly Actors _actors = new(tx, policy.Responders);

    /// <summary>Where what happens comes from; kept with each event.</summary>
    public string? Where { get; init; }

    /// <summary>Rooms with something new to show.</summary>
    public IReadOnlySet<string> Rooms => _rooms;

    /// <summary>What is to be listened to without a watch's word as well, once this is durable.</summary>
    public Followed Followed { get; } = new();

    /// <summary>The open case in whose thread this post stands, or null; a real one rather than one on trial.</summary>
    public Case? OfThread(Post post) => Holding(CaseKeys.Threads(post)) ?? Holding(CaseKeys.Threads(post).Select(CaseKeys.OnTrial));

    /// <summary>
    /// The open case that a post belongs to: that of its thread, unless another customer complains there; of the same author's trouble with one of these teams;
    /// of the same text. Or null. What only repeats belongs to what it repeats, whoever else its author is. What was written to us alone joins no case that everyone sees.
    /// </summary>
    public Case? Of(Post post, IReadOnlyList<string> teams, bool complains) =>
        OfOriginal(post) is { } original && (original.Private || !post.Private) && (!original.Shadow || teams.Count == 0 || IsTrial(teams)) ? original
        : (Copies.IsRepost(post) ? OfCopy(post, teams, complains) : OfConversation(post, teams, complains) ?? OfCopy(post, teams, complains)) is { } open && !TakesAway(open, teams) ? open : null;

    private Case? OfConversation(Post post, IReadOnlyList<string> teams, bool complains) =>
        (teams.Count == 0 || IsTrial(teams) ? OfThread(post) : Holding(CaseKeys.Threads(post))) is { } thread && !((complains || thread.HasEnded) && !MayBeCustomer(thread, post)) ? thread
        : Holding(AuthorKeysOf(post, teams)) is { } other && !(other.HasEnded && !MayBeCustomer(other, post)) && (other.Private || !post.Private) ? other
        : OfSamePerson(post, teams);

    /// <summary>Opens a case for a stored mention.</summary>
    /// <param name="to">To whom it goes, where somebody said so or silences leave not all of them; else routes decide.</param>
    public Case Open(Mention mention, IReadOnlyList<string> teams, Responder? by = null, long? splitFrom = null, IReadOnlyList<string>? to = null)
    {
        var (routed, priority) = RouteOf(mention, teams);
        routed = to ?? routed;
        var id = tx.NextCaseId();
        var customer = mention.Post.RepostOf is null ? Customers.FindOrMake(tx, mention.Post) : null;
        var opened = new Opened(id, mention.Id, priority, routed, mention.Posted, now, by)
        {
            For = WhoseTurn(routed[0], mention.Assessment.Lang, id),
            Private = mention.Post.Private,
            Aspect = mention.Assessment.Aspect,
            Shadow = IsTrial(teams),
            SplitFrom = splitFrom,
            Trace = mention.Trace,
            Customer = customer?.Id,
        };
        opened = opened with { Group = by is null ? GroupFor(Case.Open(opened)) : null };
        var @case = Case.Open(opened);
        tx.UpdateMention(mention with { CaseId = @case.Id, Standing = Standing.Case });
        Save(@case, opened, shows: true);
        TakeKeys(@case, mention.Post, [.. teams.Union(routed)]);
        TakeOverCopyKeys(@case, mention.Post, teams);
        Follow(customer);
        WantLookup(mention);
        return @case;
    }

    /// <summary>A stored mention becomes part of an open case.</summary>
    /// <param name="old">Whoever says that it is a complaint knows that more was done since (<see cref="Case.DidMoreSince"/>): it wakes nothing unless it is more urgent.</param>
    /// <param name="to">As where one is opened.</param>
    public void Join(Case open, Mention mention, IReadOnlyList<string> alerting, bool old = false, IReadOnlyList<string>? to = null)
    {
        alerting = TeamsFor(open, alerting);
        var (routed, priority) = RouteOf(mention, alerting);
        routed = to is null ? routed : TeamsFor(open, to);
        var mayBeCustomer = MayBeCustomer(open, mention.Post);
        _calmly = !mayBeCustomer && priority <= open.Priority;
        DateTimeOffset? theirs = mayBeCustomer && !mention.Post.Automatic ? mention.Posted : null;
        var feeling = FeelingOf(open, mention, alerting.Count > 0);

        // Our answer that is heard after their thanks is what they thank for.
        var @case = After(open, Happen(open, new MentionJoined(mention.Id, priority, mention.Assessment.IsComplaint, routed) { TheirWordsAt = old || feeling == Happiness.Happy ? null : theirs }));
        _calmly = false;
        if (!old && theirs is { } wrote && IsNewsFrom(@case))
        {
            @case = After(@case, Happen(@case, new SpokeAgain(mention.Id, HasOurWord(@case) ? feeling : Happiness.Silent, wrote) { Priority = mention.Assessment.IsComplaint ? priority : null }));
        }
        if (@case.IsOpen && mayBeCustomer)
        {
            TakeKeys(@case, mention.Post, [.. @case.Teams.Union(alerting)]);
            WantLookup(mention);
        }
        else if (@case.IsOpen)
        {
            ExpectAnswers(@case, mention.Post);
        }
    }

    /// <summary>Watches of other teams heard a post of the case as well: the rooms to which it goes by them show its card too. It is no voice more.</summary>
    public void ShowTo(Case open, Mention mention, IReadOnlyList<string> alerting, IReadOnlyList<string> to)
    {
        if (to.Except(open.Teams).Any() && Happen(open, new MentionJoined(mention.Id, open.Priority, Complains: false, to)) is Transition.Changed { Case: var shown } && MayBeCustomer(shown, mention.Post))
        {
            TakeKeys(shown, mention.Post, [.. shown.Teams.Union(alerting)]);
        }
    }

    /// <summary>A stored mention of the case was changed by its author. Many answer us so, above all in reviews: anger and thanks that are new count as if they had written again.</summary>
    public void Edit(Case @case, Mention edited, Scoring.Priority priority, bool isAngry, bool isAnew)
    {
        var theirs = edited is { Standing: Standing.Case, Post.Automatic: false } && MayBeCustomer(@case, edited.Post);
        var isAngryAgain = theirs && isAngry;
        var isThanks = theirs && isAnew && HearsTheirWords(@case) && IsClearlyGood(edited.Assessment) && IsCustomer(@case, edited.Post);
        if ((isAngryAgain || isThanks) && IsNewsFrom(@case))
        {
            var feeling = !HasOurWord(@case) ? Happiness.Silent : isThanks ? Happiness.Happy : Happiness.AngryAgain;
            @case = After(@case, Happen(@case, new SpokeAgain(edited.Id, feeling, now) { Priority = priority }));
        }
        Happen(@case, new PostEdited(edited.Id, priority) { TheirWordsAt = isAngryAgain ? now : null });
    }

    /// <summary>The customer has our answer, or their owner waits for theirs, or all is over: what they say now says how they feel about it.</summary>
    private static bool HasOurWord(Case @case) => @case.ServedAt is not null || @case.State == CaseState.Waiting || @case.HasEnded;

    /// <summary>Whoever works on a case that nobody has answered yet sees their further words on its card.</summary>
    private static bool IsNewsFrom(Case @case) => HasOurWord(@case) || @case.SnoozedUntil is not null;

    /// <summary>What answers this post belongs to the case as well; where its service can be asked, it is asked for from now on.</summary>
    public void ExpectAnswers(Case @case, Post post)
    {
        tx.TakeKey(ThreadKey(@case.Teams, post), @case.Id, ThreadHash.Of(post.Key));
        Followed.Threads.Add(ThreadHash.Of(post.Key));
        tx.AskAgain(@case.Id, post.Channel, now + Rereading.PauseAt(@case.FirstSeen, now), now);
    }

    /// <summary>A mention of the case was deleted: when the card quoted it, it goes on with another of the same author, if there is one.</summary>
    public void Forget(Case @case, Mention deleted)
    {
        var next = deleted.Id != @case.FirstMention ? null : tx.MentionsOfCase(@case.Id)
            .FirstOrDefault(m => m.Id != deleted.Id && !m.Deleted && m.Standing == Standing.Case && CaseKeys.MayBeOneAuthor(m.Post, deleted.Post));
        Happen(@case, new PostDeleted(deleted.Id, next?.Id));
    }

    /// <summary>Takes the step whose time has come, or notes when the next one is.</summary>
    public void TakeStepDue(Case @case)
    {
        var next = Agenda.Next(@case, TeamOf(@case), now);
        if (next is null || next.At > now || Happen(@case, new TimeCame(next.Step)) is not Transition.Changed)
        {
            tx.SetDue(@case.Id, next?.At <= now ? now + StuckPause : next?.At, next?.Step);
        }
    }

    public Transition Happen(Case @case, CaseEvent happened)
    {
        var transition = @case.Apply(happened, now);
        if (transition is Transition.Changed changed)
        {
            Save(changed.Case, happened, changed.Shows);
            if (changed.Case.IsOpen != @case.IsOpen)
            {
                HoldKeys(changed.Case);
            }
            if (StandsAlone(changed, happened))
            {
                changed = changed with { Case = Ungroup(changed.Case) };
            }
            if (changed.Case.Priority == Scoring.Priority.Critical && @case.Priority != Scoring.Priority.Critical)
            {
                tx.SayNow($"case:{changed.Case.Id}");
            }
            Say(changed, happened);
            return changed;
        }
        return transition;
    }

    /// <summary>Surely not the customer's.</summary>
    public bool IsOthers(Case @case, Post post) => !MayBeCustomer(@case, post) && !Copies.IsRepost(post);

    /// <summary>Surely not the customer's, below a post of the case.</summary>
    public bool IsBystanders(Case @case, Post post) => IsOthers(@case, post) && post.Follows().Any(key => tx.MentionOf(key)?.CaseId == @case.Id);

    /// <summary>It is surely another customer's, below the case or at its end, where nobody would answer them.</summary>
    public bool OnlyStandsIn(Case @case, Post post) => @case.HasEnded ? IsOthers(@case, post) : IsBystanders(@case, post);

    /// <summary>False for others who answer or repeat the words: they may have troubles of their own. Whose trouble the case holds by their name is not one of them, as when a case that a repost opened was merged into it.</summary>
    private bool MayBeCustomer(Case @case, Post post) =>
        post.RepostOf is null && (IsCustomer(@case, post) || MayHaveBegun(@case, post) || AuthorKeysOf(post, @case.Teams).Any(key => tx.CaseHolding(key) == @case.Id));

    /// <summary>The first post of a case whose author was erased names nobody any more, and is still no one else's.</summary>
    private bool MayHaveBegun(Case @case, Post post) => tx.MentionOf(@case.FirstMention) switch
    {
        null => true,
        { Erased: true } => false,
        { Post: { RepostOf: { } original } } => IsBy(original, post),
        var first => CaseKeys.MayBeOneAuthor(first.Post, post),
    };

    /// <summary>Of a case that a repost opened, the customer is who wrote the original, once that is heard.</summary>
    private bool IsBy(PostKey original, Post post) => post.Key == original || (tx.MentionOf(original) is { } known && CaseKeys.MayBeOneAuthor(known.Post, post));

    private void TakeKeys(Case @case, Post post, IReadOnlyList<string> teams)
    {
        ExpectAnswers(@case, post);
        Followed.Authors.Add(ThreadHash.OfAuthor(post));
        foreach (var key in KeysOf(post, teams))
        {
            tx.TakeKey(key, @case.Id);
        }
    }

    /// <summary>Whose trouble it is, and in which words.</summary>
    private IEnumerable<string> KeysOf(Post post, IReadOnlyList<string> teams) => AuthorKeysOf(post, teams).Concat(CopyKeysOf(teams, post));

    private static IEnumerable<string> AuthorKeysOf(Post post, IReadOnlyList<string> teams) => post.RepostOf is null ? teams.Select(team => CaseKeys.Author(post, team)).OfType<string>() : [];

    /// <summary>Who wrote to us alone has said how to answer.</summary>
    private void WantLookup(Mention mention)
    {
        if (!mention.Post.Private && mention.Post.RepostOf is null)
        {
            tx.WantLookup(mention.Id, now + KnownAuthors.LookAfter);
        }
    }

    /// <summary>An entry of the maybe list changed: its pages are shown anew.</summary>
    public void WantTrayPages(long mention)
    {
        foreach (var page in tx.TrayPagesWith(mention).Select(tx.TrayPageOf).OfType<TrayPage>())
        {
            WantTrayPage(page);
        }
    }

    /// <summary>A card that is no case's is to be shown, or shown anew.</summary>
    public void WantCard(CardKey key)
    {
        tx.WantCard(key, version: null, Scoring.Priority.High, now, now);
        _rooms.Add(key.Room);
    }

    /// <summary>Pages of one list come in their order.</summary>
    public void WantTrayPage(TrayPage page)
    {
        var key = new CardKey($"tray:{page.Id}", page.Team);
        tx.WantCard(key, version: null, Scoring.Priority.Low, now + TimeSpan.FromMilliseconds(page.Page), now);
        _rooms.Add(key.Room);
    }

    private static Case After(Case before, Transition transition) => transition is Transition.Changed changed ? changed.Case : before;

    private Case? Holding(IEnumerable<string> keys) =>
        keys.Select(tx.CaseHolding).OfType<long>().Select(tx.CaseOf).OfType<Case>().FirstOrDefault();

    private void Save(Case @case, CaseEvent happened, bool shows)
    {
        happened = happened with { Where = Where };
        var due = Agenda.Next(@case, TeamOf(@case), now);
        tx.SaveCase(@case with { Due = due?.At, DueStep = due?.Step }, happened, now);
        if (shows)
        {
            WantCards(@case);
        }
        else if (@case.ClaimedAt is not null)
        {
            // More ways to reach them: the thread names them.
            WantThread(@case);
        }
    }

    private void WantCards(Case @case)
    {
        if (@case.Group is not null)
        {
            WantGroup(@case);
            return;
        }
        foreach (var key in KeysOf(@case))
        {
            // Who looks for work is shown all of it before what is done.
            Want(key, @case.Version, @case.HasEnded ? Scoring.Priority.Low : @case.Priority, @case.Posted);
        }
        if (@case.ClaimedAt is not null)
        {
            WantThread(@case);
        }
    }

    /// <summary>Who owns a case works in one place, also when several teams see its card.</summary>
    private void WantThread(Case @case) => Want(new CardKey($"thread:{@case.Id}", RoomsOf(@case)[0]), @case.Version, Scoring.Priority.Low, now);

    private void Want(CardKey key, int version, Scoring.Priority priority, DateTimeOffset posted)
    {
        if (_calmly)
        {
            tx.WantCardCalmly(key, version, priority, posted, now, now + Calm);
        }
        else
        {
            tx.WantCard(key, version, priority, posted, now);
        }
        _rooms.Add(key.Room);
    }

    /// <summary>A case that is open again takes back what nobody else has taken meanwhile.</summary>
    private void HoldKeys(Case @case)
    {
        if (!@case.IsOpen)
        {
            tx.FreeKeys(@case.Id);
            return;
        }
        foreach (var mention in tx.MentionsOfCase(@case.Id))
        {
            TakeKeysAgain(@case, mention, [.. @case.Teams.Union(TeamsFor(@case, mention.Teams))], customers: MayBeCustomer(@case, mention.Post));
        }
        Follow(@case.Customer is { } customer ? tx.CustomerOf(customer) : null);
    }

    /// <summary>Also by the names under which they write elsewhere.</summary>
    private void Follow(Customer? customer) =>
        Followed.Authors.UnionWith((customer?.Accounts ?? []).Select(account => ThreadHash.Of(new PostKey(account.Namespace, account.Author))));

    /// <summary>As when it joined: of our own answers and of others in the thread only what answers them belongs here, not what else they write.</summary>
    private void TakeKeysAgain(Case @case, Mention mention, IReadOnlyList<string> teams, bool customers)
    {
        if (mention.Deleted)
        {
            return;
        }
        if (mention.Standing == Standing.Case && customers)
        {
            TakeKeys(@case, mention.Post, teams);
        }
        else
        {
            ExpectAnswers(@case, mention.Post);
        }
    }

    private Team TeamOf(Case @case) => policy.TeamOf(@case);

    /// <summary>What is private is shown in no team's room, and what is only tried out in a room of its own.</summary>
    internal static IReadOnlyList<string> RoomsOf(Mention maybe) => maybe.Post.Private && !IsTrial(maybe.Teams) ? [PrivateRoom] : maybe.Teams;

    private static IReadOnlyList<string> RoomsOf(Case @case) => @case.Shadow ? [ShadowRoom] : @case.Private ? [PrivateRoom] : @case.Teams;

    /// <summary>People are called in one room only, however many show the card: in that of the team that answers.</summary>
    private CardKey CallingKeyOf(Case @case) => KeysOf(@case).OrderBy(key => key.Room != policy.NameAnswering(@case)).First();

    private static IEnumerable<CardKey> KeysOf(Case @case) => RoomsOf(@case).Select(room => new CardKey($"case:{@case.Id}", room));
}

public static class TrayEntries
{
    /// <summary>The mentions of a page with what was decided, in order.</summary>
    public static IReadOnlyList<(Mention Mention, string? Verdict, Silence? HeldBackBy)> EntriesOf(this IStoreView view, TrayPage page) =>
        [.. page.Mentions.Select(view.MentionOf).OfType<Mention>().Select(mention => (mention, view.TrayVerdictOf(mention.Id), view.SilenceHolding(mention.Id)))];
}
