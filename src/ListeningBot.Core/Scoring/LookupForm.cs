namespace ListeningBot.Core.Scoring;

/// <summary>What the lexicon is asked for: a folded word in which no character stands more than twice in a row, and its hash.</summary>
internal static class LookupForm
{
    private const uint Basis = 2166136261u;
    private const uint Prime = 16777619u;

    /// <summary>Shortens in place and tells the new length; the hash is FNV-1a, the same everywhere.</summary>
    public static int Shorten(Span<byte> folded, out bool elongated, out uint hash)
    {
        elongated = false;
        hash = Basis;
        var length = 0;
        foreach (var b in folded)
        {
            if (length > 1 && folded[length - 1] == b && folded[length - 2] == b && !char.IsAsciiDigit((char)b))
            {
                elongated = true;
                continue;
            }
            folded[length++] = b;
            hash = (hash ^ b) * Prime;
        }
        return length;
    }

    public static uint Hash(ReadOnlySpan<byte> folded)
    {
        var hash = Basis;
        foreach (var b in folded)
        {
            hash = (hash ^ b) * Prime;
        }
        return hash;
    }
}
