using System.Globalization;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration;

/// <summary>What an edit changed, in words for people, from the settings before and after: 'watch "brand": query changed; watch "old" removed'. Never a secret.</summary>
internal static class ChangeWords
{
    /// <summary>For an edit that means the same as before.</summary>
    public const string Nothing = "nothing but comments and layout";
    private const int MostParts = 12;
    private const int MostNames = 3;
    private const int LongestName = 60;

    public static string Of(Settings old, Settings now)
    {
        string[] parts = [.. WatchesOf(old, now), .. TeamsOf(old, now), .. PlaybookOf(old, now), .. PartsOf(old, now), .. SectionsOf(old, now)];
        return parts.Length == 0 ? Nothing : string.Join("; ", parts.Take(MostParts)) + (parts.Length > MostParts ? $"; and {parts.Length - MostParts} more" : "");
    }

    private static IEnumerable<string> WatchesOf(Settings old, Settings now) =>
    [
        .. ByName("watch", old.Watches, now.Watches, watch => watch.Name, WatchOf),
        .. Names("ours", old.Ours.Accounts, now.Ours.Accounts) is { Length: > 0 } ours ? new[] { ours } : [],
    ];

    private static string WatchOf(Watch old, Watch now) => Joined(
    [
        Names("find", old.Find, now.Find),
        Names("exclude", old.Exclude, now.Exclude),
        old.Query == now.Query ? "" : "query changed",
        old.Everything == now.Everything ? "" : now.Everything ? "listens for everything" : "listens for everything no more",
        Names("channels", old.Channels, now.Channels),
        Names("languages", old.Languages, now.Languages),
        old.AlertAt.Equals(now.AlertAt) ? "" : string.Create(CultureInfo.InvariantCulture, $"alert {old.AlertAt} -> {now.AlertAt}"),
        old.Team == now.Team ? "" : $"team {old.Team} -> {now.Team}",
        old.Shadow == now.Shadow ? "" : now.Shadow ? "on trial" : "on trial no more",
    ]);

    private static IEnumerable<string> TeamsOf(Settings old, Settings now)
    {
        if (ReferenceEquals(old.Responders, now.Responders))
        {
            return [];
        }
        var (before, after) = (old.Responders, now.Responders);
        return
        [
            .. ByName("team", before.Teams, after.Teams, team => team.Name, (a, b) => Changed(
            [
                ("people", !DeepPrint.Same(a.Members, b.Members) || !DeepPrint.Same(a.Leads, b.Leads) || !DeepPrint.Same(a.Managers, b.Managers) || !DeepPrint.Same(a.Roles, b.Roles)),
                ("rota", !DeepPrint.Same(a.Rota, b.Rota) || !DeepPrint.Same(a.Changes, b.Changes)),
                ("hours", !DeepPrint.Same(a.Hours, b.Hours) || !DeepPrint.Same(a.Quiet, b.Quiet) || a.Zone != b.Zone),
                ("holidays", !DeepPrint.Same(a.Closed, b.Closed) || !DeepPrint.Same(a.Calendars, b.Calendars)),
                ("targets", a.Targets != b.Targets),
            ]), quoted: false),
            .. DeepPrint.Same(before.Routes, after.Routes) ? [] : new[] { "routes changed" },
            .. Names("vips", before.Vips.Accounts, after.Vips.Accounts) is { Length: > 0 } vips ? new[] { vips } : [],
        ];
    }

    private static IEnumerable<string> PlaybookOf(Settings old, Settings now) =>
    [
        .. DeepPrint.Same(old.Playbook.Replies, now.Playbook.Replies) ? [] : new[] { "replies changed" },
        .. ByName("gesture", old.Playbook.Gestures, now.Playbook.Gestures, gesture => gesture.Name, (a, b) => DeepPrint.Same(a, b) ? "" : "changed"),
    ];

    /// <summary>Channels and notifiers hold secrets: that they changed is all that is said.</summary>
    private static IEnumerable<string> PartsOf(Settings old, Settings now) =>
    [
        .. ByName("channel", old.Channels, now.Channels, channel => channel.Name, (a, b) => a == b ? "" : "changed"),
        .. ByName("notifier", old.Notifiers, now.Notifiers, notifier => notifier.Name, (a, b) => a == b ? "" : "changed"),
        .. ByName("room", old.Rooms, now.Rooms, room => room.Name, (a, b) => a == b ? "" : "changed", quoted: false),
    ];

    private static IEnumerable<string> SectionsOf(Settings old, Settings now)
    {
        (string Name, bool Same)[] sections =
        [
            ("Storage", old.Storage == now.Storage), ("Web", old.Web == now.Web), ("Http", DeepPrint.Same(old.Http, now.Http)), ("Alerting", old.Alerting == now.Alerting),
            ("Canary", DeepPrint.Same(old.Canary, now.Canary)), ("Guard", old.Guard == now.Guard), ("Retention", old.Retention == now.Retention), ("Logging", DeepPrint.Same(old.LogLevels, now.LogLevels)),
        ];
        return sections.Where(section => !section.Same).Select(section => $"{section.Name} changed");
    }

    private static IEnumerable<string> ByName<T>(string what, IReadOnlyList<T> old, IReadOnlyList<T> now, Func<T, string> nameOf, Func<T, T, string> change, bool quoted = true)
    {
        var before = old.ToLookup(nameOf, StringComparer.Ordinal);
        var after = now.ToLookup(nameOf, StringComparer.Ordinal);
        string Called(string name) => quoted ? $"{what} {Problems.Quote(name)}" : $"{what} {name}";
        foreach (var name in before.Select(group => group.Key).Union(after.Select(group => group.Key)))
        {
            if (!after.Contains(name) || !before.Contains(name))
            {
                yield return $"{Called(name)} {(after.Contains(name) ? "added" : "removed")}";
            }
            else if (change(before[name].First(), after[name].First()) is { Length: > 0 } changed)
            {
                yield return $"{Called(name)}: {changed}";
            }
        }
    }

    /// <summary>'find with "late", without "slow"'; empty when both have the same.</summary>
    private static string Names(string what, IReadOnlyList<string> old, IReadOnlyList<string> now) =>
        old.SequenceEqual(now, StringComparer.Ordinal) ? ""
        : Joined([Listed("with", now.Except(old, StringComparer.Ordinal)), Listed("without", old.Except(now, StringComparer.Ordinal))]) is { Length: > 0 } listed ? $"{what} {listed}"
        : $"{what} in another order";

    private static string Listed(string what, IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length == 0 ? ""
            : $"{what} {string.Join(", ", all.Take(MostNames).Select(name => $"\"{name.Cut(LongestName)}\""))}{(all.Length > MostNames ? $" and {all.Length - MostNames} more" : "")}";
    }

    private static string Changed((string What, bool Is)[] parts) =>
        string.Join(", ", parts.Where(part => part.Is).Select(part => part.What)) is { Length: > 0 } changed ? $"{changed} changed" : "";

    private static string Joined(string[] parts) => string.Join(", ", parts.Where(part => part.Length > 0));
}
