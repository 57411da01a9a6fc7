using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>What recording a harvest did.</summary>
/// <param name="Rooms">Rooms with something new to show.</param>
public sealed record Recorded(int Mentions, int Cases, int Tray, IReadOnlySet<string> Rooms)
{
    /// <summary>The traces of what became a mention, by their first spans, each with that of the case which it joined.</summary>
    public IReadOnlyDictionary<string, string?> Traces { get; init; } = new Dictionary<string, string?>();

    /// <summary>Complaints not heard because by their date they may have been forgotten; of one with a wrong date that is not so.</summary>
    public int PassedOver { get; init; }
}

/// <summary>Records a harvest: mentions, cases, wanted cards and the cursor, all in the one transaction that it is given.</summary>
public sealed partial class Recorder(IStoreTx tx, string channel, DateTimeOffset now, Policy policy)
{
    private const string TurnedByAuthor = "edited by its author: now a case";
    private const double AnotherMeaning = 0.2;

    private readonly CaseWriter _cases = new(tx, now, policy) { Where = channel };
    private readonly HashSet<string> _opsRooms = new(StringComparer.Ordinal);
    private BatchClock? _clock;
    private bool _firstContact;
    private Silences? _silences;
    private readonly Dictionary<string, string?> _traces = [];
    private int _mentions;
    private int _opened;
    private int _tray;
    private int _passedOver;

    public static Recorded Record(IStoreTx tx, Harvest harvest, Policy policy, DateTimeOffset now)
    {
        var recorder = new Recorder(tx, harvest.Channel, now, policy) { _clock = harvest.Clock, _firstContact = harvest.FirstContact };
        foreach (var heard in harvest.Heard)
        {
            recorder.Hear(heard, harvest.FirstContact);
        }
        foreach (var (kind, key) in harvest.Gone)
        {
            recorder.Forget(kind, key);
        }
        foreach (var chosen in harvest.Unmatched)
        {
            recorder.Sample(chosen);
        }
        if (harvest.Gap is { } gap)
        {
            Ledger.Add(tx, harvest.Channel, gap, now);
        }
        foreach (var item in harvest.Aside)
        {
            tx.AddDead(DeadLetters.Of(harvest.Channel, item), now);
        }
        if (harvest.Next is { } next)
        {
            tx.MoveCursor(harvest.Channel, next, now);
        }
        return new Recorded(recorder._mentions, recorder._opened, recorder._tray, recorder._cases.Rooms.Union(recorder._opsRooms).ToHashSet(StringComparer.Ordinal)) { Traces = recorder._traces, PassedOver = recorder._passedOver };
    }

    private void Hear(Heard heard, bool firstContact)
    {
        if (Canaries.Hear(tx, heard, [.. Alerting(heard).Select(watch => watch.Name)], now) is { } opsRooms)
        {
            _opsRooms.UnionWith(opsRooms);
            return;
        }
        heard = UnderAKeyOfItsOwn(heard);
        if (tx.MentionOf(heard.Post.Key) is { } known)
        {
            if ((heard.Kind == ChangeKind.Edited || IsSaidLater(known.Post, heard)) && !known.Deleted && SaysElse(known.Post, heard.Post))
            {
                Edit(known, heard);
            }
            else if (heard.ByUs && known is { Deleted: false, Standing: not Standing.Ours })
            {
                TurnsOutOurs(known, heard);
            }
            else if (HearsMore(known, heard))
            {
                HearAgain(known, heard);
            }
            return;
        }
        if (heard.Post.RepostOf is { } original && (heard.ByUs || !CountsAsVoice(heard.Post, original)))
        {
            return;
        }
        if (heard is { ByUs: false, Post.AnswersNobody: true } && _cases.AnsweredBy(heard.Post) is not (null or { Standing: Standing.Baseline, Deleted: false }))
        {
            // What a colleague passes on, we have; of what was only remembered nobody heard.
            return;
        }
        var thread = _cases.OfThread(heard.Post);
        if (heard.ByUs)
        {
            HearOurselves(heard, thread);
        }
        else if (thread is null && MayBeForgotten(heard.Post))
        {
            // Not into the maybe tray: what was judged, or erased at somebody's wish, would come back with each reading of an old source.
            _passedOver += Complains(heard) ? 1 : 0;
        }
        else if (thread is not null || heard.Watches.Count > 0 || SpokenOf(heard) is not null || GoesOnWith(heard) is not null)
        {
            HearCustomer(heard, firstContact);
        }
        else if (heard.Kind == ChangeKind.Edited)
        {
            tx.ChangeSampled(heard.Post);
        }
    }

