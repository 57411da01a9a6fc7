using System.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>The codes of grounds: features that tell a reader the same have one code; beside them stands what is no feature.</summary>
internal static class GroundCodes
{
    /// <summary>Words and neighbours that the learned table weighs.</summary>
    public const byte Wording = Features.Count;

    // evidence of urgency
    public const byte Stars = Wording + 1;
    public const byte Thread = Wording + 2;
    public const byte Repetition = Wording + 3;
    public const byte Reach = Wording + 4;

    /// <summary>What a team's verdicts add to the shipped model.</summary>
    public const byte Team = Wording + 5;

    public const byte Uncertain = Wording + 6;
    public const int Count = Uncertain + 1;

    public const byte Feeling = (byte)Feature.Worst;
    public const byte GoodWord = (byte)Feature.Best;
    public const byte Voice = (byte)Feature.Me;
    public const byte Form = (byte)Feature.Length;
    public const byte Subject = (byte)Feature.AspectQuality;

    /// <summary>No reason but the ground on which all others stand: how common complaints are, in general and in a language.</summary>
    public const byte Base = (byte)Feature.Bias;

    private static readonly byte[] s_codes = [.. Enum.GetValues<Feature>().Select(CodeOf)];
    private static readonly string[] s_names = [.. Enumerable.Range(0, Count).Select(MakeName)];
    private static readonly Cue?[] s_cues = [.. Enum.GetValues<Feature>().Select(Features.CueOf)];
    private static readonly byte[] s_ofCues = [.. Enum.GetValues<Cue>().Select(cue => Enum.TryParse<Feature>(cue.ToString(), out var feature) ? CodeOf(feature) : Feeling)];

    public static byte Of(Feature feature) => s_codes[(int)feature];

    public static byte Of(Cue cue) => s_ofCues[(int)cue];

    public static string NameOf(byte code) => s_names[code];

    /// <summary>The cue that shows it, or null.</summary>
    public static Cue? CueOf(byte code) => code < s_cues.Length ? s_cues[code] : null;

    private static byte CodeOf(Feature feature) => (byte)(feature switch
    {
        Feature.Bad or Feature.BadOnly => Feature.Worst,
        Feature.Good => Feature.Best,
        Feature.Sarcasm => Feature.SarcasmWithTrouble,
        Feature.LinkWithoutTrouble => Feature.Link,
        Feature.Jest => Feature.Joke,
        Feature.Report => Feature.News,
        Feature.Small => Feature.Trifle,
        Feature.You => Feature.Me,
        Feature.StartsWithName => Feature.Names,
        Feature.Numbers or Feature.Exclamation or Feature.Ellipsis or Feature.QuestionMark or Feature.Contrast => Feature.Length,
        >= Feature.AspectSafety and <= Feature.AspectQuality => Feature.AspectQuality,
        >= Feature.German and <= Feature.OtherLanguage => Feature.Bias,
        _ => feature,
    });

    private static string MakeName(int code) => code switch
    {
        Wording => "wording",
        Stars => "stars",
        Thread => "thread",
        Repetition => "repetition",
        Reach => "reach",
        Team => "team's verdicts",
        Uncertain => "uncertain",
        Base => "usual",
        Feeling => "feeling",
        GoodWord => "good word",
        Voice => "voice",
        Form => "form",
        Subject => "subject",
        (int)Feature.SarcasmWithTrouble => "sarcasm",
        _ => Spaced(((Feature)code).ToString()),
    };

    /// <summary>"LowStars" is "low stars".</summary>
    internal static string Spaced(string name)
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
