using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Storage;

/// <summary>What can be read, over one connection.</summary>
internal partial class StoreView(Db db) : IStoreView
{
    private protected Db Connection => db;
    private protected ChannelTables Channels { get; } = new(db);
    private protected MentionTable Mentions { get; } = new(db);
    private protected CaseTables Cases { get; } = new(db);
    private protected CaseLists Lists { get; } = new(db);
    private protected CardTable Cards { get; } = new(db);
    private protected PingTable Pings { get; } = new(db);
    private protected TrayTables Tray { get; } = new(db);
    private protected DeskTables Desk { get; } = new(db);

    public Cursor? CursorOf(string channel) => Channels.CursorOf(channel);
    public DateTimeOffset? FirstContactOf(string channel) => Channels.FirstContactOf(channel);

    public Mention? MentionOf(PostKey key) => Mentions.Of(key);
    public Mention? MentionOf(long id) => Mentions.Of(id);
    public IReadOnlyList<Mention> MentionsOfCase(long caseId, int limit = int.MaxValue) => Mentions.OfCase(caseId, limit);
    public IReadOnlyList<Mention> MentionsOfAuthor(string ns, string authorId) => Mentions.OfAuthor(ns, authorId);

    public Case? CaseOf(long id) => Cases.Of(id);
    public IReadOnlyList<Happening> EventsOf(long caseId) => Lists.EventsOf(caseId);
    public IReadOnlyList<Case> LiveCases(string? team, int limit) => Lists.LiveOf(team, limit);
    public IReadOnlyList<Case> CasesOfOwner(string owner, int limit) => Lists.OfOwner(owner, limit);
    public int LiveCountOf(string owner) => Lists.LiveCountOf(owner);
    public IReadOnlyList<Case> OpenCasesAfter(long id, int limit) => Lists.OpenAfter(id, limit);
    public IReadOnlyList<Case> CasesSeen(string team, DateTimeOffset from, DateTimeOffset to) => Lists.Seen(team, from, to);
    public CardKey? CardShownAs(MessageRef message) => Cards.ShownAs(message);
    public CardKey? DossierIn(string thread) => Cards.DossierIn(thread);
    public MessageRef? MessageOf(CardKey key) => Cards.MessageOf(key);
    public long? CaseHolding(string key) => Cases.Holding(key);
    public IReadOnlyList<ulong> OpenThreadHashes() => Cases.ThreadHashes();
    public IReadOnlyList<ulong> ClosedThreadHashes(DateTimeOffset since) => Cases.ThreadHashesClosed(since);
    public IReadOnlyList<Case> CasesDue(DateTimeOffset now, int limit) => Cases.Due(now, limit);

    public IReadOnlyList<CardWork> CardsToShow(string room, DateTimeOffset now, int limit, Priority? over = null) => Cards.ToShow(room, now, limit, over);
    public IReadOnlyList<PingWork> PingsToDo(string room, DateTimeOffset now, int limit) => Pings.ToDo(room, now, limit);
    public IReadOnlyList<MessageRef> OtherPings(PingWork work) => Pings.OthersThan(work);
    public IReadOnlyList<(DateTimeOffset Posted, DateTimeOffset FirstSeen, DateTimeOffset Shown)> CardTimes(int limit) => Cards.Times(limit);

    public IReadOnlyList<string> RoomsWithWork()
    {
        var rooms = new SortedSet<string>(StringComparer.Ordinal);
        Cards.AddRooms(rooms);
        Pings.AddRooms(rooms);
        return [.. rooms];
    }

    public DateTimeOffset? NextTryIn(string room, DateTimeOffset now)
    {
        var card = Cards.NextTry(room, now);
        var ping = Pings.NextTry(room, now);
        return card is null || ping < card ? ping : card;
    }

    public IReadOnlyList<long> UnlistedTray(string team, int limit) => Tray.UnlistedOf(team, limit);
    public IReadOnlyList<string> TeamsWithUnlistedTray() => Tray.TeamsWithUnlisted();
    public TrayPage? TrayPageOf(long id) => Tray.Page(id);
    public IReadOnlyList<long> TrayPagesWith(long mention) => Tray.PagesWith(mention);
    public string? TrayVerdictOf(long mention) => Tray.VerdictOf(mention);

    public NoticeCard? NoticeOf(long id) => Desk.NoticeOf(id);
    public PressAnswer? AnswerTo(string pressId) => Desk.AnswerTo(pressId);
    public string? Document(string name) => Desk.Document(name);

    public StoreTotals Totals() => new(
        db.Number("SELECT count(*) FROM mentions"), db.Number("SELECT count(*) FROM cases"), Cards.Shown(), Cards.WaitingCount(), Tray.Undecided(), Pings.Waiting());
}
