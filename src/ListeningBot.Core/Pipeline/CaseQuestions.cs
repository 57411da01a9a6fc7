using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>What the one who pressed is asked before something happens.</summary>
internal static class CaseQuestions
{
    /// <summary>Chat services take 25 choices; one is left for "another".</summary>
    public const int MostChoices = 24;

    private const int LongestName = 24;

    /// <summary>Stands for the one who pressed among the choices of a hand-over.</summary>
    public const string Me = "me";

    public static IReadOnlyList<CardButton> More(Case @case, CardButton? open, bool mayUndo, int mentions)
    {
        CardButton?[] choices = @case switch
        {
            { HasEnded: true } => [open, mayUndo ? Choice("Undo", PressAction.Undo) : null, @case.MergedInto is null ? Choice("Reopen", PressAction.Reopen) : null],
            { IsFree: true } =>
            [
                open, Choice("What they want", PressAction.Wants), Choice("Give to...", PressAction.HandOver), Choice("Snooze", PressAction.Snooze), Choice("Call the lead", PressAction.Escalate),
                Choice("How urgent", PressAction.Priority), Choice("Merge", PressAction.Merge), mentions > 1 ? Choice("Split", PressAction.Split) : null, mayUndo ? Choice("Undo", PressAction.Undo) : null,
            ],
            _ =>
            [
                Choice("What they want", PressAction.Wants), Choice("Waiting for the customer", PressAction.Waiting), @case.OpenPromise is null ? null : Choice("Promise kept", PressAction.PromiseKept),
                Choice("Hand over", PressAction.HandOver), Choice("Give it back", PressAction.Release), Choice("Snooze", PressAction.Snooze),
                Choice("Call the lead", PressAction.Escalate), Choice("Bring in a leader", PressAction.Leader), Choice("How urgent", PressAction.Priority),
                Choice("Merge", PressAction.Merge), mentions > 1 ? Choice("Split", PressAction.Split) : null, Choice("Not a complaint", PressAction.NotAComplaint),
                mayUndo ? Choice("Undo", PressAction.Undo) : null,
            ],
        };
        return [.. choices.OfType<CardButton>()];

        CardButton Choice(string label, PressAction action) => new(label, new PressTarget(action, @case.Id));
    }

    public static PressAnswer Outcome(Case @case) => new(
        "How did it end for the customer?",
        [.. Enum.GetValues<Outcome>().Select(outcome => new CardButton(outcome.InWords(), new PressTarget(PressAction.Outcome, @case.Id, outcome.ToString())))]);

    public static PressAnswer HowItEnded(Case @case, Outcome outcome) => PressAnswer.FillIn(new Form(
        $"Case {@case.Id}: {outcome.InWords()}",
        new PressTarget(PressAction.Outcome, @case.Id, outcome.ToString()),
        [
            new FormField("note", "What happened?", Long: true, Required: true, Hint: "A sentence for whoever meets this customer next"),
            new FormField("offered", "What did we offer?", Hint: "A repair, a refund, an apology..."),
            new FormField("beyond", "What went beyond the fix?", Required: outcome == Cases.Outcome.WentBeyond, Hint: "More than \"back to even\"; empty when nothing did"),
        ]));

    public static PressAnswer Promise(Case @case) => PressAnswer.FillIn(new Form(
        $"Case {@case.Id}: a promise",
        new PressTarget(PressAction.Promise, @case.Id),
        [
            new FormField("when", "By when?", Required: true, Hint: "Friday 10:00, tomorrow 9am, in 2 h", Longest: 60),
            new FormField("what", "What did you promise?", Required: true, Value: @case.OpenPromise?.What, Hint: "A call, a part, an answer..."),
        ]));

    public static PressAnswer Wants(Case @case) => PressAnswer.FillIn(new Form(
        $"Case {@case.Id}: what they want",
        new PressTarget(PressAction.Wants, @case.Id),
        [new FormField("wants", "What does the customer want?", Long: true, Required: true, Value: @case.Wants, Hint: "In their words, if you can", Longest: 300)]));

    public static PressAnswer Escalate(Case @case) => PressAnswer.FillIn(new Form(
        $"Case {@case.Id}: call the lead",
        new PressTarget(PressAction.Escalate, @case.Id),
        [new FormField("why", "What do you need?", Long: true, Required: true, Longest: 500)]));

    public static PressAnswer Snooze(Case @case, string zone, DateTimeOffset now)
    {
        string[] words = ["in 1 h", "in 4 h", "tomorrow 9:00", "Monday 9:00"];
        var choices = words.Select(word => WhenWords.Read(word, zone, now)).OfType<DateTimeOffset>().Distinct()
            .Select(at => new CardButton(WhenWords.InWords(at, zone, now), new PressTarget(PressAction.Snooze, @case.Id, $"{at.ToUnixTimeSeconds()}")));
        return new PressAnswer("Until when shall nobody be asked about it?", [.. choices, new CardButton("Another time", new PressTarget(PressAction.Snooze, @case.Id, "when"))]);
    }

