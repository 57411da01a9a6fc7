namespace ListeningBot.Core.Text;

/// <summary>"Did you mean": the known name that a mistyped one is closest to.</summary>
public static class Nearest
{
    /// <summary>Null when nothing is close: more than one slip in three letters is another word.</summary>
    public static string? To(string written, IEnumerable<string> known)
    {
        if (written.Length > 60)
        {
            return null;
        }
        var best = known
            .Select(name => (Name: name, Slips: Slips(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(n => n.Slips)
            .FirstOrDefault();
        return best.Name is not null && best.Slips <= Math.Max(1, Math.Min(written.Length, best.Name.Length) / 3) ? best.Name : null;
    }

    /// <summary>A cure: the nearest name, else all of them.</summary>
    public static string Cure(string written, IReadOnlyCollection<string> known, string whenNone)
    {
        if (To(written, known) is { } name)
        {
            return $"Did you mean {Quoted.Of(name)}?";
        }
        return known.Count == 0 ? whenNone : $"Known here: {string.Join(", ", known)}.";
    }

    /// <summary>Letters to add, drop, change or swap with their neighbour.</summary>
    private static int Slips(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = Step(d, a, b, i, j);
            }
        }
        return d[a.Length, b.Length];
    }

    private static int Step(int[,] d, string a, string b, int i, int j)
    {
        if (i == 0 || j == 0)
        {
            return i + j;
        }
        var change = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var least = Math.Min(change, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(least, d[i - 2, j - 2] + 1) : least;
    }
}
