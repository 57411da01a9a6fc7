using System.Globalization;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>What good settings amount to: who listens where, and whose cards go where.</summary>
internal static class CheckVerbSummary
{
    private const int LongestQuery = 60;

    public static IEnumerable<CheckVerbSheet> Of(Settings settings, DateTimeOffset now)
    {
        if (settings.Channels.Count > 0)
        {
            yield return new("Channels", ["name", "kind", "watches"], [.. settings.Channels.Select(c => Row(c.Name, c.Kind.Name, WatchesOn(settings, c.Name)))]);
        }
        if (settings.Watches.Count > 0)
        {
            yield return new("Watches", ["name", "listens for", "where", "alerts from", "team"], [.. settings.Watches.Select(WatchRow)]);
        }
        if (Searches(settings) is { Count: > 0 } searches)
        {
            yield return new("Searches: what services are asked for; each post is then matched here", ["channel", "query"], searches);
        }
        if (settings.Responders.Teams.Count > 0)
        {
            // A watch's team that nobody described is more often a slip than meant.
            yield return TeamSheets.People([.. settings.Responders.Teams, .. settings.Watches.Select(w => w.Team).Distinct().Select(settings.Responders.TeamOf).Except(settings.Responders.Teams)], now);
        }
        if (settings.Responders.Routes.Count > 0)
        {
            yield return new("Routes, the first that fits decides", ["for", "teams"], [.. settings.Responders.Routes.Select(rule => Row(rule.ToString(), string.Join(", ", rule.Teams)))]);
        }
        yield return new("Rooms", ["team", "notifier", "address"], [.. settings.Rooms.Select(r => Row(r.Name, r.Notifier, r.Address))]);
        var store = new StorePlace(settings.Storage.Path, settings.Storage.Connection);
        yield return new("Store", ["where"], [Row(store.IsShared ? store.ToString() : $"SQLite file {store.Path}")]);
        yield return new("Notifiers", ["name", "rooms"], [.. settings.Notifiers.Select(n => Row(n.Name, Names(settings.Rooms.Where(r => r.Notifier == n.Name).Select(r => r.Name), "none")))]);
    }

    public static string RoomOf(Room room) => room.Address.Length == 0 ? room.Notifier : $"{room.Notifier} {room.Address}";

    private static List<IReadOnlyList<string>> Searches(Settings settings)
    {
        var watches = settings.Matcher();
        return [.. from channel in settings.Channels let plan = channel.Kind.Searches(channel.Name, channel.Options, watches) where plan is not null from search in plan.Searches select Row(channel.Name, search)];
    }

    private static IReadOnlyList<string> WatchRow(Watch watch) => Row(
        watch.Name,
        watch.Everything ? "everything" : watch.Query is { } query ? Short(query.Text) : Terms(watch.Find),
        Names(watch.Channels, "all channels") + (watch.Languages.Count == 0 ? "" : $", only {Names(watch.Languages, "")}"),
        watch.AlertAt.ToString("0.##", CultureInfo.InvariantCulture),
        watch.Shadow ? "on trial" : watch.Team);

    private static string Short(string query) => string.Join(' ', query.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Cut(LongestQuery);

    private static string Terms(IReadOnlyList<string> terms) =>
        string.Join(", ", terms.Take(4)) + (terms.Count > 4 ? $" and {terms.Count - 4} more" : "");

    private static string WatchesOn(Settings settings, string channel) =>
        Names(settings.Watches.Where(w => w.Channels.Count == 0 || w.Channels.Contains(channel, StringComparer.Ordinal)).Select(w => w.Name), "none: nothing is heard here");

    private static string Names(IEnumerable<string> names, string none) => string.Join(", ", names) is { Length: > 0 } all ? all : none;

    private static IReadOnlyList<string> Row(params string[] cells) => cells;
}