    /// <summary>So old that it may have been kept once and forgotten by its age: it is not heard as something new. A channel that we read for a shorter time has nothing that was forgotten so.</summary>
    private bool MayBeForgotten(Post post) =>
        policy.Retention.KnownFrom(now) is { } horizon && post.Posted < horizon && tx.FirstContactOf(channel) < horizon;

    /// <summary>Some web forms send every letter under one and the same id: what somebody else wrote, or wrote at another time, with other words, is another letter.</summary>
    private Heard UnderAKeyOfItsOwn(Heard heard)
    {
        var post = heard.Post;
        return heard is { Kind: ChangeKind.Added, ByUs: false } && post.Private && tx.MentionOf(post.Key) is { } known && IsAnotherLetter(known, post)
            ? heard with { Post = post with { Key = KeyOfItsOwn(post.Key, post) } }
            : heard;
    }

    internal static PostKey KeyOfItsOwn(PostKey shared, Post post) => shared with { Id = $"{shared.Id}#{ThreadHash.Of(new PostKey($"{post.Author.Id} {post.Posted:O}", post.Text)):x16}" };

    /// <summary>Of one that was deleted or erased only its time is left to compare: the very same letter stays forgotten. Other senders may give a post another time with each delivery, and call it mail.</summary>
    private static bool IsAnotherLetter(Mention known, Post post) => known.Deleted
        ? post.Key.Namespace.StartsWith("mail:", StringComparison.Ordinal) && !IsOneTime(known.Post.Posted, post.Posted)
        : AreTwo(known.Post, post);

    /// <summary>Two letters under one id: other words, and another author or time.</summary>
    internal static bool AreTwo(Post known, Post post) => SaysElse(known, post) && (known.Author.Id != post.Author.Id || !IsOneTime(known.Posted, post.Posted));

    /// <summary>What is stored has whole milliseconds.</summary>
    private static bool IsOneTime(DateTimeOffset? known, DateTimeOffset? told) => known?.ToUnixTimeMilliseconds() == told?.ToUnixTimeMilliseconds();

    /// <summary>A repost of what is known and has no open case says nothing new: a human judged it, it waits to be judged, or it is over.</summary>
    private bool CountsAsVoice(Post repost, PostKey original) => _cases.OfOriginal(repost) is not null || tx.MentionOf(original) is null;

    /// <summary>Our own posts open nothing; our answer in a thread of an open case marks it answered, at its true time, unless it is for somebody else there. What a machine of ours sent answers nobody, nor what goes among ourselves.</summary>
    private void HearOurselves(Heard heard, Case? thread)
    {
        if (thread is null || heard.Post is { Automatic: true } or { AnswersNobody: true })
        {
            return;
        }
        var answer = Mention(heard, Standing.Ours) with { CaseId = thread.Id };
        tx.AddMention(answer);
        _cases.Answer(thread, answer);
    }

    /// <summary>Our answer came as a copy to our own inbox before it was read where we send from.</summary>
    private void TurnsOutOurs(Mention known, Heard heard)
    {
        if (heard.Post is { Automatic: true } or { AnswersNobody: true } || _cases.OfThread(heard.Post) is not { } thread || known.CaseId != thread.Id)
        {
            return;
        }
        var ours = known with { Post = heard.Post, Standing = Standing.Ours };
        tx.UpdateMention(ours);
        _cases.Answer(thread, ours);
    }

    private void HearCustomer(Heard heard, bool firstContact)
    {
        if (firstContact && IsBaseline(heard.Post))
        {
            Store(Mention(heard, Standing.Baseline));
        }
        else if (CaseOf(heard) is { } open)
        {
            Join(open, Store(_cases.WithEvidence(Mention(heard, Standing.Case) with { CaseId = open.Id }, open), open.Trace), heard);
        }
        else if (Complains(heard))
        {
            HearComplaint(heard, firstContact);
        }
        else
        {
            Maybe(heard);
        }
    }

    private void HearComplaint(Heard heard, bool firstContact)
    {
        var mention = _cases.WithEvidence(Mention(heard, Standing.Case), joins: null);
        if (Alerted(heard, mention).Silence is { } silence)
        {
            tx.HoldBack(Maybe(heard).Id, silence.Id);
        }
        else if (firstContact && heard.Post.Posted is null)
        {
            // Of what has no date nobody knows how old it is: at first contact a whole source of it would flood the room.
            Maybe(heard);
        }
        else
        {
            var trial = CaseWriter.IsTrial(Teams(heard)) ? null : _cases.TrialOf(heard.Post);
            var stored = Store(mention);
            Open(stored, heard);
            if (trial is not null && tx.MentionOf(stored.Id)?.CaseId is { } own)
            {
                _cases.EndTrial(trial.Id, goesOnAs: own);
            }
        }
    }

