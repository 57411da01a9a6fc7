using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Where everything lasting lives. Times come back in UTC, to the millisecond. A store that can't write or read now (full disk, damaged file) throws
/// <see cref="StoreException"/>, and the same may be tried again; a change that breaks its rules throws <see cref="InvalidOperationException"/>.
/// </summary>
public interface IStore
{
    /// <summary>
    /// Runs <paramref name="work"/> alone, inside a transaction that it shares with others waiting (group commit).
    /// Completes when its changes are durable; when it throws, only its own changes are undone and the task fails with that exception.
    /// When the group can't be made durable, all of it fails with <see cref="StoreException"/> and nothing of it is kept. Work that failed so is asked for again
    /// by its caller, and work that shared a transaction with a failing one runs a second time, so it must have no effect outside the store but its result. Cancelling ends what has not begun; what has begun goes on to its end.
    /// </summary>
    Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default);

    /// <summary>A consistent view; never waits for writers. The view must not be used after <paramref name="work"/> has ended.</summary>
    Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default);
}

/// <summary>A card whose wanted version is ahead of the shown one.</summary>
/// <param name="Message">Null when no message is known yet.</param>
/// <param name="Wanted">The wanted version at the time of reading.</param>
/// <param name="LookFirst">A try may have gone through unheard: find the message before putting a new one.</param>
/// <param name="WantedSince">When the card was first wanted.</param>
public sealed record CardWork(CardKey Key, int Wanted, MessageRef? Message, bool LookFirst, DateTimeOffset WantedSince, int Tries)
{
    public Priority Priority { get; init; }

    /// <summary>The shown version, as it was noted at the time of reading.</summary>
    public int Shown { get; init; }
}

/// <summary>A ping to send, or to take back.</summary>
/// <param name="Card">The card's message; empty when the card has none any more and the ping is to be taken back.</param>
/// <param name="Message">The ping's own message, when it is to be taken back.</param>
public sealed record PingWork(long Id, CardKey Key, MessageRef Card, string Text, MessageRef? Message, bool Withdraw, int Tries)
{
    public IReadOnlyList<string> To { get; init; } = [];
    public IReadOnlyList<CardButton> Buttons { get; init; } = [];

    /// <summary>That of its card.</summary>
    public Priority Priority { get; init; }

    /// <summary>A try may have gone through unheard: find the message before sending one.</summary>
    public bool LookFirst { get; init; }
    public DateTimeOffset WantedSince { get; init; }
}

/// <summary>One event of a case's life, as it was stored.</summary>
public sealed record Happening(CaseEvent Event, DateTimeOffset At);

/// <summary>How far a tray page has got: the mentions on it, in order.</summary>
public sealed record TrayPage(long Id, string Team, DateOnly Day, int Page, int Pages, IReadOnlyList<long> Mentions)
{
    /// <summary>What it says above its entries: what silences held back.</summary>
    public string? Note { get; init; }
}

/// <summary>Counts for the demo's table and for health.</summary>
/// <param name="CardsShown">Cases whose card was shown in a room.</param>
/// <param name="InTray">Mentions in a tray that nobody has decided on.</param>
/// <param name="PingsWaiting">To be sent or taken back.</param>
public sealed record StoreTotals(long Mentions, long Cases, long CardsShown, long CardsWaiting, long InTray, long PingsWaiting);

/// <summary>What can be read.</summary>
public partial interface IStoreView
{
    Cursor? CursorOf(string channel);

    /// <summary>When the channel was first read, null before.</summary>
    DateTimeOffset? FirstContactOf(string channel);

    Mention? MentionOf(PostKey key);
    Mention? MentionOf(long id);

    /// <summary>In the order in which they were heard.</summary>
    IReadOnlyList<Mention> MentionsOfCase(long caseId, int limit = int.MaxValue);
    IReadOnlyList<Mention> MentionsOfAuthor(string ns, string authorId);

    Case? CaseOf(long id);

    /// <summary>All that happened to a case, in order.</summary>
    IReadOnlyList<Happening> EventsOf(long caseId);

    /// <summary>Cases in which somebody must act, most urgent first, then oldest post first. Null: of all teams; a team counts that answers (the first of the case).</summary>
    IReadOnlyList<Case> LiveCases(string? team, int limit);

    /// <summary>Live cases of an owner, most urgent first.</summary>
    IReadOnlyList<Case> CasesOfOwner(string owner, int limit);
    int LiveCountOf(string owner);

