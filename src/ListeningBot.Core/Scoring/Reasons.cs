using System.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>Says why, in plain words with the customer's own, heaviest first.</summary>
internal static class Reasons
{
    private const int Most = 8;
    private const double Least = 0.12;
    private const int LongestQuote = 40;
    private static readonly Cue?[] s_cues = [.. Enum.GetValues<Feature>().Select(Features.CueOf)];
    private static readonly string[] s_names = [.. Enum.GetValues<Feature>().Select(NameOf)];

    public static IReadOnlyList<Reason> Of(Desk desk, Model model)
    {
        Span<(double Weight, Feature Feature)> heaviest = stackalloc (double, Feature)[Most];
        var count = 0;
        for (var i = (int)Feature.Bias + 1; i < desk.StrongestFeatures.Length; i++)
        {
            var weight = model.WeightOf((Feature)i, Head.Complaint, desk.StrongestFeatures[i]);
            if (Math.Abs(weight) >= Least && HasWords((Feature)i))
            {
                Insert(heaviest, ref count, (weight, (Feature)i));
            }
        }
        var reasons = new Reason[count];
        for (var i = 0; i < count; i++)
        {
            var (weight, feature) = heaviest[i];
            reasons[i] = new Reason(s_names[(int)feature], Math.Round(weight, 3), Say(feature, desk));
        }
        return reasons;
    }

    private static void Insert(Span<(double Weight, Feature Feature)> heaviest, ref int count, (double Weight, Feature Feature) one)
    {
        var at = count;
        while (at > 0 && Math.Abs(heaviest[at - 1].Weight) < Math.Abs(one.Weight))
        {
            at--;
        }
        if (at == Most)
        {
            return;
        }
        count = Math.Min(Most, count + 1);
        for (var i = count - 1; i > at; i--)
        {
            heaviest[i] = heaviest[i - 1];
        }
        heaviest[at] = one;
    }

    /// <summary>Form alone (length, marks) is weighed but tells a reader nothing.</summary>
    private static bool HasWords(Feature feature) => feature < Feature.Minutes && feature is not (Feature.Length or Feature.Nobody or Feature.StartsWithName or Feature.Names or Feature.Numbers
        or Feature.Exclamation or Feature.Ellipsis or Feature.QuestionMark or Feature.BadOnly or Feature.Me or Feature.You or Feature.Bad or Feature.Good or Feature.Contrast or Feature.NewsVoice);

    private static string NameOf(Feature feature) => feature switch
    {
        Feature.Worst => "feeling",
        Feature.Best => "good word",
        Feature.SarcasmWithTrouble => "sarcasm",
        Feature.LinkWithoutTrouble => "link",
        _ => Spaced(feature.ToString()),
    };

    private static string Say(Feature feature, Desk desk)
    {
        var seen = desk.Strongest;
        var text = desk.Pieces.Text;
        return feature switch
        {
            Feature.Worst => Says(text, seen.WorstWord),
            Feature.Best => Says(text, seen.BestWord),
            Feature.NegatedGood => "denies something good: " + Quote(text, seen.NegatedGoodWord),
            Feature.NegatedBad or Feature.NegatedTrouble => "says that something bad is not so",
            Feature.Negation => Says(text, seen.Where[(int)Cue.Negator]),
            Feature.BadFaces => "has an unhappy face",
            Feature.GoodFaces => "has a happy face",
            Feature.Shouting => "is written in capitals",
            Feature.Elongation => "draws a word out",
            Feature.SarcasmWithTrouble => "sounds sarcastic: " + Quote(text, seen.Has(Cue.Sarcasm) ? seen.Where[(int)Cue.Sarcasm] : seen.CheerfulWord),
            Feature.Mockery => "mocks: " + Quote(text, seen.Where[(int)Cue.Mockery]),
            Feature.Link => "carries a link",
            Feature.LinkWithoutTrouble => "carries a link and names no trouble",
            Feature.Bare => "says in a few words what is wrong",
            Feature.Retweet => "passes on somebody else's post",
            Feature.Tags => "carries hashtags",
            Feature.Price => "names a price",
            Feature.Cashtag => "names a share symbol",
            Feature.Quote => "quotes somebody",
            Feature.Headline => "is written like a headline",
            Feature.LowStars => "gave few stars",
            Feature.HighStars => "gave many stars",
            Feature.Mail => "wrote us a letter about it",
            Feature.Automatic => "a machine wrote it",
            Feature.SupportVoice => "speaks like a company: " + Quote(text, desk.Whole.Where[(int)Cue.SupportVoice]),
            Feature.Ad => "reads like an ad: " + Quote(text, desk.Whole.Where[(int)Cue.Ad]),
            Feature.News => "reads like news: " + Quote(text, desk.Whole.Where[(int)Cue.News]),
            Feature.Jest => "reads like a joke: " + Quote(text, desk.Whole.Where[(int)Cue.Jest]),
            Feature.Job => "reads like a job offer: " + Quote(text, desk.Whole.Where[(int)Cue.Job]),
            _ when s_cues[(int)feature] is { } cue => Says(text, (feature >= Feature.SupportVoice ? desk.Whole : seen).Where[(int)cue]),
            _ => s_names[(int)feature],
        };
    }

    private static string Says(ReadOnlySpan<byte> text, Seen where) => "says " + Quote(text, where);

    private static string Quote(ReadOnlySpan<byte> text, Seen where)
    {
        var quote = Encoding.UTF8.GetString(text.Slice(where.Start, where.Length));
        var length = Math.Min(quote.Length, LongestQuote);
        length -= length > 0 && length < quote.Length && char.IsHighSurrogate(quote[length - 1]) ? 1 : 0;
        var plain = new StringBuilder(length + 3).Append('"');
        foreach (var c in quote.AsSpan(0, length))
        {
            plain.Append(char.IsControl(c) || c is '"' or '\u2028' or '\u2029' ? ' ' : c);
        }
        return plain.Append(length < quote.Length ? "…\"" : "\"").ToString();
    }

    private static string Spaced(string name)
    {
        var spaced = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && spaced.Length > 0)
            {
                spaced.Append(' ');
            }
            spaced.Append(char.ToLowerInvariant(c));
        }
        return spaced.ToString();
    }
}
