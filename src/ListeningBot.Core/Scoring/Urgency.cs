namespace ListeningBot.Core.Scoring;

/// <summary>How soon a human must look: 0..1, and the priority that follows from it.</summary>
internal static class Urgency
{
    private const double CriticalLine = 0.85;
    private const double HighLine = 0.6;
    private const double NormalLine = 0.3;

    /// <summary>News of what befell others can wait.</summary>
    private const double MostOfReport = 0.25;

    /// <summary>"Small thing, but..." asks nobody to run.</summary>
    private const double MostOfTrifle = 0.55;

    public static Priority PriorityOf(double urgency) => urgency switch
    {
        >= CriticalLine => Priority.Critical,
        >= HighLine => Priority.High,
        >= NormalLine => Priority.Normal,
        _ => Priority.Low,
    };

    public static double Of(Desk desk, double complaint, Evidence evidence)
    {
        if (evidence.Automatic)
        {
            return 0;
        }
        var harm = Harm(desk);
        var believed = Math.Min(1, complaint / (Scorer.ComplaintLine - 0.1));
        var urgency = harm * (0.2 + 0.8 * believed) + Reach(evidence, complaint);
        return Math.Round(Math.Clamp(urgency, 0, 1), 4);
    }

    private static double Harm(Desk desk)
    {
        var whole = desk.Whole;
        if (IsReport(desk))
        {
            return MostOfReport;
        }
        var worst = Math.Max(Minutes(desk), Math.Max(Today(whole), Ordinary(whole)));
        var kinds = (whole.Has(Cue.Charged) ? 1 : 0) + (whole.Has(Cue.Unanswered) ? 1 : 0) + (whole.Has(Cue.Leaving) ? 1 : 0) + (whole.Has(Cue.Waiting) ? 1 : 0)
            + (whole.Has(Cue.Blocked) ? 1 : 0) + (whole.Has(Cue.Deadline) ? 1 : 0) + (whole.Has(Cue.Swearing) ? 1 : 0);
        var harm = Math.Min(1, worst + 0.03 * Math.Max(0, kinds - 1));
        var small = whole.Has(Cue.Trifle) && !whole.Has(Cue.Danger);
        return small || (whole.Has(Cue.Mild) && worst < HighLine) ? Math.Min(harm, MostOfTrifle) - 0.25 : harm;
    }

    /// <summary>Minutes matter: harm to people, an account taken over, stranded now, a legal threat, everybody cut off.</summary>
    private static double Minutes(Desk desk)
    {
        var whole = desk.Whole;
        var mine = IsMine(desk);
        return whole switch
        {
            _ when whole.Has(Cue.Jest) => 0,
            _ when whole.Has(Cue.Danger) => 0.97,
            _ when whole.Has(Cue.Injury) && mine => 0.92,
            _ when whole.Has(Cue.Hacked) && mine => 0.9,
            _ when whole.Has(Cue.Lifeline) && (whole.Has(Cue.Outage) || whole.Has(Cue.Failure) || whole.Has(Cue.Blocked)) && mine => 0.92,
            _ when whole.Has(Cue.Exposed) && mine => 0.9,
            _ when whole.Has(Cue.Threat) && mine => 0.88,
            _ when whole.Has(Cue.Stranded) && whole.Has(Cue.Now) => 0.92,
            _ when whole.Has(Cue.Outage) && whole.Has(Cue.Wide) => 0.88,
            _ => 0,
        };
    }

    /// <summary>Somebody speaks of himself or to us.</summary>
    private static bool IsMine(Desk desk) => desk.Whole.Has(Cue.Me) || desk.Whole.Has(Cue.You) || desk.Genre.StartsWithName || desk.Genre.DropsPronouns;

    private static bool IsReport(Desk desk) => desk.Whole.Has(Cue.News) && !IsMine(desk);

    /// <summary>Today: cut off from what was paid for, money or a date at stake, nobody answers, leaving, or going public.</summary>
    private static double Today(Reading whole) => whole switch
    {
        _ when whole.Has(Cue.Stranded) => 0.72,
        _ when whole.Has(Cue.Charged) || whole.Has(Cue.Blocked) => 0.64,
        _ when whole.Has(Cue.Deadline) && (Features.HasTrouble(whole) || whole.Has(Cue.Help)) => 0.66,
        _ when whole.Has(Cue.Unanswered) || whole.Has(Cue.Leaving) => 0.62,
        _ when whole.Has(Cue.Public) || whole.Has(Cue.Fraud) || whole.Has(Cue.Legal) => 0.61,
        _ => 0,
    };

    private static double Ordinary(Reading whole) => whole switch
    {
        _ when whole.Has(Cue.Failure) || whole.Has(Cue.Outage) || whole.Has(Cue.Refund) => 0.45,
        _ when whole.Has(Cue.Waiting) || whole.Has(Cue.Repeated) || whole.Has(Cue.Person) => 0.4,
        _ when whole.Worst >= 2.4 || whole.Has(Cue.Money) => 0.36,
        _ when whole.Bad > 0 || whole.NegatedGood > 0 || Features.HasTrouble(whole) => 0.32,
        _ => 0.15,
    };

    /// <summary>Many readers raise it a little, never by a whole step.</summary>
    private static double Reach(Evidence evidence, double complaint) =>
        evidence.Followers is > 1000 and var followers ? Math.Min(0.08, Math.Log10(followers / 1000.0) * 0.03) * complaint : 0;
}