    /// <summary>Whose own case has ended speaks of that one, also where it was told below another customer's open one.</summary>
    private Case? CaseOf(Heard heard) => _cases.Of(heard.Post, Teams(heard), Complains(heard)) is { } open
        ? (_cases.IsOthers(open, heard.Post) ? SpokenOf(heard) : null) ?? open
        : SpokenOf(heard) ?? GoesOnWith(heard);

    private Case? SpokenOf(Heard heard) => _cases.SpokenOf(heard.Post, heard.Assessment, aboutUs: heard.Watches.Any(watch => !watch.Shadow));

    /// <summary>What no watch matched may still be its customer's next word on an open case.</summary>
    private Case? GoesOnWith(Heard heard) => heard.Watches.Count > 0 ? null : _cases.GoesOnWith(heard.Post, heard.Assessment);

    private Mention Maybe(Heard heard)
    {
        var maybe = Store(Mention(heard, Standing.Tray));
        tx.AddToTray(maybe.Id, CaseWriter.RoomsOf(maybe), maybe.Assessment.Complaint, now);
        _tray++;
        return maybe;
    }

    /// <summary>Sources tell again what nobody changed, above all when they are asked: nothing is written for it.</summary>
    private static bool SaysElse(Post known, Post told) => (known.Text, known.Title, known.Stars) != (told.Text, told.Title, told.Stars);

    /// <summary>Of what its author changed long after, a channel may not know any more that it had read it, and tells it as new: an edit where its time is that of the change (a review in an app store).</summary>
    private static bool IsSaidLater(Post known, Heard heard) =>
        heard is { ByUs: false, Post: { Private: false } told } && told.Channel == known.Channel && told.Posted - known.Posted >= TimeSpan.FromSeconds(1)
        && AuthorName.Of(told) is { } author && author == AuthorName.Of(known);

    private void Edit(Mention known, Heard heard)
    {
        var edited = known with { Post = heard.Post with { Author = heard.Post.Author.Or(known.Post.Author) }, Assessment = heard.Assessment };
        var @case = known.CaseId is { } id ? tx.CaseOf(id) : null;
        edited = heard.ByUs ? edited : _cases.WithEvidence(edited, @case);
        var isAnew = SaysAnew(edited, known);
        edited = SaysOtherwise(edited, known) ? edited with { RewrittenAt = now } : edited;
        tx.UpdateMention(edited);
        var isTheirs = @case is not null && known.Standing == Standing.Case && !heard.ByUs;
        if (isTheirs && LeavesTrial(@case!, known, edited, heard))
        {
            LeaveTrial(@case!, SaidNow(edited, heard), heard, TurnedByAuthor);
            return;
        }
        if (isTheirs && Complains(heard) && (SpeaksUp(edited, known) || IsHeardAnew(known, heard)) && _cases.OnlyStandsIn(@case!, edited.Post))
        {
            Leave(@case!, SaidNow(edited, heard), heard, TurnedByAuthor);
            return;
        }
        if (@case is not null)
        {
            // Before the edit calls anybody: a watch's team may have another name than when the case was opened.
            var hasOthers = isTheirs && !@case.Shadow && (IsHeardAnew(known, heard) || heard.Watches.Any(watch => !watch.Shadow && !@case.Teams.Contains(watch.Team)));
            if (hasOthers && (!@case.HasEnded || SpeaksUp(edited, known)))
            {
                ShowToOthers(@case, ByBoth(edited, heard), heard);
                @case = tx.CaseOf(@case.Id) ?? @case;
            }
            _cases.Edit(@case, edited, SoundsMoreUrgent(edited, known) && !heard.ByUs ? edited.Assessment.Priority : Priority.Low, isAngry: edited.Assessment.IsComplaint && !heard.ByUs && SpeaksUp(edited, known), isAnew: isAnew && !heard.ByUs);
            if (hasOthers && @case.HasEnded && tx.CaseOf(@case.Id) is { HasEnded: false } its)
            {
                ShowToOthers(its, ByBoth(edited, heard), heard);
            }
            return;
        }
        if (!heard.ByUs && Complains(heard) && (known.Standing == Standing.Tray || (known.Standing is Standing.Baseline or Standing.Dismissed && SpeaksUp(edited, known))))
        {
            Rise(SaidNow(edited, heard), heard, TurnedByAuthor);
        }
        else if (!heard.ByUs && known.Standing == Standing.Tray && IsHeardAnew(known, heard))
        {
            WaitAgain(ByBoth(edited, heard));
        }
        _cases.WantTrayPages(known.Id);
    }

