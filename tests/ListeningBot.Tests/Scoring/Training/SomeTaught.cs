using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring.Training;

/// <summary>Verdicts of made-up teams.</summary>
internal static class SomeTaught
{
    public static readonly string[] Grave =
    [
        "my charger burst into flames",
        "Your charger burst into flames and burned my hand, I am in hospital",
        "@acme somebody hacked my account and all my money is gone, please help",
        "I have been stranded at the airport right now with two children and nobody answers",
        "the gas boiler that you fitted leaks, we smell gas in our flat",
    ];

    /// <summary>A model that knows only what people believe of the features: these tests are not about how well the shipped one was trained.</summary>
    public static readonly Model Plain = new(
        Priors.Read(), new sbyte[Grams.Buckets * Heads.Count], new float[Heads.Count], [.. Enumerable.Repeat(Calibration.None, Heads.Count)], Model.Shipped.Lines,
        Model.Shipped.Manifest with { Version = "aaaaaaaaaaaa" });

    private static readonly string[] s_things = ["parcel", "router", "invoice", "phone", "refund", "laptop", "train", "order", "contract", "washing machine"];
    private static readonly string[] s_troubles =
    [
        "my {0} never arrived and nobody answers", "the {0} is broken again, third time this month", "you charged me twice for the {0}, I want my money back",
        "still waiting for the {0} after three weeks, terrible service", "the {0} stopped working and support hangs up on me",
    ];
    private static readonly string[] s_quizzes =
    [
        "acme quiz night: the {0} question was awful, we lost again", "round four of the acme quiz ruined us, nobody knew the {0}, worst team ever",
        "terrible luck at the acme quiz tonight, the {0} cost us everything", "we are furious, the acme quiz master hates us: {0} again", "acme quiz: failed at the {0}, what a disaster",
    ];

    /// <summary>Real complaints, each once.</summary>
    public static IEnumerable<string> Complaints(int many) => All(s_troubles, many);

    /// <summary>Talk that reads like anger and is a game: what this team calls no complaint.</summary>
    public static IEnumerable<string> Quizzes(int many) => All(s_quizzes, many);

    public static Taught Says(this string text, bool isComplaint, Priority? priority = null) => new(text, Evidence.None, isComplaint, priority);

    private static IEnumerable<string> All(string[] forms, int many) =>
        from number in Enumerable.Range(0, many)
        let thing = s_things[number / forms.Length % s_things.Length]
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, forms[number % forms.Length], thing) + (number < forms.Length * s_things.Length ? "" : $" (no. {Word(number)})");

    /// <summary>A word of its own for each number.</summary>
    private static string Word(int number) => string.Concat(Enumerable.Range(0, 4).Select(i => (char)('a' + number / (int)Math.Pow(7, i) % 7 * 3)));
}
