namespace ListeningBot.Core.Scoring;

/// <summary>What each feature is believed to say of a complaint before anything is learned, from Lexicons/priors.txt; 0 for what it does not name.</summary>
internal static class Priors
{
    public const string File = "priors.txt";

    public static double[] Complaint { get; } = Read(LexiconFile.ReadEmbedded(File));

    public static double[] Read(List<LexiconLine> lines)
    {
        var weights = new double[Features.Count];
        foreach (var line in lines)
        {
            if (!Enum.TryParse<Feature>(line.Phrase, out var feature) || line.Value is not { } weight)
            {
                throw new FormatException($"{File}, line {line.Line}: write a feature, a tab and its weight; \"{line.Phrase}\" is not one.");
            }
            weights[(int)feature] = weight;
        }
        return weights;
    }
}
