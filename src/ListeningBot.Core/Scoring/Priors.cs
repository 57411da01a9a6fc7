namespace ListeningBot.Core.Scoring;

/// <summary>What each feature is believed to say before anything is learned, from Lexicons/priors.txt: a section a head, 0 for what it does not name.</summary>
internal static class Priors
{
    public const string File = "priors.txt";

    /// <summary>Features x heads.</summary>
    public static float[] Read() => Read(LexiconFile.ReadEmbedded(File));

    public static float[] Read(List<LexiconLine> lines)
    {
        var weights = new float[Features.Count * Heads.Count];
        foreach (var line in lines)
        {
            if (!Enum.TryParse<Head>(line.Section, ignoreCase: true, out var head))
            {
                throw new FormatException($"{File}, line {line.Line}: \"{line.Section}\" is no head; write one of {string.Join(", ", Enum.GetNames<Head>())} as [section].");
            }
            if (!Enum.TryParse<Feature>(line.Phrase, out var feature) || line.Value is not { } weight)
            {
                throw new FormatException($"{File}, line {line.Line}: write a feature, a tab and its weight; \"{line.Phrase}\" is not one.");
            }
            weights[(int)feature * Heads.Count + (int)head] = (float)weight;
        }
        return weights;
    }
}
