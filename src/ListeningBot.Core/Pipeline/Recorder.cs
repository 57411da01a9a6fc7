using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
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

    /// <summary>A repost of what is known and has no open case says nothing new: a human judged it, it waits to be judged, or it is over.</summary>
    private bool CountsAsVoice(Post repost, PostKey original) => _cases.OfOriginal(repost) is not null || tx.MentionOf(original) is null;

    private bool IsBaseline(Post post) => post.Posted is { } posted && posted < now - PostTime.FirstContactBack;

    /// <summary>Enough to put it in front of a team.</summary>
    private static bool Complains(Heard heard) => Alerting(heard).Any() && !heard.Post.Automatic;

    private static IEnumerable<Watch> Alerting(Heard heard) => Deciding.Alerting(heard.Watches, heard.Assessment);

    /// <summary>What is critical only by what its author complained of before comes through a silence as well.</summary>
    private (IReadOnlyList<string> Teams, IReadOnlyList<string> To, Silence? Silence) Alerted(Heard heard, Mention mention) =>
        Silences.Alerted(heard with { Assessment = mention.Assessment }, teams => _cases.RouteOf(mention, teams).Teams);

    private Silences Silences => _silences ??= new Silences(tx.SilencesRunning(now));

    private static string[] Teams(Heard heard) => [.. Deciding.Of(heard.Watches).Select(TeamOf).Distinct()];

    internal static string TeamOf(Watch watch) => watch.Shadow ? CaseWriter.ShadowRoom : watch.Team;

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

    /// <summary>What is older than our first contact would never have been an alert.</summary>
    private void Sample(Chosen chosen)
    {
        if (!(_firstContact && IsBaseline(chosen.Post)) && tx.MentionOf(chosen.Post.Key) is null)
        {
            tx.AddSampled(chosen.Post, chosen.Weight, now);
        }
    }
}
