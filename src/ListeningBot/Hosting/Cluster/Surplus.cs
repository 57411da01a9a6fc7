namespace ListeningBot.Hosting.Cluster;

/// <summary>Gives nothing away at the first sight of an imbalance: a node that was late with its sign of life, or one that comes and goes, would set roles moving for nothing.</summary>
internal sealed class Surplus
{
    /// <summary>So many rounds in a row it must be the others' turn.</summary>
    public const int Rounds = 3;
    private Dictionary<string, int> _seen = [];

    /// <summary>Called once a round; what is to be given away now.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> give)
    {
        _seen = give.ToDictionary(role => role, role => _seen.GetValueOrDefault(role) + 1, StringComparer.Ordinal);
        return [.. give.Where(role => _seen[role] >= Rounds)];
    }
}
