using System.Globalization;
using ListeningBot.Channels;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Which places of one channel can't be read while others can. Each stands in the ledger of blind spots under a name of its own; that it went dark and that
/// it is back are told once each, across restarts, what one look found in one word. Nothing is written while nothing changes.
/// </summary>
public sealed class PlaceDarkness(string channel, IStore store, RoomBells bells, TimeProvider time, ILogger log)
{
    private const int LongestName = 80;
    private const int LongestCause = 400;

    /// <summary>Some services word one trouble differently each time.</summary>
    private static readonly TimeSpan CauseStands = TimeSpan.FromHours(1);

    /// <summary>What the ledger holds; null until it was asked.</summary>
    private Dictionary<string, Dark>? _dark;
    private Dictionary<string, DateTimeOffset> _readAt = [];

    public async Task LookedAsync(PlacesLook look, CancellationToken ct)
    {
        try
        {
            var now = time.GetUtcNow();
            var dark = _dark ??= (await store.ReadAsync(view => Ledger.PlacesOf(view, channel), ct))
                .ToDictionary(entry => entry.Place!, entry => new Dark(entry.Gap.From, entry.Gap.Cause, now));
            var all = look.All.Select(Name).ToHashSet(StringComparer.Ordinal);
            var found = look.Found.GroupBy(one => Name(one.Key)).ToDictionary(same => same.Key, same => Cause(same.Select(one => one.Value).FirstOrDefault(why => why is not null)));
            await NoteAsync(dark, all, found, look.ReadsBack, now, ct);
            _readAt = _readAt.Where(one => all.Contains(one.Key)).ToDictionary();
            foreach (var (place, _) in found.Where(one => one.Value is null))
            {
                _readAt[place] = now;
            }
        }
        catch (IOException e)
        {
            log.NoticeNotStored($"places of channel {channel}", e);
        }
    }

    private async Task NoteAsync(Dictionary<string, Dark> dark, HashSet<string> all, Dictionary<string, string?> found, TimeSpan? readsBack, DateTimeOffset now, CancellationToken ct)
    {
        var gone = dark.Keys.Where(place => !all.Contains(place)).ToList();
        var back = dark.Where(one => all.Contains(one.Key) && found.TryGetValue(one.Key, out var why) && why is null).ToList();
        var refused = found.Where(one => one.Value is not null && all.Contains(one.Key) && !dark.ContainsKey(one.Key))
            .ToDictionary(one => one.Key, one => new Dark(_readAt.GetValueOrDefault(one.Key, now), one.Value!, now));
        var otherwise = dark.Where(one => found.GetValueOrDefault(one.Key) is { } why && why != one.Value.Cause && now - one.Value.NotedAt >= CauseStands)
            .ToDictionary(one => one.Key, one => one.Value with { Cause = found[one.Key]!, NotedAt = now });
        if (gone.Count + back.Count + refused.Count + otherwise.Count == 0)
        {
            return;
        }
        await store.WriteAsync(
            tx =>
            {
                gone.ForEach(place => Ledger.GiveUp(tx, Ledger.NameOf(channel, place), now));
                back.ForEach(one => End(tx, one.Key, readsBack, now));
                foreach (var (place, trouble) in refused)
                {
                    tx.AddGap(Ledger.NameOf(channel, place), new Gap(trouble.From, Gap.NoEnd, trouble.Cause) { Fate = GapFate.Open }, now, told: true);
                }
                foreach (var entry in Ledger.PlacesOf(tx, channel).Where(entry => otherwise.ContainsKey(entry.Place!)))
                {
                    tx.ChangeGap(entry with { Gap = entry.Gap with { Cause = otherwise[entry.Place!].Cause } });
                }
                Tell(tx, refused.Count == 0 ? null : PlaceWords.Refused(channel, refused.ToDictionary(one => one.Key, one => one.Value.Cause)), good: false, now);
                Tell(tx, back.Count == 0 ? null : PlaceWords.Back(channel, [.. back.Select(one => (one.Key, one.Value.From))], readsBack, now), good: true, now);
                return true;
            },
            ct);
        Keep(dark, [.. gone, .. back.Select(one => one.Key)], refused.Concat(otherwise));
        if (refused.Count + back.Count > 0)
        {
            bells.Ring(Notices.OpsRoom);
        }
    }

    private static void Keep(Dictionary<string, Dark> dark, IEnumerable<string> ended, IEnumerable<KeyValuePair<string, Dark>> noted)
    {
        foreach (var place in ended)
        {
            dark.Remove(place);
        }
        foreach (var (place, trouble) in noted)
        {
            dark[place] = trouble;
        }
    }

    /// <summary>What lies further back than is read now stays lost.</summary>
    private void End(IStoreTx tx, string place, TimeSpan? readsBack, DateTimeOffset now)
    {
        var name = Ledger.NameOf(channel, place);
        foreach (var entry in Ledger.Settle(tx, name, gave: true, now))
        {
            if (readsBack is { } far && entry.Gap.From < now - far)
            {
                Ledger.Add(tx, name, new Gap(entry.Gap.From, now - far, entry.Gap.Cause), now);
            }
        }
    }

    private static void Tell(IStoreTx tx, string? text, bool good, DateTimeOffset now)
    {
        if (text is not null)
        {
            Notices.Add(tx, text, good, now);
        }
    }

    /// <summary>On one line and short; long ones that begin alike stay apart.</summary>
    private static string Name(string place)
    {
        var line = OneLine(place, int.MaxValue);
        return line.Length <= LongestName ? line : $"{line.Cut(LongestName - 5)} {(ushort)SeenItems.HashOfId(line):x4}";
    }

    private static string? Cause(string? why) => why is null ? null : OneLine(why, LongestCause).TrimEnd('.') + ".";

    private static string OneLine(string text, int longest)
    {
        var line = new PlainText(longest);
        line.Add(text);
        return line.ToString();
    }

    private sealed record Dark(DateTimeOffset From, string Cause, DateTimeOffset NotedAt);
}