    public static PressAnswer SnoozeUntil(Case @case) => PressAnswer.FillIn(new Form(
        $"Case {@case.Id}: snooze",
        new PressTarget(PressAction.Snooze, @case.Id, "when"),
        [new FormField("when", "Until when?", Required: true, Hint: "Friday 10:00, tomorrow 9am, in 2 h", Longest: 60)]));

    /// <summary>Whoever may act may also take it over: nothing must hang on somebody's holiday.</summary>
    public static PressAnswer HandOver(Case @case, IReadOnlyList<Member> members, Responder by)
    {
        CardButton To(string label, string id) => new(label, new PressTarget(PressAction.HandOver, @case.Id, id));
        CardButton?[] choices =
        [
            @case.Owner?.Id == by.Id ? null : To("To me", Me),
            .. members.Where(member => "member:" + member.Id != @case.Owner?.Id && "member:" + member.Id != by.Id).Take(MostChoices - 1).Select(member => To(member.Name, member.Id)),
            @case.Owner?.Id == by.Id ? new CardButton("Nobody: give it back", new PressTarget(PressAction.Release, @case.Id)) : null,
        ];
        return new PressAnswer(members.Count == 0 ? "No colleagues are named in config/responders.yaml yet." : "Who takes it?", [.. choices.OfType<CardButton>()]);
    }

    public static PressAnswer Summary(Case @case, string id, Responder to, string summary) => PressAnswer.FillIn(new Form(
        $"Case {@case.Id}: hand over",
        new PressTarget(PressAction.HandOver, @case.Id, id),
        [new FormField("summary", $"What shall {to.Name.Cut(LongestName)} know?", Long: true, Value: summary, Longest: 1000)]));

    public static PressAnswer Leader(Case @case, IReadOnlyList<Member> leaders) => leaders.Count == 0
        ? PressAnswer.Tell("No leader is named for this team: add leads or managers in config/responders.yaml.")
        : new PressAnswer("Who shall write to the customer? You stay in charge.", [.. leaders.Take(MostChoices).Select(leader => new CardButton(leader.Name, new PressTarget(PressAction.Leader, @case.Id, leader.Id)))]);

    public static PressAnswer LeadersDraft(Case @case, string id, Responder leader, string draft) => PressAnswer.FillIn(new Form(
        $"Case {@case.Id}: bring in a leader",
        new PressTarget(PressAction.Leader, @case.Id, id),
        [new FormField("draft", $"A draft for {leader.Name.Cut(LongestName)}", Long: true, Required: true, Value: draft, Longest: 1500)]));

    public static PressAnswer Priority(Case @case) => new(
        $"It stands as {@case.Priority.ToString().ToLowerInvariant()}. How urgent is it really? Your word teaches the scorer.",
        [.. Enum.GetValues<Scoring.Priority>().Where(priority => priority != @case.Priority).OrderDescending()
            .Select(priority => new CardButton(priority.ToString().ToLowerInvariant(), new PressTarget(PressAction.Priority, @case.Id, priority.ToString())))]);

    public static PressAnswer Merge(Case @case, IReadOnlyList<Case> live, IStoreView view)
    {
        var others = live.Where(other => other.Id != @case.Id)
            .OrderByDescending(other => other.Customer is not null && other.Customer == @case.Customer).ThenByDescending(other => other.Aspect == @case.Aspect)
            .Take(MostChoices).ToList();
        return others.Count == 0
            ? PressAnswer.Tell("There is no other open case of this team.")
            : new PressAnswer($"Into which case shall case {@case.Id} go?", [.. others.Select(other => new CardButton(Label(other, view), new PressTarget(PressAction.Merge, @case.Id, $"{other.Id}")))]);
    }

    public static PressAnswer Split(Case @case, IReadOnlyList<Mention> mentions) => new(
        "Which post is another trouble?",
        [.. mentions.Take(MostChoices).Select(mention => new CardButton(Quoted(mention.Seen(@case.Private)), new PressTarget(PressAction.Split, @case.Id, $"{mention.Id}")))]);

    private static string Label(Case other, IStoreView view) =>
        view.MentionOf(other.FirstMention) is { } first ? $"{other.Id} · {Quoted(first.Seen(other.Private))}" : $"Case {other.Id}";

    private static string Quoted(Mention mention) => (mention.Deleted ? "a deleted post" : $"{CardWriter.Who(mention.Post.Author)}: {CardWriter.Quote(mention.Post)}").Cut(60);
}
