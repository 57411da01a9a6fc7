namespace ListeningBot.Core.Scoring;

/// <summary>Where a cue was seen: a stretch of the text.</summary>
internal readonly record struct Seen(int Start, int Length);

/// <summary>What was found in one passage, or, summed up, in the whole text.</summary>
internal sealed class Reading
{
    public readonly int[] Counts = new int[Cues.Count];
    public readonly Seen[] Where = new Seen[Cues.Count];
    public double Good;
    public double Bad;
    public double Best;
    public double Worst;
    public Seen BestWord;
    public Seen WorstWord;
    public int NegatedGood;
    public int NegatedBad;
    public Seen NegatedGoodWord;
    public int NegatedTrouble;
    public int GoodFaces;
    public int BadFaces;
    public int Words;
    public int OpensCheerfully;
    public Seen CheerfulWord;
    public int Shouted;
    public int Elongated;

    public int this[Cue cue] => Counts[(int)cue];

    public bool Has(Cue cue) => Counts[(int)cue] > 0;

    /// <summary>One bit for each cue that was seen.</summary>
    public ulong SeenCues { get; private set; }

    public bool HasAny(ulong cues) => (SeenCues & cues) != 0;

    public void Clear()
    {
        SeenCues = 0;
        Array.Clear(Counts);
        Array.Clear(Where);
        Good = Bad = Best = Worst = 0;
        BestWord = WorstWord = NegatedGoodWord = CheerfulWord = default;
        NegatedGood = NegatedBad = NegatedTrouble = GoodFaces = BadFaces = OpensCheerfully = Words = Shouted = Elongated = 0;
    }

    public void Saw(ulong cues, Seen where)
    {
        SeenCues |= cues;
        while (cues != 0)
        {
            var cue = System.Numerics.BitOperations.TrailingZeroCount(cues);
            cues &= cues - 1;
            Counts[cue]++;
            if (Where[cue].Length < where.Length)
            {
                Where[cue] = where;
            }
        }
    }
}
