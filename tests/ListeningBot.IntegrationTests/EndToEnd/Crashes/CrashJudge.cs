using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>Whether everything is there once, by what stands in the store and in the rooms.</summary>
internal static class CrashJudge
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private const string Waiting = "SELECT (SELECT count(*) FROM cards WHERE shown < wanted AND gave_up < wanted) + (SELECT count(*) FROM pings WHERE state > 0)";

    /// <summary>What the cursor has passed is stored, and what was answered 200.</summary>
    public static void AfterAKill(CrashTown town, CrashTally tally)
    {
        var cursor = town.Store.IsThere ? Cursor(town.Store) : null;
        if (cursor is null && town.Form.Answered.Count == 0)
        {
            return;
        }
        var stored = Words(town.Store);
        foreach (var (word, at) in town.Complaints.Where(one => one.Value <= cursor && !stored.ContainsKey(one.Key)))
        {
            tally.Fault($"the cursor stands at {cursor}, and {word} of {at} is not stored");
        }
        foreach (var word in town.Form.Answered.Where(word => !stored.ContainsKey(word)))
        {
            tally.Fault($"{word} was posted and answered 200, and is not stored");
        }
        foreach (var word in town.Form.Kept.Where(stored.ContainsKey))
        {
            town.Form.WasStored(word);
        }
    }

    /// <summary>With nothing in its way, the program comes to rest; then all is counted.</summary>
    public static async Task AtTheEndAsync(CrashTown town, CrashTally tally)
    {
        await using (var bot = town.Town.StartBot(town.Settings))
        {
            await using var posts = town.Form.Posting(bot, tally);
            var since = TimeProvider.System.GetTimestamp();
            while (!IsAtRest(town))
            {
                if (bot.HasExited || TimeProvider.System.GetElapsedTime(since) > Patience)
                {
                    tally.Fault($"it did not come to rest: {Missing(town)} of {town.Complaints.Count} complaints without a card, {town.Store.Number(Waiting)} cards and pings wait, {town.Form.Kept.Count} deliveries are not answered 200; cursor {Cursor(town.Store)}. {bot.Errors}");
                    break;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
            await bot.TerminateAsync();
        }
        Look(town, tally);
    }

    public static bool IsAtRest(CrashTown town) => town.Store.IsThere && town.Form.Kept.Count == 0 && Missing(town) == 0 && town.Store.Number(Waiting) == 0;

    private static int Missing(CrashTown town)
    {
        var shown = town.Town.Cards.Select(CrashTown.WordOf).ToHashSet();
        return town.Complaints.Keys.Count(word => !shown.Contains(word));
    }

    private static void Look(CrashTown town, CrashTally tally)
    {
        var (room, stored) = (town.Town.Discord.Messages(Town.Room), Words(town.Store));
        var cards = town.Town.Cards.Where(card => CrashTown.WordOf(card) is not null).ToLookup(card => CrashTown.WordOf(card)!);
        foreach (var word in town.Complaints.Keys)
        {
            Is(cards[word].Count() == 1, $"{word} has {cards[word].Count()} cards");
            Is(stored.TryGetValue(word, out var cases) && cases is [not null], $"{word} (sent at {town.Complaints[word]?.ToString() ?? (town.Form.Answered.Contains(word) ? "the form, answered 200" : "the blog")}) is stored {cases?.Count ?? 0} times");
        }
        var inCases = stored.Values.SelectMany(one => one).OfType<object>().Select(one => one.ToString()).ToList();
        Is(inCases.Distinct().Count() == inCases.Count, "two complaints share a case");
        Is(town.Store.Number("SELECT count(*) FROM cases") == town.Complaints.Count, $"{town.Store.Number("SELECT count(*) FROM cases")} cases for {town.Complaints.Count} complaints");
        Is(town.Store.Number("SELECT count(*) FROM dead_letters") == 0, "something is a dead letter");
        Is(town.Store.Damage() is null, $"the store is damaged: {town.Store.Damage()}");
        foreach (var (mark, count) in room.Concat(room.SelectMany(card => town.Town.Discord.ThreadUnder((string)card["id"]!)?.All() ?? [])).Select(MarkOf).OfType<string>().CountBy(mark => mark))
        {
            Is(count == 1, $"{count} messages show the same: {mark}");
        }
        var pings = room.Where(message => message["message_reference"] is not null).CountBy(ping => $"{ping["message_reference"]!["message_id"]} {ping["content"]}").ToList();
        foreach (var (ping, count) in pings)
        {
            Is(count == 1, $"{count} times the ping \"{ping}\"");
        }
        var done = town.DonePresses.ToList();
        foreach (var (word, press) in done)
        {
            Is(town.Store.Number($"SELECT count(*) FROM presses WHERE id LIKE '%{press.Id}'") == 1, $"the press on {word} was acknowledged and is not stored");
            Is(cards[word].All(card => LocalPress.Words(card).Contains("Jo", StringComparison.Ordinal)), $"the press on {word} was acknowledged, and its card does not say so");
        }
        tally.Count("complaints, each one case and one card", town.Complaints.Count);
        tally.Count("of them posted and answered 200", town.Form.Answered.Count);
        tally.Count("of them stored before a kill, answered only after it", town.Form.StoredUnanswered);
        tally.Count("presses acknowledged, each stored", done.Count);
        tally.Count("pings in the room, each once", pings.Count);
        tally.Count("threads", room.Count(card => town.Town.Discord.ThreadUnder((string)card["id"]!) is not null));
        tally.Count("versions of the configuration", town.Store.Number("SELECT count(*) FROM config_versions"));

        void Is(bool holds, string fault)
        {
            if (!holds)
            {
                tally.Fault(fault);
            }
        }
    }

    private static long? Cursor(StoreLook store)
    {
        try
        {
            return long.TryParse(store.Text("SELECT value FROM cursors WHERE channel = 'bluesky'"), out var cursor) ? cursor : null;
        }
        catch (System.Data.Common.DbException e) when (e.Message.Contains("cursors", StringComparison.Ordinal))
        {
            // Killed before the store was made.
            return null;
        }
    }

    /// <summary>The complaints that are stored, with the case of each time that it is.</summary>
    private static Dictionary<string, List<object?>> Words(StoreLook store) =>
        store.Rows("SELECT post_id, case_id FROM mentions").GroupBy(row => ((string)row[0]!).Split('/', ':')[^1]).ToDictionary(group => group.Key, group => group.Select(row => row[1]).ToList());

    /// <summary>Which card a message of the bot shows, whatever the version.</summary>
    private static string? MarkOf(JsonObject message) =>
        (message["embeds"]?.AsArray() ?? []).Select(embed => (string?)embed!["url"]).FirstOrDefault(url => url?.Contains("listeningbot#", StringComparison.Ordinal) == true) is { } mark ? mark[..mark.LastIndexOf('.')] : null;
}