    /// <summary>Cases that are not closed, in the order of their ids, from after this id on.</summary>
    IReadOnlyList<Case> OpenCasesAfter(long id, int limit);

    /// <summary>Cases of a team (the first of the case) first seen in this stretch of time.</summary>
    IReadOnlyList<Case> CasesSeen(string team, DateTimeOffset from, DateTimeOffset to);

    /// <summary>The card that this message shows, or null.</summary>
    CardKey? CardShownAs(MessageRef message);

    /// <summary>The dossier that stands in this thread, or null.</summary>
    /// <param name="thread">How the references of its messages begin.</param>
    CardKey? DossierIn(string thread);

    /// <summary>The message that shows this card, or null while there is none.</summary>
    MessageRef? MessageOf(CardKey key);

    /// <summary>When a channel was not heard, as far as it touches this stretch of time.</summary>
    IReadOnlyList<Gap> GapsOf(string channel, DateTimeOffset from, DateTimeOffset to);

    /// <summary>The open case that holds this unique key, or null.</summary>
    long? CaseHolding(string key);

    /// <summary>All keys held by open cases, for the filter of answers (<see cref="ThreadHash"/> hashes of thread keys).</summary>
    IReadOnlyList<ulong> OpenThreadHashes();

    /// <summary>The same of the posts of cases that were closed since then, or a little before: they hold no keys any more.</summary>
    IReadOnlyList<ulong> ClosedThreadHashes(DateTimeOffset since);

    /// <summary>Cases whose due time has come: most urgent first, of those the earliest.</summary>
    IReadOnlyList<Case> CasesDue(DateTimeOffset now, int limit);

    /// <summary>Cards of a room to show now: most urgent first, then what was never shown, then oldest post first.</summary>
    /// <param name="over">Of the cards that were shown before only what is more urgent than this; null: all.</param>
    IReadOnlyList<CardWork> CardsToShow(string room, DateTimeOffset now, int limit, Priority? over = null);

    /// <summary>Pings to send (only where the card is shown) or to take back now: those of the most urgent cards first, then the oldest.</summary>
    IReadOnlyList<PingWork> PingsToDo(string room, DateTimeOffset now, int limit);

    /// <summary>The messages of the other pings of the same card.</summary>
    IReadOnlyList<MessageRef> OtherPings(PingWork work);

    /// <summary>Rooms that have a card or ping to work on, whether its time has come or not. A ping waits for its card; one beside a card given up is no work.</summary>
    IReadOnlyList<string> RoomsWithWork();

    /// <summary>The earliest time later than <paramref name="now"/> at which a put-off card or ping of this room may be tried, or null.</summary>
    DateTimeOffset? NextTryIn(string room, DateTimeOffset now);

    /// <summary>Tray mentions of a team that are on no page yet, likeliest complaint first.</summary>
    IReadOnlyList<long> UnlistedTray(string team, int limit);

    /// <summary>Teams that have tray mentions on no page yet.</summary>
    IReadOnlyList<string> TeamsWithUnlistedTray();
    TrayPage? TrayPageOf(long id);
    IReadOnlyList<long> TrayPagesWith(long mention);

    /// <summary>Who dismissed or opened a tray mention, for people; null while undecided.</summary>
    string? TrayVerdictOf(long mention);
    NoticeCard? NoticeOf(long id);

    /// <summary>What a press was answered, null when it was never heard.</summary>
    PressAnswer? AnswerTo(string pressId);

    /// <summary>A small named document (a calendar of holidays), or null.</summary>
    string? Document(string name);
    StoreTotals Totals();

    /// <summary>For each shown case, the latest shown first: when it was posted, when first seen, and when a room first showed its card.</summary>
    IReadOnlyList<(DateTimeOffset Posted, DateTimeOffset FirstSeen, DateTimeOffset Shown)> CardTimes(int limit);
}

/// <summary>What can be changed, all in one transaction.</summary>
public partial interface IStoreTx : IStoreView
{
    void MoveCursor(string channel, Cursor next, DateTimeOffset now);

    /// <summary>Returns the new mention's id. The post's key must be new; of the sample it is taken away.</summary>
    long AddMention(Mention mention);

    /// <summary>Replaces everything but id, key and first seen.</summary>
    void UpdateMention(Mention mention);

    /// <summary>Marks as deleted and removes text, title and what shows the author's words, everywhere. What no tray page lists yet leaves the tray.</summary>
    void BlankMention(long id, DateTimeOffset now);

    long NextCaseId();

