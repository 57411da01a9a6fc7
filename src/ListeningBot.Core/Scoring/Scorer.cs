namespace ListeningBot.Core.Scoring;

/// <summary>Scores a text. Thread-safe; the same text gives the same answer everywhere.</summary>
public sealed class Scorer
{
    /// <summary>What stands after so many characters is not read: a letter has said it by then.</summary>
    public const int MostCharacters = 20_000;

    /// <summary>The probability from which a text counts as a complaint.</summary>
    public const double ComplaintLine = 0.5;

    /// <summary>What a machine wrote is never more of a complaint than this.</summary>
    private const double MostOfAutomatic = 0.05;

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

    /// <summary>Never throws, whatever the text.</summary>
    public Assessment Assess(string text, Evidence evidence)
    {
        var desk = s_desk ??= new Desk();
        desk.Read(text.AsSpan(0, Math.Min(text.Length, MostCharacters)), evidence, _model);
        var probability = _model.Probability(Head.Complaint, desk.Logits[(int)Head.Complaint]);
        var complaint = Math.Round(evidence.Automatic ? Math.Min(MostOfAutomatic, probability) : probability, 4);
        var sentiment = Sentiment.Of(desk, _model, evidence);
        var urgency = Urgency.Of(desk, _model, complaint, evidence);
        return new Assessment
        {
            Complaint = complaint,
            IsComplaint = complaint >= ComplaintLine,
            Sentiment = sentiment,
            SentimentLabel = Sentiment.Label(sentiment, _model.Lines),
            Urgency = urgency,
            Priority = Urgency.PriorityOf(urgency),
            Aspect = Aspects.Of(desk, _model),
            Lang = desk.Lang,
            Reasons = Reasons.Of(desk, _model),
            JudgedBy = Version,
        };
    }
}
