using System.Globalization;
using System.Numerics;
using System.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>Says why, in plain words with the customer's own.</summary>
internal static class Reasons
{
    private const int LongestQuote = 40;

    /// <summary>All cues but those of grammar and aspects, which tell of no trouble and of no kind.</summary>
    private static readonly ulong s_told = ~(Cues.Aspects | Cues.Mask(Cue.Negator, Cue.Booster, Cue.Damper, Cue.Contrast, Cue.Number, Cue.Ordinal, Cue.Plea, Cue.Idiom, Cue.Me, Cue.You));
    private static readonly string[] s_cueNames = [.. Enum.GetNames<Cue>().Select(GroundCodes.Spaced)];

    public static Assessment Tell(in Judgement judgement, string text, Evidence evidence) => new()
    {
        Complaint = judgement.Complaint,
        IsComplaint = judgement.IsComplaint,
        Sentiment = judgement.Sentiment,
        SentimentLabel = judgement.SentimentLabel,
        Urgency = judgement.Urgency,
        Priority = judgement.Priority,
        Severity = judgement.Severity,
        Aspect = judgement.Aspect,
        Lang = judgement.Lang,
        LangIsGuess = judgement.LangIsGuess,
        Reasons = [.. Of(judgement.Grounds, text, evidence), .. Doubt(judgement)],
        PriorityReasons = Of(judgement.PriorityGrounds, text, evidence),
        Seen = NamesOf(judgement.Seen & s_told),
    };

    /// <summary>What evidence that came later says, as reason.</summary>
    public static Reason Of(byte code, double term, Evidence evidence)
    {
        var ground = new Ground(code, (float)term, 0, 0);
        return Tell(ground, "", evidence);
    }

    private static Reason[] Of(in GroundList grounds, string text, Evidence evidence)
    {
        var reasons = new Reason[grounds.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = Tell(grounds[i], text, evidence);
        }
        return reasons;
    }

    private static Reason Tell(Ground ground, string text, Evidence evidence)
    {
        var words = ground.Length == 0 ? null : Quote(text.AsSpan(ground.Start, ground.Length));
        return new Reason(ground.Name, Math.Round(ground.Weight, 3), Say(ground, words is null ? null : $"\"{words}\"", evidence)) { Words = words };
    }

    private static Reason[] Doubt(in Judgement judgement)
    {
        var because = new List<string>();
        if (judgement.Doubts.HasFlag(Doubts.Language))
        {
            because.Add(judgement.Lang == "und" ? "nobody can tell its language" : $"its language ({judgement.Lang}) is known less well");
        }
        if (judgement.Doubts.HasFlag(Doubts.FewWords))
        {
            because.Add("it has hardly a word");
        }
        if (judgement.Doubts.HasFlag(Doubts.NearLine))
        {
            because.Add("it is near the line between a complaint and none");
        }
        return because.Count == 0 ? [] : [new Reason(GroundCodes.NameOf(GroundCodes.Uncertain), 0, string.Join("; ", because))];
    }

    private static List<string> NamesOf(ulong cues)
    {
        var names = new List<string>(BitOperations.PopCount(cues));
        for (; cues != 0; cues &= cues - 1)
        {
            names.Add(s_cueNames[BitOperations.TrailingZeroCount(cues)]);
        }
        return names;
    }

    private static string Say(Ground ground, string? quote, Evidence evidence) => ground.Code switch
    {
        GroundCodes.Wording => quote is null ? "by its wording" : $"words such as {quote}",
        GroundCodes.Voice => "speaks of himself or to somebody" + Quoted(quote),
        GroundCodes.Base when ground.Weight < 0 => "nothing in it says that it is a complaint",
        GroundCodes.Base => "many texts like this are complaints",
        GroundCodes.Form => "by its length and marks",
        GroundCodes.Subject => $"speaks of {quote ?? "a product or service"}",
        GroundCodes.Stars => string.Create(CultureInfo.InvariantCulture, $"gave {evidence.Stars:0.#} of 5 stars"),
        GroundCodes.Thread => "stands in the thread of an open case",
        GroundCodes.Repetition => evidence.Earlier == 1 ? "has complained once before" : $"has complained {evidence.Earlier} times before",
        GroundCodes.Team => ground.Weight > 0 ? "your team called such posts complaints" : "your team said that such posts are no complaints",
        GroundCodes.Reach => string.Create(CultureInfo.InvariantCulture, $"{evidence.Followers:N0} people follow them"),
        _ => Say((Feature)ground.Code, quote),
    };

    private static string Say(Feature feature, string? quote) => feature switch
    {
        Feature.NegatedGood => "denies something good" + Quoted(quote),
        Feature.NegatedBad or Feature.NegatedTrouble => "says that something bad is not so",
        Feature.BadFaces => "has an unhappy face",
        Feature.GoodFaces => "has a happy face",
        Feature.Shouting => "is written in capitals",
        Feature.Elongation => "draws a word out",
        Feature.SarcasmWithTrouble => "sounds sarcastic" + Quoted(quote),
        Feature.Mockery => "mocks" + Quoted(quote),
        Feature.Link => "carries a link",
        Feature.Bare => "says in a few words what is wrong",
        Feature.Nobody => "nobody speaks of himself or to anybody",
        Feature.Names => "calls somebody by name",
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
        Feature.SupportVoice => "speaks like a company" + Quoted(quote),
        Feature.Ad => "reads like an ad" + Quoted(quote),
        Feature.News => "reads like news" + Quoted(quote),
        Feature.Joke => "reads like a joke" + Quoted(quote),
        Feature.Job => "reads like a job offer" + Quoted(quote),
        Feature.Gossip => "tells of others" + Quoted(quote),
        Feature.Praise => "praises" + Quoted(quote),
        Feature.Thanks => "says thanks" + Quoted(quote),
        Feature.Question => "asks a question" + Quoted(quote),
        Feature.Minutes or Feature.Today or Feature.Ordinary => "tells of something that went wrong" + Quoted(quote),
        _ => quote is null ? "tells of " + GroundCodes.NameOf((byte)feature) : $"says {quote}",
    };

    private static string Quoted(string? quote) => quote is null ? "" : ": " + quote;

    private static string Quote(ReadOnlySpan<char> quote)
    {
        var length = Math.Min(quote.Length, LongestQuote);
        length -= length > 0 && length < quote.Length && char.IsHighSurrogate(quote[length - 1]) ? 1 : 0;
        var plain = new StringBuilder(length + 1);
        foreach (var c in quote[..length])
        {
            plain.Append(char.IsControl(c) || c is '"' or '\u2028' or '\u2029' ? ' ' : c);
        }
        return plain.Append(length < quote.Length ? "…" : "").ToString();
    }
}