    /// <summary>Writes the state row (its version must be one above the stored one, or new) and appends the event.</summary>
    void SaveCase(Case @case, CaseEvent @event, DateTimeOffset now);

    /// <summary>When the sweeper must look at the case next, and for what: changes no version and no card.</summary>
    void SetDue(long caseId, DateTimeOffset? due, Step? step);

    /// <summary>Takes a unique key for a case; taking it again is fine. A key that another open case holds stays with that one.</summary>
    /// <param name="threadHash"><see cref="ThreadHash"/> of a thread key, 0 for other keys.</param>
    void TakeKey(string key, long caseId, ulong threadHash = 0);

    /// <summary>The key belongs to this case from now on, whoever held it.</summary>
    void MoveKey(string key, long caseId, ulong threadHash = 0);

    /// <summary>The case is closed: its keys are free again, and its posts are asked for no more.</summary>
    void FreeKeys(long caseId);

    /// <summary>Raises the wanted version (null: by one), or makes the row. Ends a put-off, so that a change is shown at once.</summary>
    void WantCard(CardKey key, int? version, Priority priority, DateTimeOffset posted, DateTimeOffset now);

    /// <param name="before">What was noted as shown when the card was written: where something else is noted now, it was to be shown anew meanwhile, and still is. Null: whatever is noted.</param>
    void CardShown(CardKey key, int version, MessageRef message, DateTimeOffset now, int? before = null);

    /// <summary>Not before <paramref name="until"/>; <paramref name="lookFirst"/> when the outcome is unknown: that stays so until the card is shown or its message forgotten.</summary>
    void PutOffCard(CardKey key, DateTimeOffset until, bool lookFirst, string reason);

    /// <summary>This machine takes the room over from another, or from its own last run: cards and pings without a message may have been sent just before, and are looked for before they are sent.</summary>
    void LookFirstForUnmarked(string room);

    /// <summary>The room takes cards again: what was put off in it is tried at once.</summary>
    void TryPutOffAgain(string room);

    /// <summary>The message is gone or was looked for in vain: the card waits again, and the next try sends a new message.</summary>
    void ForgetMessage(CardKey key, DateTimeOffset now);

    /// <summary>The service will never take this version: told to ops, tried again with the next version.</summary>
    void GiveUpCard(CardKey key, int version, string reason);

    /// <summary>One-shot: a second ping of the same case, room and <paramref name="step"/> is ignored.</summary>
    /// <param name="notBefore">Until then it waits, whatever happens to its room; null: it does not.</param>
    void WantPing(CardKey key, string step, string text, IReadOnlyList<string> to, IReadOnlyList<CardButton> buttons, DateTimeOffset now, DateTimeOffset? notBefore = null);
    void PingSent(long id, MessageRef message, DateTimeOffset now);
    /// <summary>As <see cref="PutOffCard"/>.</summary>
    void PutOffPing(long id, DateTimeOffset until, bool lookFirst, string reason);

    /// <summary>Pings not yet sent are dropped, sent ones are to be taken back; so is one that turns out to have been on its way.</summary>
    /// <param name="keepCalls">Not those by which a person called the lead.</param>
    void WithdrawPings(string subject, bool keepCalls = false);

    /// <summary>Pings that wait for an hour and were not tried yet wait no more.</summary>
    void SayNow(string subject);

    /// <summary>Taken back, or given up: nothing is left to do.</summary>
    void PingDone(long id);

    /// <summary>Takes a mention off the maybe lists and their pages, whatever was decided.</summary>
    void Unlist(long mention);

    void AddToTray(long mention, IReadOnlyList<string> teams, double complaint, DateTimeOffset now);
    TrayPage AddTrayPage(string team, DateOnly day, int page, int pages, IReadOnlyList<long> mentions);
    void DecideTray(long mention, string verdict, DateTimeOffset now);

    /// <summary>Stores the notice and returns its id; <see cref="Notices"/> also wants its card.</summary>
    long AddNotice(string text, bool good, DateTimeOffset now);

    /// <summary>The first answer to a press stands.</summary>
    void RecordPress(Press press, PressAnswer answer, DateTimeOffset now);

    /// <summary>False when this note was heard before.</summary>
    bool HearNote(string id, DateTimeOffset now);

    /// <summary>A human's verdict on a mention, for learning: "complaint", "not-complaint", "priority-high"..., or "undone" for the last one; see <see cref="Verdict"/>.</summary>
    void RecordVerdict(long mention, string verdict, Responder by, DateTimeOffset now);
    void KeepDocument(string name, string text, DateTimeOffset now);
}
