namespace ListeningBot.Tests.Storage.Disks;

/// <summary>Which unsynced changes outlive a loss of power: any, in any order of the disk's own, and of a write any of its sectors.</summary>
internal sealed class Survival
{
    private readonly Random _random;
    private readonly int _sector;
    private readonly Func<bool> _survives;
    private readonly bool _torn;

    public Survival(Random random)
    {
        _random = random;
        _sector = random.Next(2) == 0 ? 512 : 4096;
        _torn = random.Next(3) > 0;
        double[] shares = [0, 0.02, 0.3, 0.5, 0.7, 0.98, 1];
        var share = shares[random.Next(shares.Length)];
        _survives = () => _random.NextDouble() < share;
    }

    public bool Survives() => _survives();

    public List<Change> Of(IEnumerable<Change> changes) => [.. changes.SelectMany(Pieces).Where(_ => _survives())];

    private IEnumerable<Change> Pieces(Change change)
    {
        if (change.Bytes is not { } bytes || !_torn)
        {
            yield return change;
            yield break;
        }
        for (var from = 0; from < bytes.Length;)
        {
            var toBorder = _sector - (int)((change.At + from) % _sector);
            var to = Math.Min(bytes.Length, from + toBorder);
            yield return new Change(change.At + from, bytes[from..to]);
            from = to;
        }
    }
}
