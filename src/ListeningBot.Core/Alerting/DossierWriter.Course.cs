using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

/// <summary>What happened to a case so far, for whoever takes it over.</summary>
public static partial class DossierWriter
{
    private const int MostHappenings = 12;

    private static IEnumerable<string> SoFar(Dossier dossier)
    {
        var zone = dossier.Team.Zone;
        var told = dossier.Events.Select(happened => (happened.At, Told: Tell(happened.Event, zone))).Where(line => line.Told is not null).ToList();
        if (told.Count > MostHappenings)
        {
            yield return $"… {told.Count - MostHappenings} more before …";
        }
        foreach (var (at, line) in told.TakeLast(MostHappenings))
        {
            yield return $"{TimeText.Short(at, zone)}: {Line(dossier.Shown(line!))}";
        }
        var notes = dossier.Events.Count(happened => happened.Event is Noted);
        if (notes > 0)
        {
            yield return notes == 1 ? "1 note in this thread" : $"{notes} notes in this thread";
        }
    }

    /// <summary>Null for what tells a reader nothing.</summary>
    private static string? Tell(CaseEvent happened, string zone) => happened switch
    {
        Claimed claimed => $"{claimed.By.Name} claimed it",
        Released released => $"{released.By.Name} gave it back",
        HandedOver handed => $"{handed.By.Name} handed it over to {handed.To.Name}. {handed.Summary}",
        OwnerAnswered answered => $"{answered.By.Name} answered",
        AnsweredByUs answered => $"{answered.Account} answered the customer",
        WaitsForCustomer waits => $"{waits.By.Name} waits for the customer",
        WantsKnown wants => $"{wants.By.Name} learned what they want: {wants.Text}",
        Promised promised => $"{promised.By.Name} promised for {TimeText.Short(promised.Due, zone)}: {promised.What}",
        PromiseKept kept => $"{kept.By.Name} kept the promise",
        TimeCame { Step: Step.PromiseMissed } => "a promise was not kept in time",
        TimeCame { Step: Step.FreeClaim } => "free again: nothing was done on it for some time",
        Snoozed snoozed => $"{snoozed.By.Name} put it off until {TimeText.Short(snoozed.Until, zone)}",
        Escalated escalated => $"{escalated.By.Name} asked the lead for help: {escalated.Why}",
        PrioritySet set => $"{set.By.Name} said that it is {set.Priority.ToString().ToLowerInvariant()}",
        LeaderBrought brought => $"{brought.By.Name} brought in {brought.Leader.Name}",
        SpokeAgain { Feeling: Happiness.Happy } => "the customer thanked",
        SpokeAgain { Feeling: Happiness.AngryAgain } => "the customer was angry again",
        SpokeAgain => "the customer wrote again",
        Resolved resolved => $"{resolved.By.Name} resolved it: {resolved.Outcome.InWords()}",
        FollowedUp followed => $"{followed.By.Name} asked in person how it is",
        Reopened reopened => $"{reopened.By.Name} opened it again",
        Absorbed absorbed => $"case {absorbed.From} became part of this one",
        SplitOff split => $"a post was taken out into case {split.NewCase}",
        Undone undone => $"{undone.By.Name} took the last press back",
        _ => null,
    };
}
