namespace ListeningBot.Channels.Mail.Imap;

/// <summary>Sets of message numbers as IMAP writes them: "3,5:9".</summary>
internal static class UidSet
{
    /// <summary>Ascending numbers to "3,5:9".</summary>
    public static string Format(IReadOnlyList<uint> uids)
    {
        var runs = new List<string>();
        for (var i = 0; i < uids.Count; i++)
        {
            var first = uids[i];
            while (i + 1 < uids.Count && uids[i + 1] == uids[i] + 1)
            {
                i++;
            }
            runs.Add(uids[i] == first ? $"{first}" : $"{first}:{uids[i]}");
        }
        return string.Join(',', runs);
    }

    /// <summary>Reads at most <paramref name="max"/> numbers; a hostile "1:4294967295" ends there.</summary>
    public static IEnumerable<uint> Parse(string set, int max)
    {
        return set.Split(',').SelectMany(Run).Take(max);

        static IEnumerable<uint> Run(string run)
        {
            var ends = run.Split(':');
            if (!uint.TryParse(ends[0], out var a) || !uint.TryParse(ends[^1], out var b))
            {
                yield break;
            }
            for (ulong uid = Math.Min(a, b); uid <= Math.Max(a, b); uid++)
            {
                yield return (uint)uid;
            }
        }
    }
}
