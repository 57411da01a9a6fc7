using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Telemetry;

namespace ListeningBot.Storage;

/// <summary>What can be changed, over the writing connection.</summary>
internal sealed partial class StoreTx(Db db) : StoreView(db), IStoreTx
{
    /// <summary>What this transaction stores, to be counted once it is durable.</summary>
    public StoredFacts Facts { get; } = new();

    /// <summary>The last one of this work: most often that which opens the case that is saved next, and need not be read for it.</summary>
    private Mention? _added;

    /// <summary>Another piece of work begins: what the one before left behind is none of its own.</summary>
    public void BeginWork()
    {
        _ = Facts.Take();
        _added = null;
    }

    public void MoveCursor(string channel, Cursor next, DateTimeOffset now) => Channels.MoveCursor(channel, next, now);

    public long AddMention(Mention mention)
    {
        Unmatched.Remove(mention.Post.Key);
        Facts.MentionAdded(mention.Post.Channel);
        Dead.End(mention.Post);
        _added = mention with { Id = Mentions.Add(mention) };
        return _added.Id;
    }

    public void UpdateMention(Mention mention) => Mentions.Update(mention);

    public void BlankMention(long id, DateTimeOffset now)
    {
        var blanked = Mentions.Blank(id);
        Tray.DropUnlisted(id);
        Lookups.Blank(id, now);
        if (blanked.CaseId is { } caseId)
        {
            Desk.BlankMoreAbout(caseId);
        }
    }

    public long NextCaseId() => Cases.NextId();

    public void SaveCase(Case @case, CaseEvent @event, DateTimeOffset now)
    {
        Cases.Save(@case, @event, now);
        Facts.Happened(@case, @event, now, () => _added?.Id == @case.FirstMention ? _added : Mentions.Of(@case.FirstMention), () => WasAtFirstContact(@case.FirstMention));
    }

    public void SetDue(long caseId, DateTimeOffset? due, Step? step) => Lists.SetDue(caseId, due, step);
    public void TakeKey(string key, long caseId, ulong threadHash = 0) => Cases.TakeKey(key, caseId, threadHash);
    public void MoveKey(string key, long caseId, ulong threadHash = 0) => Cases.MoveKey(key, caseId, threadHash);

    public void FreeKeys(long caseId)
    {
        Cases.FreeKeys(caseId);
        Rereads.End(caseId);
    }

    public void WantCard(CardKey key, int? version, Priority priority, DateTimeOffset posted, DateTimeOffset now) => Cards.Want(key, version, priority, posted, now);

    public void CardShown(CardKey key, int version, MessageRef message, DateTimeOffset now, int? before = null)
    {
        Cards.MarkShown(key, version, message, now, before);
        Dead.End(DeadWork.RefOf(key));
        Facts.CardTried(key, "shown");
    }

    public void PutOffCard(CardKey key, DateTimeOffset until, bool lookFirst, string reason)
    {
        Cards.PutOff(key, until, lookFirst, reason);
        Facts.CardTried(key, "put_off");
    }

    public void LookFirstForUnmarked(string room)
    {
        Cards.LookFirstForUnmarked(room);
        Pings.LookFirstForUnmarked(room);
    }

    public void TryPutOffAgain(string room)
    {
        Cards.TryPutOffAgain(room);
        Pings.TryPutOffAgain(room);
    }

    public void ForgetMessage(CardKey key, DateTimeOffset now) => Cards.ForgetMessage(key, now);

    public void GiveUpCard(CardKey key, int version, string reason)
    {
        Cards.GiveUp(key, version, reason);
        Facts.CardTried(key, "given_up");
    }

    public void WantPing(CardKey key, string step, string text, IReadOnlyList<string> to, IReadOnlyList<CardButton> buttons, DateTimeOffset now, DateTimeOffset? notBefore = null) =>
        Pings.Want(key, step, text, to, buttons, now, notBefore);

    public void PingSent(long id, MessageRef message, DateTimeOffset now)
    {
        Pings.MarkSent(id, message, now);
        Dead.End(DeadWork.RefOfPing(id));
        Facts.PingTried("sent");
    }

    public void PutOffPing(long id, DateTimeOffset until, bool lookFirst, string reason)
    {
        Pings.PutOff(id, until, lookFirst, reason);
        Facts.PingTried("put_off");
    }

    public void WithdrawPings(string subject, bool keepCalls = false) => Pings.Withdraw(subject, keepCalls);
    public void SayNow(string subject) => Pings.SayNow(subject);
    public void PingDone(long id) => Pings.Done(id);

    public void Unlist(long mention) => Tray.Unlist(mention);
    public void AddToTray(long mention, IReadOnlyList<string> teams, double complaint, DateTimeOffset now) => Tray.Add(mention, teams, complaint, now);
    public TrayPage AddTrayPage(string team, DateOnly day, int page, int pages, IReadOnlyList<long> mentions) => Tray.AddPage(team, day, page, pages, mentions);
    public void DecideTray(long mention, string verdict, DateTimeOffset now) => Tray.Decide(mention, verdict, now);

    public long AddNotice(string text, bool good, DateTimeOffset now) => Desk.AddNotice(text, good, now);

    public void RecordPress(Press press, PressAnswer answer, DateTimeOffset now)
    {
        Desk.RecordPress(press, answer, now);
        Facts.Pressed(press.Target.Action);
    }

    public bool HearNote(string id, DateTimeOffset now) => Desk.HearNote(id, now);
    public void RecordVerdict(long mention, string verdict, Responder by, DateTimeOffset now) => Desk.RecordVerdict(mention, verdict, by, now);
    public void KeepDocument(string name, string text, DateTimeOffset now) => Desk.KeepDocument(name, text, now);
}
