using System.Numerics;

namespace ListeningBot.Core.Scoring;

/// <summary>Finds what moved a head: each feature and the learned table by what they added to its logit, features that tell a reader the same taken together.</summary>
internal static class Grounds
{
    private const float Least = 0.12f;

    /// <summary>Beside these there is always room for the evidence.</summary>
    private const int MostOfPriority = GroundList.Most - 4;

    /// <summary>The logit from which a text counts as a complaint.</summary>
    private static readonly double s_line = Steady.Logit(Scorer.ComplaintLine);

    public static GroundList OfComplaint(Desk desk, Model model)
    {
        Span<float> weights = stackalloc float[GroundCodes.Count];
        weights.Clear();
        Add(desk, model, Head.Complaint, desk.StrongestFeatures, weights);
        var (from, to) = desk.StrongestPieces;
        weights[GroundCodes.Wording] = desk.Stretch.Weigh(from, to, model, Head.Complaint, desk.StrongestGrams);
        weights[GroundCodes.Team] = desk.Learned * model.Calibrations[(int)Head.Complaint].Slope;
        var list = Heaviest(weights, GroundList.Most);
        NameSomething(ref list, weights, (float)(weights[GroundCodes.Base] + model.Logit(Head.Complaint, 0) - s_line), model.Logit(Head.Complaint, desk.Logits[(int)Head.Complaint]) - s_line);
        for (var i = 0; i < list.Count; i++)
        {
            var ground = list[i];
            var where = ground.Code == GroundCodes.Wording ? desk.Stretch.Loudest(desk.Pieces, from, to, Head.Complaint, Math.Sign(ground.Weight)).Where : WhereOf(ground.Code, desk, desk.Strongest);
            list.Place(i, desk.Pieces.InCharacters(where));
        }
        return list;
    }

    /// <summary>What speaks for and against the level that this head tells.</summary>
    public static GroundList OfPriority(Desk desk, Model model, Head head)
    {
        Span<float> weights = stackalloc float[GroundCodes.Count];
        weights.Clear();
        Add(desk, model, head, desk.WholeFeatures, weights);
        weights[GroundCodes.Wording] = WordingOfWhole(desk, model, head);
        var list = Heaviest(weights, MostOfPriority);
        for (var i = 0; i < list.Count; i++)
        {
            var ground = list[i];
            var where = ground.Code == GroundCodes.Wording ? LoudestOfWhole(desk, head, Math.Sign(ground.Weight)) : WhereOf(ground.Code, desk, desk.Whole);
            list.Place(i, desk.Pieces.InCharacters(where));
        }
        return list;
    }

    /// <summary>Where nothing that weighs enough speaks for the verdict, it is what most texts are; or else the sum of small hints, of which the strongest is named.</summary>
    private static void NameSomething(ref GroundList list, ReadOnlySpan<float> weights, float usual, double verdict)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Weight > 0 == verdict > 0)
            {
                return;
            }
        }
        var (code, most) = (GroundCodes.Base, usual > 0 == verdict > 0 ? usual : 0);
        for (var i = 0; i < weights.Length && usual > 0 != verdict > 0; i++)
        {
            if (i != GroundCodes.Base && weights[i] > 0 == verdict > 0 && Math.Abs(weights[i]) > Math.Abs(most))
            {
                (code, most) = ((byte)i, weights[i]);
            }
        }
        list.Insert(new Ground(code, most, 0, 0), GroundList.Most);
    }

    private static float WordingOfWhole(Desk desk, Model model, Head head)
    {
        var sum = 0f;
        for (var (from, to) = (0, 0); from < desk.Pieces.Count; from = to)
        {
            to = Passages.End(desk.Pieces, from, desk.Pieces.Text.Length);
            sum += desk.Stretch.Weigh(from, to, model, head, desk.WholeGrams);
        }
        return sum;
    }

    private static Seen LoudestOfWhole(Desk desk, Head head, int sign)
    {
        var (loudest, where) = (0, default(Seen));
        for (var (from, to) = (0, 0); from < desk.Pieces.Count; from = to)
        {
            to = Passages.End(desk.Pieces, from, desk.Pieces.Text.Length);
            var (there, steps) = desk.Stretch.Loudest(desk.Pieces, from, to, head, sign);
            (loudest, where) = steps > loudest ? (steps, there) : (loudest, where);
        }
        return where;
    }

    private static void Add(Desk desk, Model model, Head head, ReadOnlySpan<float> features, Span<float> weights)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (features[i] == 0)
            {
                continue;
            }
            var weight = (float)model.WeightOf((Feature)i, head, features[i]);
            if (CausesOf((Feature)i, desk) is not 0 and var causes)
            {
                Share(weight, causes, weights);
            }
            else
            {
                weights[GroundCodes.Of((Feature)i)] += weight;
            }
        }
    }

    /// <summary>A rule tells a reader nothing; the cues that fulfilled it do.</summary>
    private static ulong CausesOf(Feature feature, Desk desk) => feature switch
    {
        Feature.Minutes or Feature.Today or Feature.Ordinary => Harm.Because(feature, desk),
        Feature.NewsVoice => desk.Whole.Has(Cue.News) ? Cue.News.Bit() : desk.Whole.Has(Cue.Ad) ? Cue.Ad.Bit() : Cue.Job.Bit(),
        _ => 0,
    };

    private static void Share(float weight, ulong causes, Span<float> weights)
    {
        weight /= BitOperations.PopCount(causes);
        for (; causes != 0; causes &= causes - 1)
        {
            weights[GroundCodes.Of((Cue)BitOperations.TrailingZeroCount(causes))] += weight;
        }
    }

    private static GroundList Heaviest(ReadOnlySpan<float> weights, int most)
    {
        var list = new GroundList();
        for (var code = 0; code < weights.Length; code++)
        {
            if (Math.Abs(weights[code]) >= Least && code != GroundCodes.Base)
            {
                list.Insert(new Ground((byte)code, weights[code], 0, 0), most);
            }
        }
        return list;
    }

    /// <summary>The words that show it, in UTF-8; none where it has none.</summary>
    private static Seen WhereOf(byte code, Desk desk, Reading passage)
    {
        var where = code switch
        {
            GroundCodes.Feeling => passage.WorstWord,
            GroundCodes.GoodWord => passage.BestWord,
            GroundCodes.Voice => passage.Has(Cue.Me) ? passage.Where[(int)Cue.Me] : passage.Where[(int)Cue.You],
            GroundCodes.Subject => Subject(desk.Whole),
            (byte)Feature.Negation => passage.Where[(int)Cue.Negator],
            (byte)Feature.NegatedGood => passage.NegatedGoodWord,
            (byte)Feature.SarcasmWithTrouble => passage.Has(Cue.Sarcasm) ? passage.Where[(int)Cue.Sarcasm] : passage.CheerfulWord,
            (byte)Feature.Joke => desk.Whole.Has(Cue.Joke) ? desk.Whole.Where[(int)Cue.Joke] : desk.Whole.Where[(int)Cue.Jest],
            _ when GroundCodes.CueOf(code) is { } cue => passage.Where[(int)cue],
            _ => default,
        };
        return where.Length == 0 && GroundCodes.CueOf(code) is { } anywhere ? desk.Whole.Where[(int)anywhere] : where;
    }

    private static Seen Subject(Reading whole)
    {
        for (var cue = Cue.AspectSafety; cue <= Cue.AspectQuality; cue++)
        {
            if (whole.Has(cue))
            {
                return whole.Where[(int)cue];
            }
        }
        return default;
    }
}
