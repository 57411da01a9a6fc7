namespace ListeningBot.Core.Scoring;

/// <summary>The scorer in force; swapped whole when another model is taken up.</summary>
public sealed class ScorerBook
{
    private volatile Scorer _current = new();

    /// <summary>Until another one is swapped in: that of the shipped model.</summary>
    public Scorer Current => _current;

    public void Swap(Scorer scorer) => _current = scorer;
}
