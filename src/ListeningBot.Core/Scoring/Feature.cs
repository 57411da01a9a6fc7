using System.Numerics;

namespace ListeningBot.Core.Scoring;

/// <summary>What the complaint probability is computed from. The weights file has one line for each, under the same name.</summary>
internal enum Feature
{
    Bias,

    // of the passage
    Bad, Worst, Good, Best, BadOnly, NegatedGood, NegatedBad, NegatedTrouble, Negation, BadFaces, GoodFaces,
    Failure, Outage, Waiting, Time, Money, Charged, Refund, Safety, Danger, Injury, Legal, Threat, Fraud, Hacked, Leaving, Help, Repeated, Unanswered,
    Swearing, Stranded, Deadline, Public, Wide, Blocked, Expectation, Why, Exposed, Praise, Thanks, Sarcasm, SarcasmWithTrouble, Mockery, Question, Mild, Trifle, Solved,
    Me, You, Person, Contrast, Numbers, Shouting, Elongation,

    // of the whole text
    SupportVoice, Ad, News, Job, Joke, Jest, Gossip, Link, LinkWithoutTrouble, Retweet, Tags, StartsWithName, Names, Price, Cashtag, Quote, QuestionMark, Exclamation, Ellipsis, Headline,
    Length, Nobody, Bare, NewsVoice, LowStars, HighStars, Mail, Automatic,

    // how bad it is by the rules of Harm
    Minutes, Today, Ordinary, Report, Small, Lifeline, Now,

    // words of each aspect
    AspectSafety, AspectPrivacy, AspectRefund, AspectBilling, AspectOutage, AspectDelivery, AspectApp, AspectStaff, AspectQuality,

    // the language it was read in, English being the rule
    German, French, Spanish, Italian, Portuguese, OtherLanguage,
}

internal static class Features
{
    private const float MockShare = 0.4f;
    private const float OwnLinkShare = 0.25f;

    /// <summary>Words.</summary>
    private const int MostOfBare = 8;
    public const int Count = (int)Feature.OtherLanguage + 1;

    /// <summary>Fills <paramref name="values"/>: each about 0..3. "Nobody" grows with the length of a text in which nobody speaks of himself or to anybody.</summary>
    public static void Fill(Span<float> values, Reading passage, Desk desk, Evidence evidence)
    {
        var (whole, genre) = (desk.Whole, desk.Genre);
        values.Clear();
        values[(int)Feature.Bias] = 1;
        FillFeelings(values, passage);
        FillCues(values, passage);
        FillGenre(values, whole, genre);
        FillEvidence(values, evidence, whole);
        Harm.Fill(values, desk);
        LeaveOutGoodWords(values, desk);
        FillLanguage(values, desk.Lang);
        var ownLink = LinksToOwnTrouble(passage, whole, genre) || ShowsSomebody(whole, genre);
        values[(int)Feature.Link] *= ownLink ? OwnLinkShare : 1;
        values[(int)Feature.Bare] = (genre.Links == 0 || ownLink) && IsBare(passage, whole, genre) ? 1 : 0;
        var trouble = passage.Bad + passage.NegatedGood > 0 || HasTrouble(passage);
        values[(int)Feature.LinkWithoutTrouble] = genre.Links > 0 && !trouble && !ownLink ? 1 : 0;
    }

    public static bool HasTrouble(Reading passage) => passage.HasAny(Cues.Trouble);

    /// <summary>"order never came": a few words that say what is wrong and nothing else.</summary>
    private static bool IsBare(Reading passage, Reading whole, in Genre genre) =>
        whole.Words <= MostOfBare && passage.HasAny(Cues.HardTrouble) && !whole.HasAny(Cues.OtherKinds | Cue.Praise.Bit() | Cue.Thanks.Bit() | Cue.Solved.Bit())
        && genre is { Tags: 0, Retweet: false, Cashtag: false, Headline: false };

    /// <summary>A customer who says "my" and what is wrong links to a picture of it, not to news.</summary>
    private static bool LinksToOwnTrouble(Reading passage, Reading whole, in Genre genre) =>
        (whole.Has(Cue.Me) || genre.DropsPronouns) && !genre.Retweet && !whole.HasAny(Cues.OtherKinds) && passage.HasAny(Cues.Trouble | Cue.Fraud.Bit() | Cue.Threat.Bit());

