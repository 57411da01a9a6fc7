using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>How much of a stretch of time one channel was heard.</summary>
/// <param name="From">Its first contact; not before the stretch.</param>
/// <param name="To">The end of the stretch, or when it was taken out of the configuration.</param>
public sealed record HeardTime(string Channel, DateTimeOffset From, DateTimeOffset To, TimeSpan Dark)
{
    public TimeSpan Whole => To - From;

    /// <summary>One for each channel that was there in this time, and for each place of one that was dark alone.</summary>
    /// <remarks>A program that does not run now hears nothing since its last beat.</remarks>
    /// <param name="channel">Null: all.</param>
    /// <param name="configured">Which channels there are now; another was there until it was last read, or until what was dark of it ended. Null: not known, all are.</param>
    public static IReadOnlyList<HeardTime> Of(IStoreView view, string? channel, DateTimeOffset since, DateTimeOffset now, IReadOnlyCollection<string>? configured = null)
    {
        var stopped = Heartbeat.StoppedSince(view, now);
        var gaps = view.GapsSince(since).ToLookup(entry => entry.Channel, entry => entry.Gap);
        var begun = view.ChannelsRead().ToDictionary(read => read.Name, read => read.FirstContact);
        return
        [
            .. begun.Keys.Union(gaps.Select(one => one.Key)).Where(name => channel is null || Ledger.OwnerOf(name) == channel).Order(StringComparer.Ordinal)
                .Select(name => One(name, stopped is null ? Of(gaps, name) : Of(gaps, name).Append(stopped), begun.TryGetValue(Ledger.OwnerOf(name), out var contact) ? contact : now, since, End(name)))
                .Where(heard => heard.Whole > TimeSpan.Zero),
        ];

        DateTimeOffset End(string name) => configured?.Contains(Ledger.OwnerOf(name)) == false && !gaps[name].Any(gap => gap.Lasts)
            ? Of(gaps, name).Select(gap => gap.To).Append(view.HeardAt(Ledger.OwnerOf(name)) ?? since).Where(end => end <= now).DefaultIfEmpty(now).Max()
            : now;
    }

    /// <summary>0..1, of all channels together; one place of many says little of its channel, and counts only where no channel is among them.</summary>
    public static double Share(IReadOnlyList<HeardTime> all)
    {
        var whole = all.Where(one => Ledger.OwnerOf(one.Channel) == one.Channel).ToList();
        var counted = whole.Count > 0 ? whole : all;
        return 1 - (counted.Sum(one => one.Dark / TimeSpan.FromSeconds(1)) / counted.Sum(one => one.Whole / TimeSpan.FromSeconds(1)));
    }

    /// <summary>While a channel is dark, so is each of its places.</summary>
    private static IEnumerable<Gap> Of(ILookup<string, Gap> gaps, string name) => Ledger.OwnerOf(name) is var owner && owner != name ? gaps[name].Concat(gaps[owner]) : gaps[name];

    /// <summary>A channel that went dark before it was ever read begins with that.</summary>
    private static HeardTime One(string name, IEnumerable<Gap> gaps, DateTimeOffset contact, DateTimeOffset since, DateTimeOffset now)
    {
        var begun = gaps.Select(gap => gap.From).Append(contact).Min();
        var from = begun > since ? begun : since;
        return new HeardTime(name, from, now, Ledger.Dark(gaps, from, now));
    }
}
