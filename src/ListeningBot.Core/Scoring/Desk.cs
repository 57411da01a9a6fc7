namespace ListeningBot.Core.Scoring;

/// <summary>What one thread needs to read a text, kept from text to text so that reading allocates nothing.</summary>
internal sealed class Desk
{
    private readonly float[] _features = new float[Features.Count];
    private readonly float[] _logits = new float[Heads.Count];
    private readonly int[] _sums = new int[Model.Sums];
    private readonly int[] _wholeSums = new int[Model.Sums];

    /// <summary>The passage that is read goes into one of the two, the other holds the strongest so far.</summary>
    private readonly Reading _one = new();
    private readonly Reading _other = new();
    private Reading _passage;
    private int[] _grams = new int[1024];

    public Desk() => _passage = _one;

    public PieceList Pieces { get; } = new();

    /// <summary>Everything that was found anywhere.</summary>
    public Reading Whole { get; } = new();

    /// <summary>The passage that speaks loudest for a complaint, and where its pieces begin and end.</summary>
    public Reading Strongest { get; private set; } = new();
    public (int From, int To) StrongestPieces { get; private set; }
    public int StrongestGrams { get; private set; }

    /// <summary>Of that passage.</summary>
    public float[] StrongestFeatures { get; } = new float[Features.Count];

    /// <summary>How far a team's verdicts moved its logit of a complaint.</summary>
    public float Learned { get; private set; }

    /// <summary>Of the whole text, from which all heads but the complaint's are told.</summary>
    public ReadOnlySpan<float> WholeFeatures => _features;
    public int WholeGrams { get; private set; }
    public Stretch Stretch { get; } = new();

    /// <summary>One for each head: the complaint's of the strongest passage, the others' of the whole text.</summary>
    public float[] Logits { get; } = new float[Heads.Count];
    public string Lang { get; private set; } = "und";
    public bool LangIsGuess { get; private set; }
    public Genre Genre { get; private set; }

    public void Read(ReadOnlySpan<char> text, Evidence evidence, Model model)
    {
        var passages = Begin(text, evidence);
        Array.Clear(_wholeSums);
        var grams = 0;
        var strongest = float.NegativeInfinity;
        for (var from = 0; from < Pieces.Count || from == 0;)
        {
            var end = passages == 1 ? Pieces.Count : Passages.End(Pieces, from, Pieces.Text.Length);
            grams += Weigh(from, end, evidence, model, passages, ref strongest);
            from = Math.Max(end, from + 1);
        }
        if (passages > 1)
        {
            Features.Fill(_features, Whole, this, evidence);
            model.Weigh(_features, _wholeSums, grams, Logits);
        }
        else
        {
            _logits.CopyTo(Logits);
        }
        Logits[(int)Head.Complaint] = strongest;
        WholeGrams = grams;
    }

    /// <summary>Reads the whole text; what follows asks about its passages. Tells how many there are.</summary>
    public int Begin(ReadOnlySpan<char> text, Evidence evidence)
    {
        Pieces.Read(text);
        (Lang, LangIsGuess) = Language.Of(Pieces, evidence);
        Genre = Genre.Of(Pieces) with { DropsPronouns = Lang is "es" or "it" or "pt" };
        Whole.Clear();
        var lexicon = Lexicon.Of(Lang);
        TagReader.Split(Pieces, lexicon);
        WordFinder.Find(Pieces, lexicon);
        var passages = 0;
        for (var from = 0; from < Pieces.Count; passages++)
        {
            var end = Passages.End(Pieces, from, Pieces.Text.Length);
            new PassageReader(Pieces, lexicon, Whole).Read(from, end);
            from = end;
        }
        return Math.Max(1, passages);
    }

    /// <summary>Fills the features of one passage of the text that was begun.</summary>
    public Reading FillPassage(int from, int end, Evidence evidence, int passages, Span<float> features)
    {
        var passage = Whole;
        if (passages > 1)
        {
            passage = _passage;
            passage.Clear();
            new PassageReader(Pieces, Lexicon.Of(Lang), passage).Read(from, end);
        }
        Features.Fill(features, passage, this, evidence);
        return passage;
    }

    private int Weigh(int from, int end, Evidence evidence, Model model, int passages, ref float strongest)
    {
        var passage = FillPassage(from, end, evidence, passages, _features);
        var grams = Grams.Read(Pieces, from, end, ref _grams);
        Array.Clear(_sums);
        model.AddPieces(_grams.AsSpan(0, grams), Pieces.Between(from, end), Stretch.Of(from, end), _sums);
        for (var i = 0; i < _sums.Length; i++)
        {
            _wholeSums[i] += _sums[i];
        }
        var learned = model.Weigh(_features, _sums, grams, _logits);
        if (_logits[(int)Head.Complaint] > strongest || passages == 1)
        {
            strongest = _logits[(int)Head.Complaint];
            StrongestPieces = (from, end);
            StrongestGrams = grams;
            Learned = learned;
            _features.CopyTo(StrongestFeatures.AsSpan());
            Keep(passage, passages);
        }
        return grams;
    }

    private void Keep(Reading passage, int passages)
    {
        Strongest = passage;
        if (passages > 1)
        {
            _passage = ReferenceEquals(passage, _one) ? _other : _one;
        }
    }
}
