using System.Runtime.CompilerServices;
using System.Text.Json;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>A page of messages, oldest first.</summary>
internal sealed record Page(Spot At, bool FirstContact, IReadOnlyList<JsonElement> Messages);

/// <summary>Reads what was written while nobody listened: "Get Channel Messages", "List Active Guild Threads", "List Public Archived Threads" (API v10).</summary>
internal sealed class ReadingBack(Asking asking, Places places, TimeProvider time)
{
    private const int MostArchivedPages = 20;

    public async IAsyncEnumerable<Page> PagesAsync(DiscordCursor cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var chosen in places.Chosen.Where(chosen => !chosen.IsForum).ToList())
        {
            await foreach (var page in PagesAsync(new Spot(chosen, chosen.Id, null), cursor, now, ct))
            {
                yield return page;
            }
        }
        foreach (var thread in await ThreadsAsync(cursor, now, ct))
        {
            await foreach (var page in PagesAsync(thread, cursor, now, ct))
            {
                yield return page;
            }
        }
    }

    private async IAsyncEnumerable<Page> PagesAsync(Spot at, DiscordCursor cursor, DateTimeOffset now, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = cursor.After(at.Of.Id, now);
        while (await ListAsync(at, after, ct) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0)
        {
            List<JsonElement> messages = [.. list.EnumerateArray().OrderBy(IdOf)];
            yield return new Page(at, cursor.IsFirstContact(at.Of.Id), messages);
            var last = IdOf(messages[^1]);
            if (last <= after)
            {
                yield break;
            }
            after = last;
        }
    }

    /// <summary>A thread may be closed to us or gone; a chosen channel was there a moment ago.</summary>
    private async Task<JsonElement?> ListAsync(Spot at, ulong after, CancellationToken ct)
    {
        var route = Route.List(at.Channel, after);
        return at.Thread is null ? await asking.NeedAsync(route, ct) : await asking.AskAsync(route, ct);
    }

    /// <summary>Threads in which something was written since.</summary>
    private async Task<IReadOnlyList<Spot>> ThreadsAsync(DiscordCursor cursor, DateTimeOffset now, CancellationToken ct)
    {
        var found = new Dictionary<string, Spot>();
        foreach (var guild in places.Chosen.Select(chosen => chosen.Guild).Distinct().ToList())
        {
            var active = await asking.AskAsync(Route.ActiveThreads(guild), ct);
            Add(active?.Items("threads") ?? []);
        }
        foreach (var chosen in places.Chosen.ToList())
        {
            var since = Snowflake.GivenAt(cursor.After(chosen.Id, now));
            string? before = null;
            for (var page = 0; page < MostArchivedPages && await asking.AskAsync(Route.ArchivedThreads(chosen.Id, before), ct) is { } archived; page++)
            {
                List<JsonElement> threads = [.. archived.Items("threads")];
                Add(threads);
                before = threads.Count == 0 ? null : threads[^1].Field("thread_metadata")?.Text("archive_timestamp");
                if (!archived.IsTrue("has_more") || !DateTimeOffset.TryParse(before, out var oldest) || oldest < since)
                {
                    break;
                }
            }
        }
        return [.. found.Values];

        void Add(IEnumerable<JsonElement> threads)
        {
            foreach (var thread in threads)
            {
                if (places.Note(thread) is { } spot && (!Snowflake.TryParse(thread.Text("last_message_id"), out var last) || last > cursor.After(spot.Of.Id, now)))
                {
                    found[spot.Channel] = spot;
                }
            }
        }
    }

    private static ulong IdOf(JsonElement message) => Snowflake.TryParse(message.Text("id"), out var id) ? id : 0;
}