    /// <summary>A real watch hears it now. What people called no complaint stays so, unless it says another thing that alerts.</summary>
    private static bool LeavesTrial(Case @case, Mention known, Mention edited, Heard heard) =>
        @case.Shadow && IsHeardAnew(known, heard) && (!WasDismissed(@case, known) || (Complains(heard) && SpeaksUp(edited, known)));

    /// <summary>A real watch hears it that had not heard it, or on trial only.</summary>
    private static bool IsHeardAnew(Mention known, Heard heard) => heard.Watches.Any(watch => !watch.Shadow && (CaseWriter.IsTrial(known.Teams) || !known.Watches.Contains(watch.Name)));

    /// <summary>It is heard as if it came now, as when who only stood in the thread of a case complains there.</summary>
    private void Leave(Case left, Mention mention, Heard heard, string verdict)
    {
        Rise(_cases.TakeOut(left, mention), heard, verdict);
        if (tx.MentionOf(mention.Id)?.CaseId is { } id && id != left.Id && tx.CaseOf(id) is { } own)
        {
            _cases.Happen(left, new SplitOff(By: null, mention.Id, id, left.FirstMention));
            _cases.TakeAnswersAlong(left, mention, own);
        }
    }

    /// <summary>What is said now was not there before: it waits since now, for who listens to it now.</summary>
    private Mention SaidNow(Mention edited, Heard heard)
    {
        var said = Mention(heard, edited.Standing);
        return edited with
        {
            Posted = heard.Post.Posted - edited.Posted >= TimeSpan.FromSeconds(1) ? said.Posted : now,
            Watches = said.Watches,
            OnTrial = said.OnTrial,
            Found = said.Found,
            Teams = said.Teams,
        };
    }

    /// <param name="verdict">What the maybe lists that have it say of it from now on.</param>
    private void Rise(Mention mention, Heard heard, string verdict)
    {
        if (!Complains(heard))
        {
            WaitAgain(mention);
        }
        else if (Alerted(heard, mention).Silence is { } silence)
        {
            WaitAgain(mention);
            tx.HoldBack(mention.Id, silence.Id);
        }
        else
        {
            tx.DecideTray(mention.Id, verdict, now);
            LeaveTray(mention, heard);
        }
    }

    /// <summary>For the teams that hear it now, and as if it had never been decided.</summary>
    private void WaitAgain(Mention mention)
    {
        if (mention.Standing != Standing.Tray)
        {
            _cases.WantTrayPages(mention.Id);
            tx.Unlist(mention.Id);
        }
        tx.UpdateMention(mention with { Standing = Standing.Tray });
        tx.AddToTray(mention.Id, CaseWriter.RoomsOf(mention), mention.Assessment.Complaint, now);
    }

    private void LeaveTray(Mention mention, Heard heard)
    {
        if (_cases.Of(heard.Post, mention.Teams, complains: true) is { } open)
        {
            tx.UpdateMention(mention with { CaseId = open.Id, Standing = Standing.Case });
            Join(open, mention, heard);
        }
        else
        {
            Open(mention, heard);
        }
    }

    private void Open(Mention mention, Heard heard)
    {
        var (teams, to, _) = Alerted(heard, mention);
        _cases.Open(mention, teams, to: to);
        _opened++;
    }

    /// <summary>An answer that names nobody belongs to those who have the case, not to the first watch besides.</summary>
    private void Join(Case open, Mention mention, Heard heard)
    {
        var (teams, to, _) = Alerted(heard, mention);
        if (heard.ByAddress)
        {
            (teams, to) = (to.Count > 0 ? open.Teams : [], []);
        }
        _cases.Join(open, mention, teams, to: to);
    }

    /// <summary>What is older than our first contact would never have been an alert.</summary>
    private void Sample(Chosen chosen)
    {
        if (!(_firstContact && IsBaseline(chosen.Post)) && tx.MentionOf(chosen.Post.Key) is null)
        {
            tx.AddSampled(chosen.Post, chosen.Weight, now);
        }
    }

