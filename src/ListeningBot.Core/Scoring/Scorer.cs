namespace ListeningBot.Core.Scoring;

/// <summary>Scores a text. Thread-safe; the same text gives the same answer everywhere.</summary>
public sealed class Scorer
{
    /// <summary>What stands after so many characters is not read: a letter has said it by then.</summary>
    public const int MostCharacters = 20_000;

    /// <summary>
    /// The probability from which a text counts as a complaint. Below a half, since a complaint that is missed costs about twice a false alarm: then it pays to look from one in three on.
    /// </summary>
    public const double ComplaintLine = 0.35;

    /// <summary>What a machine wrote is never more of a complaint than this.</summary>
    private const double MostOfAutomatic = 0.05;

    /// <summary>Of what is surely no complaint nobody asks how urgent it is.</summary>
    private const double MayBeComplaint = 0.2;
    private const double MostSeverity = 3;

    [ThreadStatic]
    private static Desk? s_desk;

    private readonly Model _model;

    /// <summary>With the model that is built in.</summary>
    public Scorer()
        : this(Model.Shipped)
    {
    }

    public Scorer(Model model) => _model = model;

    /// <summary>Names the model that judges.</summary>
    public string Version => _model.Manifest.Version;

    /// <summary>Never throws, whatever the text; allocates nothing once its thread has read a text as long.</summary>
    public Judgement Judge(ReadOnlySpan<char> text, Evidence evidence)
    {
        var desk = s_desk ??= new Desk();
        desk.Read(text[..Math.Min(text.Length, MostCharacters)], evidence, _model);
        var probability = _model.Probability(Head.Complaint, desk.Logits[(int)Head.Complaint]);
        var complaint = Math.Round(evidence.Automatic ? Math.Min(MostOfAutomatic, probability) : Harm.IsOwnDanger(desk) ? Math.Max(ComplaintLine, probability) : probability, 4);
        var sentiment = Scoring.Sentiment.Of(desk, _model, evidence);
        var (urgency, priorityGrounds) = UrgencyOf(desk, complaint, evidence);
        return new Judgement
        {
            Complaint = complaint,
            Sentiment = sentiment,
            SentimentLabel = Scoring.Sentiment.Label(sentiment, _model.Lines),
            Urgency = urgency,
            Severity = Math.Round(MostSeverity * _model.Probability(Head.Severity, desk.Logits[(int)Head.Severity]), 2),
            Aspect = Aspects.Of(desk, _model),
            Lang = desk.Lang,
            LangIsGuess = desk.LangIsGuess,
            Grounds = Grounds.OfComplaint(desk, _model),
            PriorityGrounds = priorityGrounds,
            Doubts = DoubtsOf(desk, complaint, evidence),
            Seen = desk.Whole.SeenCues,
        };
    }

    /// <summary>The same with texts for people.</summary>
    public Assessment Assess(string text, Evidence evidence) => Reasons.Tell(Judge(text, evidence), text, evidence) with { JudgedBy = Version };

    private (double Urgency, GroundList Grounds) UrgencyOf(Desk desk, double complaint, Evidence evidence)
    {
        if (evidence.Automatic)
        {
            return (0, default);
        }
        var words = Urgency.OfWords(desk, _model, complaint);
        var grounds = complaint >= MayBeComplaint ? Grounds.OfPriority(desk, _model, Urgency.HeadOf(Urgency.PriorityOf(words))) : default;
        return (Math.Round(UrgencyEvidence.AddTo(words, complaint, evidence, ref grounds), 4), grounds);
    }

    private static Doubts DoubtsOf(Desk desk, double complaint, Evidence evidence)
    {
        const double near = 0.1;
        if (evidence.Automatic)
        {
            return Doubts.None;
        }
        var few = desk.Whole.Words < 2;
        var words = desk.Lang switch
        {
            "en" or "de" or "fr" or "es" or "it" or "pt" => few ? Doubts.FewWords : Doubts.None,
            "und" when few => Doubts.FewWords,
            _ => Doubts.Language,
        };
        return words | (Math.Abs(complaint - ComplaintLine) < near ? Doubts.NearLine : Doubts.None);
    }
}