    /// <summary>Who writes to somebody and adds one link shows a picture of what he means; news are told to everybody.</summary>
    private static bool ShowsSomebody(Reading whole, in Genre genre) =>
        genre is { Links: 1, Names: > 0, Retweet: false, Headline: false } && !whole.HasAny(Cues.OtherKinds) && (genre.StartsWithName || whole.Has(Cue.Me) || whole.Has(Cue.You) || genre.Questions > 0);

    private static void FillFeelings(Span<float> values, Reading passage)
    {
        values[(int)Feature.Bad] = (float)Steady.Log2(1 + passage.Bad);
        values[(int)Feature.Worst] = (float)passage.Worst / 2;
        values[(int)Feature.Good] = (float)Steady.Log2(1 + passage.Good);
        values[(int)Feature.Best] = (float)passage.Best / 2;
        values[(int)Feature.BadOnly] = passage.Bad > 0 && passage.Good == 0 ? 1 : 0;
        values[(int)Feature.NegatedGood] = Some(passage.NegatedGood);
        values[(int)Feature.NegatedBad] = Some(passage.NegatedBad);
        values[(int)Feature.NegatedTrouble] = Some(passage.NegatedTrouble);
        values[(int)Feature.Negation] = Some(passage[Cue.Negator] + passage.NegatedGood);
        values[(int)Feature.BadFaces] = Some(passage.BadFaces);
        values[(int)Feature.GoodFaces] = Some(passage.GoodFaces);
        values[(int)Feature.Shouting] = Math.Min(1, passage.Shouted / 4f);
        values[(int)Feature.Elongation] = Some(passage.Elongated);
    }

    /// <summary>For each cue the feature of the same name.</summary>
    private static readonly Feature[] s_same = [.. Enum.GetValues<Cue>().Select(cue => Enum.TryParse<Feature>(cue.ToString(), out var same) ? same : default)];

    /// <summary>The cues that a passage itself tells by a feature of their name.</summary>
    private static readonly ulong s_ofPassage = Cues.Mask([.. Enum.GetValues<Cue>().Where(cue =>
        s_same[(int)cue] is (>= Feature.Failure and <= Feature.Contrast) or (>= Feature.Lifeline and <= Feature.AspectQuality))]);

    /// <summary>The cue that gives this feature its name, or null.</summary>
    public static Cue? CueOf(Feature feature) => Enum.TryParse<Cue>(feature.ToString(), out var cue) ? cue : null;

    private static void FillCues(Span<float> values, Reading passage)
    {
        for (var cues = passage.SeenCues & s_ofPassage; cues != 0; cues &= cues - 1)
        {
            var cue = (Cue)BitOperations.TrailingZeroCount(cues);
            values[(int)s_same[(int)cue]] = Some(passage[cue]);
        }
        values[(int)Feature.Numbers] = Some(passage[Cue.Number]);
        LeaveOutMockPraise(values, passage);
        values[(int)Feature.SarcasmWithTrouble] = Mocks(passage) && (HasTrouble(passage) || passage.Bad > 0) ? 1 : 0;
    }

    /// <summary>"Five stars for the refund I still wait for", "Great, another delay": next to trouble the cheerful words of sarcasm praise nobody.</summary>
    private static void LeaveOutMockPraise(Span<float> values, Reading passage)
    {
        if (Mocks(passage) && HasTrouble(passage))
        {
            values[(int)Feature.Praise] = values[(int)Feature.Thanks] = 0;
            values[(int)Feature.Good] *= MockShare;
            values[(int)Feature.Best] *= MockShare;
        }
    }

    private static bool Mocks(Reading passage) => passage.Has(Cue.Sarcasm) || (passage.OpensCheerfully > 0 && !passage.Has(Cue.Solved));

