using System.Text.Json;

namespace ListeningBot.Core.Scoring.Training;

/// <summary>A public set whose licence allows to ship what is learned from it, and what its labels teach.</summary>
/// <param name="Most">All its texts together count at most as much as so many of the corpus.</param>
internal sealed record PublicSet(string Name, string Licence, float Most, Func<JsonElement, float[]?> Targets);

/// <summary>The sets that training knows, by the names of their files (NAME.jsonl: {"id","text","lang","label","extra"}).</summary>
internal static class PublicSets
{
    public static readonly IReadOnlyList<PublicSet> All =
    [
        new("appreviews_maalej", "CC0", 700, Review),
        new("banking77_urgency", "CC BY 4.0", 500, Banking),
        new("clinc150", "CC BY 3.0", 500, _ => NoComplaint()),
        new("crisislex_t26", "MIT", 1200, _ => NoComplaint()),
        new("disaster_messages", "CC BY 4.0", 150, Disaster),
        new("mooc_urgency", "MIT", 100, Course),
        new("sms_spam", "CC BY 4.0", 600, _ => NoComplaint()),
        new("vader_amazon", "MIT", 900, line => Felt(line, negativeIsComplaint: true)),
        new("vader_nyt", "MIT", 1200, line => Felt(line, negativeIsComplaint: false)),
        new("vader_tweets", "MIT", 1500, Tweet),
    ];

    public static PublicSet? Named(string file) => All.FirstOrDefault(set => file == set.Name + ".jsonl");

    /// <summary>Throws <see cref="FormatException"/> with file and line for what is no line of such a set.</summary>
    public static List<Lesson> Read(PublicSet set, TextReader reader)
    {
        var read = new List<(string Text, string? Lang, double? Stars, float[] Targets)>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                var root = json.RootElement;
                if (set.Targets(root) is { } targets)
                {
                    read.Add((root.GetProperty("text").GetString() ?? throw new KeyNotFoundException("its text is null"), root.GetProperty("lang").GetString(), Number(root, "stars"), targets));
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new FormatException($"{set.Name}.jsonl, line {number}: {e.Message}", e);
            }
        }
        var weight = Math.Min(1, set.Most / read.Count);
        return [.. read.Select(one => new Lesson(one.Text, new Evidence { Lang = one.Lang is "mul" ? null : one.Lang, Stars = one.Stars }, one.Targets, weight))];
    }

    private static float[] NoComplaint()
    {
        var targets = Lesson.Nothing();
        targets[(int)Head.Complaint] = 0;
        return targets;
    }

    private static float[] Review(JsonElement line)
    {
        var targets = Lesson.Nothing();
        targets[(int)Head.Complaint] = Number(line, "complaint") is 1 ? 1 : 0;
        var stars = Number(line, "stars");
        targets[(int)Head.Negative] = stars <= 2 ? 1 : 0;
        targets[(int)Head.Positive] = stars >= 4 ? 1 : 0;
        return targets;
    }

    private static float[]? Banking(JsonElement line)
    {
        var targets = Lesson.Nothing();
        var label = Label(line);
        if (label == "question")
        {
            targets[(int)Head.Complaint] = 0;
            return targets;
        }
        targets[(int)Head.High] = label == "urgent" ? 1 : 0;
        return targets;
    }

    private static float[] Disaster(JsonElement line)
    {
        var targets = Lesson.Nothing();
        targets[(int)Head.High] = Label(line) == "request" ? 1 : 0;
        return targets;
    }

    private static float[] Course(JsonElement line)
    {
        var targets = Lesson.Nothing();
        targets[(int)Head.High] = Number(line, "urgent") is 1 ? 1 : 0;
        return targets;
    }

    private static float[] Felt(JsonElement line, bool negativeIsComplaint)
    {
        var targets = Lesson.Nothing();
        targets[(int)Head.Negative] = Label(line) == "negative" ? 1 : 0;
        targets[(int)Head.Positive] = Label(line) == "positive" ? 1 : 0;
        targets[(int)Head.Complaint] = negativeIsComplaint && Label(line) == "negative" ? 1 : 0;
        return targets;
    }

    /// <summary>Whether an unhappy tweet complains of a company, its labels do not tell.</summary>
    private static float[] Tweet(JsonElement line)
    {
        var targets = Felt(line, negativeIsComplaint: false);
        targets[(int)Head.Complaint] = Label(line) == "negative" ? float.NaN : 0;
        return targets;
    }

    private static string? Label(JsonElement line) => line.GetProperty("label").GetString();

    private static double? Number(JsonElement line, string name) =>
        line.TryGetProperty("extra", out var extra) && extra.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
