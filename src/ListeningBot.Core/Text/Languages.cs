namespace ListeningBot.Core.Text;

/// <summary>The two-letter language codes of ISO 639-1.</summary>
public static class Languages
{
    private static readonly HashSet<string> Codes = new(
        ("aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv "
        + "ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my "
        + "na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
        + "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu").Split(' '),
        StringComparer.Ordinal);

    public static bool IsKnown(string code) => Codes.Contains(code);

    /// <summary>One language goes by one code here: Norwegian has a code for each way of writing it, and some languages have old codes.</summary>
    public static string Plain(string code) => code switch
    {
        "nb" or "nn" => "no",
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        _ => code,
    };

    /// <summary>
    /// Whether what is read as one language is in this one; null where that can't be told. Many languages share a script that is read as the greatest of them; which of them it is, only the source
    /// can tell, and what that says is often just how the writer's app is set: what is said to be Ukrainian may be Russian. Japanese is known by its own letters, unless the source says Chinese: a ツ may stand in that too. By a few words a language is
    /// only guessed: then it may as well be the one that is claimed, or any where none is.
    /// </summary>
    /// <param name="claimed">What the source says; null: nothing.</param>
    /// <param name="isGuess">Little speaks for what is read.</param>
    public static bool? Is(string language, string read, string? claimed, bool isGuess = false)
    {
        var (wanted, found, said) = (Plain(language.ToLowerInvariant()), Plain(read), CodeOf(claimed));
        if (wanted == found)
        {
            return isGuess && said != wanted ? null : true;
        }
        var mayBe = (isGuess && (said is null || said == wanted)) || (IsWrittenAs(wanted, found) && !IsOneOf(said, found)) || ((isGuess || found != "ja" || said == wanted) && IsWrittenAs(found, wanted))
            || (IsReadAs(wanted, found) && said != found);
        return mayBe ? null : false;
    }

    /// <summary>A claim that fits the script: one of another script tells nothing about which it is.</summary>
    private static bool IsOneOf(string? claimed, string read) => claimed is not null && (claimed == read || IsWrittenAs(claimed, read));

    private static string? CodeOf(string? claimed) => claimed?.Split('-', '_')[0] is { Length: 2 } code ? Plain(code.ToLowerInvariant()) : null;

    /// <summary>Whether a text in this language, known by its script alone, is read as the other: Ukrainian as Russian, Persian as Arabic.</summary>
    public static bool IsWrittenAs(string language, string read) => read switch
    {
        "ru" => language is "uk" or "be" or "bg" or "sr" or "mk" or "kk" or "ky" or "tg" or "tt" or "mn" or "ba" or "cv" or "ce" or "os" or "ab" or "av" or "kv",
        "ar" => language is "fa" or "ur" or "ps" or "ku" or "sd" or "ug",
        "hi" => language is "mr" or "ne" or "sa" or "bh",
        "zh" => language is "ja",
        _ => false,
    };

    /// <summary>Whether a text in this language, whose words nobody here knows, is read for sure as another, mostly its neighbour: Galician as Portuguese, but also Vietnamese as French. Only the source can tell them apart, by claiming what is read.</summary>
    private static bool IsReadAs(string language, string read) => language switch
    {
        "gl" => read is "pt" or "es",
        "ca" => read is "es" or "fr" or "it" or "pt",
        "oc" => read is "fr" or "es",
        "af" => read is "nl" or "en",
        "fy" => read is "nl",
        "lb" => read is "de" or "nl",
        "li" => read is "nl" or "de",
        "co" or "rm" => read is "it" or "fr",
        "ga" => read is "es",
        "hu" => read is "pt",
        "vi" => read is "fr",
        _ => false,
    };

    /// <summary>For what people write instead: "EN", "en-GB", "english".</summary>
    public static string Cure(string written)
    {
        var plain = written.Trim().ToLowerInvariant();
        var guess = plain.Split('-', '_')[0];
        var name = plain switch
        {
            "english" => "en",
            "german" or "deutsch" => "de",
            "french" or "français" => "fr",
            "spanish" or "español" => "es",
            "italian" or "italiano" => "it",
            "dutch" => "nl",
            "portuguese" => "pt",
            "gb" => "en",
            _ => IsKnown(guess) ? guess : null,
        };
        return name is null ? "Write its two letters: en, de, fr, es..." : $"Write {name}.";
    }
}
