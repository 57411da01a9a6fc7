using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Writes what an event means for a case: its state, its keys, its cards in each room, its pings. All in the given transaction.</summary>
public sealed class CaseWriter(IStoreTx tx, DateTimeOffset now)
{
    private readonly HashSet<string> _rooms = [];

    /// <summary>Rooms with something new to show.</summary>
    public IReadOnlySet<string> Rooms => _rooms;

    /// <summary>The open case in whose thread this post stands, or null.</summary>
    public Case? OfThread(Post post) => Holding(CaseKeys.Threads(post));

    /// <summary>
    /// The open case that a post belongs to: that of its thread, unless another customer complains there; of the same author's trouble with one of these teams;
    /// of the same text. Or null.
    /// </summary>
    public Case? Of(Post post, IReadOnlyList<string> teams, bool complains) =>
        OfThread(post) is { } thread && !(complains && !MayBeCustomer(thread, post)) ? thread
        : Holding(teams.Select(team => CaseKeys.Author(post, team)).Append(CaseKeys.Text(post)).OfType<string>());

    /// <summary>Opens a case for a stored mention.</summary>
    public Case Open(Mention mention, IReadOnlyList<string> teams, Responder? by = null)
    {
        var opened = new Opened(tx.NextCaseId(), mention.Id, mention.Assessment.Priority, teams, mention.Posted, now, by);
        var @case = Case.Open(opened);
        tx.UpdateMention(mention with { CaseId = @case.Id, Standing = Standing.Case });
        Save(@case, opened);
        TakeKeys(@case.Id, mention.Post, teams);
        return @case;
    }

    /// <summary>A stored mention becomes part of an open case.</summary>
    public void Join(Case open, Mention mention, IReadOnlyList<string> alerting)
    {
        Happen(open, new MentionJoined(mention.Id, mention.Assessment.Priority, mention.Assessment.IsComplaint, alerting));
        if (MayBeCustomer(open, mention.Post))
        {
            TakeKeys(open.Id, mention.Post, open.Teams.Union(alerting));
        }
        else
        {
            ExpectAnswers(open.Id, mention.Post);
        }
    }

    /// <summary>What answers this post belongs to the case as well.</summary>
    public void ExpectAnswers(long caseId, Post post) => tx.TakeKey(CaseKeys.Thread(post.Key), caseId, ThreadHash.Of(post.Key));

    /// <summary>A mention of the case was deleted: when the card quoted it, it goes on with another of the same author, if there is one.</summary>
    public void Forget(Case @case, Mention deleted)
    {
        var next = deleted.Id != @case.FirstMention ? null : tx.MentionsOfCase(@case.Id)
            .FirstOrDefault(m => m.Id != deleted.Id && !m.Deleted && m.Standing == Standing.Case && CaseKeys.MayBeOneAuthor(m.Post, deleted.Post));
        Happen(@case, new PostDeleted(deleted.Id, next?.Id));
    }

    public Transition Happen(Case @case, CaseEvent happened)
    {
        var transition = @case.Apply(happened, now);
        if (transition is Transition.Changed changed)
        {
            Save(changed.Case, happened);
            Ping(changed);
            if (!changed.Case.IsOpen && @case.IsOpen)
            {
                tx.FreeKeys(@case.Id);
            }
        }
        return transition;
    }

    /// <summary>False for others who answer or repeat the words: they may have troubles of their own.</summary>
    private bool MayBeCustomer(Case @case, Post post) => tx.MentionOf(@case.FirstMention) is not { } first || CaseKeys.MayBeOneAuthor(first.Post, post);

    private void TakeKeys(long caseId, Post post, IEnumerable<string> teams)
    {
        ExpectAnswers(caseId, post);
        IEnumerable<string?> keys = [CaseKeys.Text(post), .. teams.Select(team => CaseKeys.Author(post, team))];
        foreach (var key in keys.OfType<string>())
        {
            tx.TakeKey(key, caseId);
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

    /// <summary>Pages of one list come in their order.</summary>
    public void WantTrayPage(TrayPage page)
    {
        var key = new CardKey($"tray:{page.Id}", page.Team);
        tx.WantCard(key, version: null, Scoring.Priority.Low, now + TimeSpan.FromMilliseconds(page.Page), now);
        _rooms.Add(key.Room);
    }

    private Case? Holding(IEnumerable<string> keys) =>
        keys.Select(tx.CaseHolding).OfType<long>().Select(tx.CaseOf).FirstOrDefault();

    private void Save(Case @case, CaseEvent happened)
    {
        tx.SaveCase(@case, happened, now);
        foreach (var key in KeysOf(@case))
        {
            tx.WantCard(key, @case.Version, @case.Priority, @case.Posted, now);
            _rooms.Add(key.Room);
        }
    }

    private void Ping(Transition.Changed changed)
    {
        if (changed.WithdrawPings)
        {
            tx.WithdrawPings($"case:{changed.Case.Id}");
        }
        if (changed.Ping is { } text)
        {
            foreach (var key in KeysOf(changed.Case))
            {
                tx.WantPing(key, "unclaimed", text, now);
            }
        }
    }

    private static IEnumerable<CardKey> KeysOf(Case @case) => @case.Teams.Select(team => new CardKey($"case:{@case.Id}", team));
}

public static class TrayEntries
{
    /// <summary>The mentions of a page with what was decided, in order.</summary>
    public static IReadOnlyList<(Mention Mention, string? Verdict)> EntriesOf(this IStoreView view, TrayPage page) =>
        [.. page.Mentions.Select(id => (view.MentionOf(id), view.TrayVerdictOf(id))).Where(e => e.Item1 is not null).Select(e => (e.Item1!, e.Item2))];
}
