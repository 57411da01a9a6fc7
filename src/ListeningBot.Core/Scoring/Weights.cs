namespace ListeningBot.Core.Scoring;

/// <summary>The weights of the complaint probability: a logistic function over the named features, from Lexicons/weights.txt.</summary>
internal static class Weights
{
    public static readonly double[] Complaint = Read(LexiconFile.ReadEmbedded("weights.txt"));

    public static double[] Read(List<LexiconLine> lines)
    {
        var weights = new double[Features.Count];
        var given = new bool[Features.Count];
        foreach (var line in lines)
        {
            if (!Enum.TryParse<Feature>(line.Phrase, out var feature) || line.Value is not { } weight)
            {
                throw new FormatException($"weights.txt, line {line.Line}: write a feature, a tab and its weight; \"{line.Phrase}\" is not one.");
            }
            weights[(int)feature] = weight;
            given[(int)feature] = true;
        }
        var missing = Array.IndexOf(given, false);
        return missing < 0 ? weights : throw new FormatException($"weights.txt has no weight for {(Feature)missing}.");
    }

    public static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));
}
