namespace ListeningBot.Core.Scoring;

/// <summary>How bad it is by rules that a head of customer care would give: the words that mean minutes, today, or the ordinary. They are features among others, so what they weigh is learned.</summary>
internal static class Harm
{
    private static readonly ulong s_ofToday = Cues.Mask(Cue.Stranded, Cue.Charged, Cue.Blocked, Cue.Unanswered, Cue.Leaving, Cue.Public, Cue.Fraud, Cue.Legal, Cue.Deadline);
    private static readonly ulong s_ofPerson = Cues.Mask(Cue.Injury, Cue.Hacked, Cue.Exposed, Cue.Threat);

    /// <summary>What nobody tells of himself for a laugh.</summary>
    private static readonly ulong s_grave = Cues.Mask(Cue.Danger, Cue.Injury, Cue.Hacked);
    private static readonly ulong s_forGood = Cues.Mask(Cue.Thanks, Cue.Solved) | Cues.OtherKinds;
    private static readonly ulong s_ofMany = Cues.Mask(Cue.Outage, Cue.Wide);
    private static readonly ulong s_cutOff = Cues.Mask(Cue.Outage, Cue.Failure, Cue.Blocked);
    private static readonly ulong s_failing = Cues.Mask(Cue.Failure, Cue.Outage, Cue.Refund);
    private static readonly ulong s_lasting = Cues.Mask(Cue.Waiting, Cue.Repeated, Cue.Person);

    public static void Fill(Span<float> values, Desk desk)
    {
        var whole = desk.Whole;
        var report = whole.Has(Cue.News) && !IsMine(desk);
        values[(int)Feature.Minutes] = report ? 0 : Minutes(desk);
        values[(int)Feature.Today] = report ? 0 : Today(whole);
        values[(int)Feature.Ordinary] = Ordinary(whole);
        values[(int)Feature.Report] = report ? 1 : 0;
        values[(int)Feature.Small] = whole.Has(Cue.Trifle) && !whole.Has(Cue.Danger) ? 1 : 0;
    }

    /// <summary>The author was hurt or in danger, and neither praises nor thanks anybody for what was done about it.</summary>
    public static bool IsOwn(Desk desk)
    {
        var whole = desk.Whole;
        return whole.Has(Cue.Me) && whole.HasAny(s_grave) && !whole.HasAny(s_forGood) && (!whole.Has(Cue.Praise) || PraisesBefore(whole));
    }

    /// <summary>Who is in danger himself complains, however calm his words are: no list can hold all that a frightened person may say beside it.</summary>
    public static bool IsOwnDanger(Desk desk) => desk.Whole.Has(Cue.Danger) && IsOwn(desk);

    /// <summary>"I love my scooter, but it caught fire": the praise was before, and is over.</summary>
    private static bool PraisesBefore(Reading whole)
    {
        var but = whole.Where[(int)Cue.Contrast];
        var harm = whole.Has(Cue.Danger) ? Cue.Danger : whole.Has(Cue.Injury) ? Cue.Injury : Cue.Hacked;
        return but.Length > 0 && whole.Where[(int)Cue.Praise].Start < but.Start && but.Start < whole.Where[(int)harm].Start;
    }

    /// <summary>Minutes matter: harm to people, an account taken over, stranded now, a legal threat, everybody cut off.</summary>
    private static float Minutes(Desk desk)
    {
        var whole = desk.Whole;
        var mine = IsMine(desk);
        return whole switch
        {
            _ when whole.Has(Cue.Jest) && !(mine && whole.HasAny(s_grave)) => 0,
            _ when whole.Has(Cue.Danger) => 1.3f,
            _ when mine && (whole.Has(Cue.Injury) || whole.Has(Cue.Hacked) || whole.Has(Cue.Exposed) || whole.Has(Cue.Threat)) => 1,
            _ when mine && whole.Has(Cue.Lifeline) && whole.HasAny(s_cutOff) => 1,
            _ when whole.Has(Cue.Stranded) && whole.Has(Cue.Now) => 1,
            _ when whole.Has(Cue.Outage) && whole.Has(Cue.Wide) => 0.9f,
            _ => 0,
        };
    }

    /// <summary>Today: cut off from what was paid for, money or a date at stake, nobody answers, leaving, or going public. More than one of them weighs more.</summary>
    private static float Today(Reading whole)
    {
        var kinds = (whole.Has(Cue.Stranded) ? 1 : 0) + (whole.Has(Cue.Charged) ? 1 : 0) + (whole.Has(Cue.Blocked) ? 1 : 0) + (whole.Has(Cue.Unanswered) ? 1 : 0) + (whole.Has(Cue.Leaving) ? 1 : 0)
            + (whole.Has(Cue.Public) || whole.Has(Cue.Fraud) || whole.Has(Cue.Legal) ? 1 : 0) + (whole.Has(Cue.Deadline) && (Features.HasTrouble(whole) || whole.Has(Cue.Help)) ? 1 : 0);
        return kinds switch { 0 => 0, 1 => 1, 2 => 1.4f, _ => 1.7f };
    }

    private static float Ordinary(Reading whole) => whole switch
    {
        _ when whole.Has(Cue.Failure) || whole.Has(Cue.Outage) || whole.Has(Cue.Refund) => 1,
        _ when whole.Has(Cue.Waiting) || whole.Has(Cue.Repeated) || whole.Has(Cue.Person) => 0.8f,
        _ when whole.Worst >= 2.4 || whole.Has(Cue.Money) => 0.6f,
        _ when whole.Bad > 0 || whole.NegatedGood > 0 || Features.HasTrouble(whole) => 0.4f,
        _ => 0,
    };

    /// <summary>The cues because of which one of these rules holds; 0 when it is only the feeling.</summary>
    public static ulong Because(Feature rule, Desk desk)
    {
        var whole = desk.Whole;
        return rule switch
        {
            Feature.Minutes => BecauseOfMinutes(whole, IsMine(desk)),
            Feature.Today => Of(whole, s_ofToday),
            _ => FirstOf(whole, s_failing, s_lasting, Cue.Money.Bit(), Cues.Trouble),
        };
    }

    private static ulong BecauseOfMinutes(Reading whole, bool mine) =>
        FirstOf(whole, Cue.Danger.Bit(), mine ? s_ofPerson : 0, mine && whole.HasAny(s_cutOff) ? Cue.Lifeline.Bit() : 0, whole.Has(Cue.Now) ? Cue.Stranded.Bit() : 0, s_ofMany);

    private static ulong FirstOf(Reading whole, params ReadOnlySpan<ulong> masks)
    {
        foreach (var mask in masks)
        {
            if (Of(whole, mask) is not 0 and var seen)
            {
                return seen;
            }
        }
        return 0;
    }

    private static ulong Of(Reading whole, ulong mask) => whole.SeenCues & mask;

    /// <summary>Somebody speaks of himself or to us.</summary>
    private static bool IsMine(Desk desk) => desk.Whole.Has(Cue.Me) || desk.Whole.Has(Cue.You) || desk.Genre.StartsWithName || desk.Genre.DropsPronouns;
}
