using System.Reflection;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

/// <summary>All that the store's contract ever says to a database, so that its plans can be looked at.</summary>
public sealed class WholeContract
{
    private readonly Db _db;
    private readonly IStoreTx _tx;

    internal WholeContract(Db db)
    {
        _db = db;
        _tx = Listening.To(new StoreTx(db), Said);
    }

    /// <summary>The methods that were called.</summary>
    public HashSet<string> Said { get; } = [];

    /// <summary>Every method of the contract at least once; a test finds those that are missing.</summary>
    public void SayEverything()
    {
        _db.Begin();
        Write();
        Read();
        _db.Undo();
    }

    private void Write()
    {
        var card = new CardKey("case:1", "care");
        _tx.MoveCursor("posts", new Cursor("1"), Now);
        var gap = _tx.AddGap("posts", new Gap(Now, Now, "cut off"), Now, told: false);
        _tx.ChangeGap(new LedgerEntry(gap, "posts", new Gap(Now, Now, "cut off"), Told: true));
        _tx.RemoveGap(gap);
        SayDead(card);
        var mention = _tx.AddMention(Mention());
        _tx.KeepTimes(mention, new MentionTimes("posts", Now, Now, Now, TimeSpan.Zero, TimeSpan.Zero, FirstContact: false));
        _tx.UpdateMention(Mention() with { Id = mention, CaseId = 1 });
        _tx.WantLookup(mention, Now);
        _tx.PutOffLookup(mention, Now);
        _tx.KeepContacts(mention, []);
        _tx.EndLookup(mention, Now);
        _tx.BlankMention(mention, Now);
        var @case = Case(_tx.NextCaseId());
        _tx.SaveCase(@case, Opened(@case), Now);
        _tx.SetDue(@case.Id, Now, Step.Ping);
        _tx.TakeKey("thread:1", @case.Id, 1);
        _tx.MoveKey("thread:1", @case.Id);
        _tx.FreeKeys(@case.Id);
        _tx.WantCard(card, 1, Priority.High, Now, Now);
        _tx.PutOffCard(card, Now, lookFirst: true, "busy");
        _tx.LookFirstForUnmarked("care");
        _tx.TryPutOffAgain(card.Room);
        _tx.ForgetMessage(card, Now);
        _tx.GiveUpCard(card, 1, "too long");
        _tx.CardShown(card, 1, new MessageRef("m"), Now);
        _tx.WantPing(card, "unclaimed", "text", [], [], Now);
        _tx.PutOffPing(1, Now, lookFirst: true, "busy");
        _tx.PingSent(1, new MessageRef("p"), Now);
        _tx.SayNow(card.Subject);
        _tx.WithdrawPings(card.Subject);
        _tx.PingDone(1);
        _tx.AddToTray(mention, ["care"], 0.3, Now);
        _tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 1, [mention]);
        _tx.DecideTray(mention, "dismissed", Now);
        _tx.Unlist(mention);
        _tx.AddToTray(mention, ["care"], 0.3, Now);
        var run = new CanaryRun { StartedAt = Now, Until = Now, Sent = [new CanarySent("posts", "lb-canary-1", null)], Rooms = ["ops"] };
        _tx.UpdateCanaryRun(run with { Id = _tx.AddCanaryRun(run) });
        var silence = _tx.AddSilence(new Silence(Core.Cases.SilenceOf.Word, "acme", "planned", new Responder("a", "Ann"), Now, Now));
        _tx.UpdateSilence(new Silence(Core.Cases.SilenceOf.Word, "acme", "planned", new Responder("a", "Ann"), Now, Now) { Id = silence });
        _tx.HoldBack(mention, silence);
        _tx.NoteOnTrayPage(1, "held back 3");
        _tx.DecideLink(_tx.AskLink("discord:1", "Ann", "ann", Now), yes: true, "Ben", Now);
        _tx.RecordCommand(new Command("c", new Responder("a", "Ann"), "link", null, new Dictionary<string, string>()), PressAnswer.Done, Now);
        _tx.AddNotice("up", good: true, Now);
        _tx.RecordPress(new Press("p", new Responder("a", "Ann"), new PressTarget(PressAction.Claim, 1)), PressAnswer.Done, Now);
        _tx.HearNote("n", Now);
        _tx.RecordVerdict(mention, "complaint", new Responder("a", "Ann"), Now);
        _tx.AddDigest("care", Period.Day, Now, Now);
        _tx.KeepDocument("settings", "text", Now);
        var version = new ConfigVersion(0, Now, "a file edit", "all", "hash", "{}");
        _tx.AddConfig(version);
        _tx.RewriteConfig(version);
        _tx.RenameFiles("hash", "another");
        _tx.SawFiles("care-1:/etc/bot", "hash", Now);
        var held = new HeldChange { Wanted = version, Base = 1, Why = new Objection([], "nothing") };
        _tx.UpdateHeldChange(held with { Id = _tx.AddHeldChange(held) });
        var customer = _tx.AddCustomer(new Customer { Accounts = [new CustomerAccount("bluesky", "mia") { Addresses = ["social.example/mia"] }] });
        _tx.SaveCustomer(customer);
        _tx.DeleteCustomer(customer.Id);
        _tx.JoinGroup(_tx.AddGroup("care", "billing", Now), Now);
        _tx.WantCardCalmly(card, null, Priority.High, Now, Now, Now);
        _tx.AddAlarm(new Alarm(1, "NoCard"), Now);
        _tx.EndAlarm(new Alarm(1, "NoCard"));
        _tx.EraseMention(mention, Now);
        _tx.Reword(@case, [Opened(@case)]);
        _db.Execute($"UPDATE case_events SET event = '{{' WHERE case_id = {@case.Id}");
        _tx.RemoveUnreadableEvents(@case.Id, _ => true);
        _tx.FreeKey("thread:1");
        _tx.EraseAside(1);
        _tx.EraseAnswersSince(Now);
        _tx.EraseSilencesNaming("mia", Now);
        _db.Execute("UPDATE silences SET body = '{mia'");
        _tx.EraseSilencesNaming("mia", Now);
        _tx.ErasePings("case:1");
        _tx.RewordPing(1, "");
        _tx.TakePingBack(1);
        _tx.EraseContactsNaming("mia");
        _tx.ShowAnew("case:1", version: 2);
        _tx.ShowThreadsAnew("billing", Now);
        _tx.AskAgain(@case.Id, "posts", Now, Now);
        _tx.AskedFor(@case.Id, "posts", Now, Now);
        _tx.Spend("posts", new DateOnly(2026, 11, 2), 5000);
        _tx.TellSpend("posts", new DateOnly(2026, 11, 2), SpendNotice.Most);
        for (var i = 0; i < 4; i++)
        {
            _tx.AddSampled(Mention($"sampled {i}").Post, 2, Now);
        }
        _tx.ChangeSampled(Mention("sampled 1").Post);
        _tx.ThinSample(1, 2);
        _tx.AgeSample(Now, 1);
        _tx.RemoveSampled(Key("sampled 1"));
        _tx.RemoveSampledOfAuthor("replay:posts", "mia");
        new CardTable(_db).LookFirstForUnmarked();
        new CardTable(_db).TryPutOffAgain();
        new PingTable(_db).LookFirstForUnmarked();
        new PingTable(_db).TryPutOffAgain();
        _tx.AgeLoose(Now.AddDays(1), Now.AddDays(1), 1);
        _tx.AgePresses(Now, 1);
        _tx.AgeLists(Now, 1);
        _tx.AgeDigests(Now, 1);
        _tx.AgeCalendars(Now, 1);
        _tx.AgeLedger(Now, 1);
        _tx.SaveCase(Case(99) with { State = CaseState.Closed, Customer = 1, FirstMention = 0 }, Opened(@case), Now);
        _tx.AgeCases(Now.AddDays(1), 1);
    }

    private void SayDead(CardKey card)
    {
        var change = new PostChange(ChangeKind.Added, Mention("dead").Post.Key, Mention("dead").Post);
        _tx.AddDead(DeadLetters.Of("posts", change, "can't be recorded"), Now);
        _tx.AddDead(DeadLetters.Of("posts", change with { Post = change.Post! with { Private = true } }, "can't be recorded"), Now);
        _tx.EndDead("post 1");
        _tx.EndDeadOfAuthor("replay:posts", "mia");
        _tx.PutDeadAway(1);
        _tx.AskDeadRetry(1, asked: true);
        _tx.DeadFailedAgain(1, "again", Now);
        _tx.DeadTold(1);
        _tx.AddDead(DeadLetters.Of("posts", change, "can't be recorded"), Now);
        _tx.AgeDead(Now.AddYears(1), 9, Now);
        _tx.KeepUnreadable(Now);
        new DeadLetterTable(_db).Knows("row case 1");
        new CaseTables(_db).NothingDue(1);
        foreach (var table in new[] { "case", "mention", "silence", "customer", "dead letter", DeadRow.EventOfCase, DeadRow.Contacts, DeadRow.Sampled, DeadRow.MaybePage, DeadRow.Canary, DeadRow.Held })
        {
            _tx.RowIsWell(new DeadRow(table, 1));
        }
        _tx.TryCardAgain(card);
        _tx.TryPingAgain(1);
        _tx.TryLookupAgain(1, Now);
        _tx.DeadLetters(0, 1);
        _tx.DeadLetterOf(1);
        _tx.DeadCounts();
        _tx.UntoldDead(1);
        _tx.DeadToRetry(1);
        _ = _tx.HasUnreadable;
        _tx.HasDeadBefore(Now);
    }

    private void Read()
    {
        _tx.CursorOf("posts");
        _tx.FirstContactOf("posts");
        _tx.MentionOf(Key("1"));
        _tx.MentionOf(1);
        _tx.MentionsOfCase(1);
        _tx.MentionsOfAuthor("replay:posts", "mia");
        _tx.ContactsIn(1);
        _tx.ContactsOf(1);
        _tx.LookupsDue(Now, 1);
        _tx.HeardAt("posts");
        _tx.CaseOf(1);
        _tx.CaseHolding("thread:1");
        _tx.OpenThreadHashes();
        _tx.ClosedThreadHashes(Now);
        _tx.CasesDue(Now, 1);
        _tx.EventsOf(1);
        _tx.LiveCases("care", 1);
        _tx.LiveCases(null, 1);
        _tx.CasesOfOwner("member:ann", 1);
        _tx.LiveCountOf("member:ann");
        _tx.OpenCasesAfter(1, 1);
        _tx.EndedPosts("billing", 1);
        _tx.CasesChanged("care", Now);
        _tx.TeamsWithCases();
        _tx.DigestOf(1);
        _tx.CasesSeen("care", Now, Now);
        _tx.CardShownAs(new MessageRef("m"));
        _tx.DossierIn("m/");
        _tx.MessageOf(new CardKey("case:1", "care"));
        _tx.GapsOf("posts", Now, Now);
        _tx.LedgerOf("posts", Now, Now);
        _tx.GapsSince(Now);
        _tx.UnsettledGaps("posts");
        _tx.UnsettledGaps();
        _tx.ChannelsRead();
        _tx.WasAtFirstContact(1);
        _tx.TimesSince(Now);
        _tx.CasesLateBy("posts", new Gap(Now, Now, "cut off"));
        _tx.CardsToShow("care", Now, 1);
        _tx.PingsToDo("care", Now, 1);
        _tx.OtherPings(new PingWork(1, new CardKey("case:1", "care"), new MessageRef("m"), "text", null, Withdraw: false, 0));
        _tx.RoomsWithWork();
        _tx.NextTryIn("care", Now);
        _tx.UnlistedTray("care", 1);
        _tx.TeamsWithUnlistedTray();
        _tx.TrayPageOf(1);
        _tx.TrayPagesWith(1);
        _tx.TrayVerdictOf(1);
        _tx.NoticeOf(1);
        _tx.AnswerTo("p");
        _tx.Document("settings");
        _tx.LatestConfigId();
        _tx.ConfigOf(1);
        _tx.ConfigOfHash("hash");
        _tx.ConfigHistory(1);
        _tx.FilesSeenBy("care-1:/etc/bot");
        _tx.HeldChangeOf(1);
        _tx.LatestHeld();
        _tx.HeldChangeOfHash("hash");
        _tx.SilenceOf(1);
        _tx.SilencesRunning(Now);
        _tx.CanaryRunOf(1);
        _tx.CanaryRunWith("lb-canary-1");
        _tx.LatestCanaryRun();
        _tx.OpenCanaryRuns();
        _tx.FirstShownAt(new CardKey("canary:1", "ops"));
        _tx.SilencesEnded(Now, Now);
        _tx.HeldBackBy(1);
        _tx.HeldBackOfTeams(1);
        _tx.SilenceHolding(1);
        _tx.LinkOf(1);
        _tx.LinkAskedBy("discord:1");
        _tx.MemberLinkedTo("discord:1");
        _tx.AccountsLinkedTo("ann");
        _tx.MentionAt("social.example/1");
        _tx.UndecidedTray("care", 1);
        _tx.UndecidedTray(null, 1);
        _tx.FreeCases("care", 1);
        _tx.FreeCases(null, 1);
        _tx.UnansweredFreeCases(1);
        _tx.CountFree("care");
        _tx.CountFree(null);
        _tx.OldestFree();
        _tx.Totals();
        _tx.Standing(Now);
        _tx.CardTimes(1);
        _tx.MentionsNaming("mia");
        _tx.MentionsLeadingTo(new HashSet<PostKey> { Key("1") });
        _tx.AuthorsBelow(Key("users/mia/"));
        _tx.KeysNaming("mia");
        _tx.CasesNaming("mia");
        _tx.AsideNaming("mia");
        _tx.CustomersNaming("mia");
        _tx.DamagedRows(["mia"]);
        _tx.PressesOn(1);
        _tx.PingsOf("case:1");
        _tx.VerdictsOn(1);
        _tx.Verdicts();
        _tx.JudgedCaseOf(1);
        _tx.CasesSince(Now);
        _tx.LatestCases(1);
        _tx.MentionsSince(Now);
        _tx.FirstMentionSince(Now);
        _tx.LastMention();
        _tx.BareMentions(1, 1);
        _tx.SampledPosts(1, 1);
        _tx.SampleSize();
        _tx.SampleSince(1);
        _tx.SampleBefore(Now);
        _tx.SampleIsWithin(Now, 1);
        _tx.SampledNaming("mia");
        _tx.CustomerOf(1);
        _tx.CustomerOfAccount("bluesky", "mia");
        _tx.CustomersAt("social.example/mia");
        _tx.CasesOfCustomer(1, 1);
        _tx.AccountsWithCases();
        _tx.ManyCasesSeen("care", Now, Now, 1);
        _tx.StandingOf(new CardKey("case:1", "care"));
        _tx.Alarms();
        _tx.GroupOf(1);
        _tx.LatestGroup("care", "billing");
        _tx.RoomsOfCard("group:1");
        _tx.FreeInGroup(1, 1);
        _tx.CountUnansweredInGroup(1);
        _tx.CasesToAskFor("posts", Now, 1);
        _tx.SpentOn("posts", new DateOnly(2026, 11, 2));
    }

    /// <summary>Hands every call on and notes which it was.</summary>
    public class Listening : DispatchProxy
    {
        private IStoreTx _to = null!;
        private HashSet<string> _said = null!;

        public static IStoreTx To(IStoreTx tx, HashSet<string> said)
        {
            var listening = Create<IStoreTx, Listening>();
            (((Listening)(object)listening)._to, ((Listening)(object)listening)._said) = (tx, said);
            return listening;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _said.Add(targetMethod!.ToString()!);
            return targetMethod.Invoke(_to, args);
        }
    }
}
