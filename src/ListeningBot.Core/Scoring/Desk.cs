namespace ListeningBot.Core.Scoring;

/// <summary>What one thread needs to read a text, kept from text to text so that reading allocates nothing.</summary>
internal sealed class Desk
{
    private readonly double[] _trying = new double[Scoring.Features.Count];
    private Reading _passage = new();

    public PieceList Pieces { get; } = new();

    /// <summary>Everything that was found anywhere.</summary>
    public Reading Whole { get; } = new();

    /// <summary>The passage that speaks loudest for a complaint.</summary>
    public Reading Strongest { get; private set; } = new();
    public double[] Features { get; } = new double[Scoring.Features.Count];
    public double Logit { get; private set; }
    public string Lang { get; private set; } = "und";
    public Genre Genre { get; private set; }

    public void Read(ReadOnlySpan<char> text, Evidence evidence)
    {
        Pieces.Read(text);
        Lang = Language.Of(Pieces, evidence);
        Genre = Genre.Of(Pieces) with { DropsPronouns = Lang is "es" or "it" or "pt" };
        var lexicon = Lexicon.Of(Lang);
        var passages = ReadWhole(lexicon, Pieces.Text.Length);
        Logit = double.NegativeInfinity;
        for (var from = 0; from < Pieces.Count || from == 0;)
        {
            var end = passages == 1 ? Pieces.Count : Passages.End(Pieces, from, Pieces.Text.Length);
            Weigh(lexicon, from, end, evidence, passages);
            from = Math.Max(end, from + 1);
        }
    }

    private int ReadWhole(Lexicon lexicon, int length)
    {
        Whole.Clear();
        var passages = 0;
        for (var from = 0; from < Pieces.Count; passages++)
        {
            var end = Passages.End(Pieces, from, length);
            new PassageReader(Pieces, lexicon, Whole).Read(from, end);
            from = end;
        }
        return Math.Max(1, passages);
    }

    private void Weigh(Lexicon lexicon, int from, int end, Evidence evidence, int passages)
    {
        var passage = Whole;
        if (passages > 1)
        {
            passage = _passage;
            passage.Clear();
            new PassageReader(Pieces, lexicon, passage).Read(from, end);
        }
        var genre = Genre;
        Scoring.Features.Fill(_trying, passage, Whole, genre, evidence);
        var logit = 0.0;
        for (var i = 0; i < _trying.Length; i++)
        {
            logit += _trying[i] * Weights.Complaint[i];
        }
        if (logit <= Logit)
        {
            return;
        }
        Logit = logit;
        _trying.CopyTo(Features.AsSpan());
        if (passages == 1)
        {
            Strongest = Whole;
        }
        else
        {
            (Strongest, _passage) = (_passage, ReferenceEquals(Strongest, Whole) ? new Reading() : Strongest);
        }
    }
}