    /// <summary>"My watch, your number 1, gives me electric shocks": beside the author's own harm good words say nothing.</summary>
    private static void LeaveOutGoodWords(Span<float> values, Desk desk)
    {
        if (Harm.IsOwn(desk))
        {
            values[(int)Feature.Good] = values[(int)Feature.Best] = values[(int)Feature.Praise] = 0;
        }
    }

    /// <summary>What befell the author himself he tells in earnest, however he begins.</summary>
    private static readonly ulong s_ofEarnest = Cues.HardTrouble | Cues.Mask(Cue.Danger, Cue.Injury);

    private static void FillGenre(Span<float> values, Reading whole, in Genre genre)
    {
        values[(int)Feature.SupportVoice] = Some(whole[Cue.SupportVoice]);
        values[(int)Feature.Ad] = Some(whole[Cue.Ad]);
        values[(int)Feature.News] = Some(whole[Cue.News]);
        values[(int)Feature.Job] = Some(whole[Cue.Job]);
        values[(int)Feature.Joke] = Some(whole[Cue.Joke]);
        values[(int)Feature.Jest] = whole.Has(Cue.Me) && whole.HasAny(s_ofEarnest) ? 0 : Some(whole[Cue.Jest]);
        values[(int)Feature.Gossip] = Some(whole[Cue.Gossip]);
        values[(int)Feature.Link] = Some(genre.Links);
        values[(int)Feature.Retweet] = genre.Retweet ? 1 : 0;
        values[(int)Feature.Tags] = Some(genre.Tags);
        values[(int)Feature.StartsWithName] = genre.StartsWithName ? 1 : 0;
        values[(int)Feature.Names] = Some(genre.Names);
        values[(int)Feature.Price] = Some(genre.Prices);
        values[(int)Feature.Cashtag] = genre.Cashtag ? 1 : 0;
        values[(int)Feature.Quote] = genre.Quotes > 1 ? 1 : 0;
        values[(int)Feature.QuestionMark] = genre.Questions > 0 ? 1 : 0;
        values[(int)Feature.Exclamation] = Some(genre.Exclamations);
        values[(int)Feature.Ellipsis] = Some(genre.Ellipses);
        values[(int)Feature.Headline] = genre.Headline && !whole.Has(Cue.Me) ? 1 : 0;
        values[(int)Feature.Length] = Math.Min(3, (float)Steady.Log2(1 + whole.Words) / 2);
        values[(int)Feature.NewsVoice] = !whole.Has(Cue.Me) && (whole.Has(Cue.News) || whole.Has(Cue.Ad) || whole.Has(Cue.Job)) && (genre.Links > 0 || !whole.Has(Cue.You)) ? 1 : 0;
        values[(int)Feature.Nobody] = whole.Has(Cue.Me) || whole.Has(Cue.You) || genre.StartsWithName || genre.DropsPronouns ? 0 : Math.Min(1.5f, whole.Words / 10f);
    }

    private static void FillLanguage(Span<float> values, string lang)
    {
        var feature = lang switch
        {
            "en" => Feature.Bias,
            "de" => Feature.German,
            "fr" => Feature.French,
            "es" => Feature.Spanish,
            "it" => Feature.Italian,
            "pt" => Feature.Portuguese,
            _ => Feature.OtherLanguage,
        };
        values[(int)feature] = 1;
    }

    private static void FillEvidence(Span<float> values, Evidence evidence, Reading whole)
    {
        if (evidence.Stars is { } stars && double.IsFinite(stars))
        {
            values[(int)Feature.LowStars] = (float)Math.Clamp((3.5 - stars) / 2, 0, 1.25);
            values[(int)Feature.HighStars] = (float)Math.Clamp((stars - 3.5) / 1.5, 0, 1);
        }
        values[(int)Feature.Mail] = evidence.Mail && HasTrouble(whole) ? 1 : 0;
        values[(int)Feature.Automatic] = evidence.Automatic ? 1 : 0;
    }

    /// <summary>0, 1, 1.58, 2, ... at most 3: the tenth hint tells little more than the third.</summary>
    private static float Some(int count) => count switch { 0 => 0, 1 => 1, 2 => 1.585f, 3 => 2, 4 => 2.3f, 5 => 2.6f, 6 => 2.8f, _ => 3 };
}