    private void Forget(ChangeKind kind, PostKey key)
    {
        if (kind == ChangeKind.AuthorGone)
        {
            tx.RemoveSampledOfAuthor(key.Namespace, key.Id);
            tx.EndDeadOfAuthor(key.Namespace, key.Id);
        }
        else
        {
            tx.RemoveSampled(key);
            tx.EndDead(DeadWork.RefOf(key));
        }
        var gone = kind == ChangeKind.AuthorGone
            ? tx.MentionsOfAuthor(key.Namespace, key.Id)
            : tx.MentionOf(key) is { } one ? [one] : [];
        foreach (var mention in gone.Where(m => !m.Deleted))
        {
            tx.BlankMention(mention.Id, now);
            Deletion.RemoveQuotes(tx, mention);
            if (mention.CaseId is { } id && tx.CaseOf(id) is { } @case)
            {
                _cases.Forget(@case, mention);
            }
            _cases.WantTrayPages(mention.Id);
        }
    }

    internal static string TeamOf(Watch watch) => watch.Shadow ? CaseWriter.ShadowRoom : watch.Team;

    private static string[] Teams(Heard heard) => [.. Deciding.Of(heard.Watches).Select(TeamOf).Distinct()];

    /// <summary>What is critical only by what its author complained of before comes through a silence as well.</summary>
    private (IReadOnlyList<string> Teams, IReadOnlyList<string> To, Silence? Silence) Alerted(Heard heard, Mention mention) =>
        Silences.Alerted(heard with { Assessment = mention.Assessment }, teams => _cases.RouteOf(mention, teams).Teams);

    private static IEnumerable<Watch> Alerting(Heard heard) => Deciding.Alerting(heard.Watches, heard.Assessment);

    /// <summary>Enough to put it in front of a team.</summary>
    private static bool Complains(Heard heard) => Alerting(heard).Any() && !heard.Post.Automatic;

    private Silences Silences => _silences ??= new Silences(tx.SilencesRunning(now));

    /// <summary>A comma that was set right does not overrule people who know better how urgent it is.</summary>
    private static bool SoundsMoreUrgent(Mention edited, Mention known) =>
        edited.Assessment.IsComplaint && (!known.Assessment.IsComplaint || edited.Assessment.Priority > known.Assessment.Priority);

    /// <summary>It says what it did not say before: graver, with fewer stars, or in words most of which are new. A comma that was set right, and thanks below old anger, are no new anger.</summary>
    private static bool SpeaksUp(Mention edited, Mention known) =>
        SoundsMoreUrgent(edited, known) || edited.Post.Stars < known.Post.Stars || Copies.IsRewritten(known.Post, edited.Post);

    /// <summary>The same, or better: also with more stars.</summary>
    private static bool SaysAnew(Mention edited, Mention known) => SpeaksUp(edited, known) || edited.Post.Stars > known.Post.Stars;

    /// <summary>Other words, or by what goes with them another meaning by far: what people said of it before was said of something else.</summary>
    private static bool SaysOtherwise(Mention edited, Mention known) =>
        Copies.IsRewritten(known.Post, edited.Post) || Math.Abs(edited.Assessment.Complaint - known.Assessment.Complaint) >= AnotherMeaning;

    private bool IsBaseline(Post post) => post.Posted is { } posted && posted < now - PostTime.FirstContactBack;

    /// <param name="joins">The trace of the case that it joins.</param>
    private Mention Store(Mention mention, string? joins = null)
    {
        _mentions++;
        if (mention.Trace is { } trace)
        {
            _traces[trace] = joins;
        }
        var id = tx.AddMention(mention);
        if (_clock is { } clock)
        {
            tx.KeepTimes(id, new MentionTimes(mention.Post.Channel, mention.Post.Posted, clock.Seen, clock.Fetched, clock.Scored, clock.Elapsed, _firstContact));
        }
        return mention with { Id = id };
    }

    private Mention Mention(Heard heard, Standing standing) => new()
    {
        Post = heard.Post,
        Posted = PostTime.Clamp(heard.Post.Posted, now),
        FirstSeen = now,
        Assessment = heard.Assessment,
        Watches = [.. Deciding.Of(heard.Watches).Select(watch => watch.Name)],
        OnTrial = [.. heard.Watches.Except(Deciding.Of(heard.Watches)).Select(watch => watch.Name)],
        Found = heard.Found,
        Teams = Teams(heard),
        Standing = standing,
        Trace = heard.Trace?.Id,
    };
}
