using System.ComponentModel;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Text;
using ListeningBot.Notifiers;

namespace ListeningBot.Configuration;

/// <summary>The Notifiers and Rooms sections. The console is always there and needs no entry.</summary>
internal sealed class NotifiersSection(MapNode root, IReadOnlyList<NotifierKind> kinds, Problems problems)
{
    public const string Console = "console";
    private static readonly string[] Beside = ["Enabled"];

    /// <summary>The configured rooms, "default" among them.</summary>
    public IReadOnlyList<Room> Rooms()
    {
        Groups.Refuse(root, "Rooms", problems);
        return [.. Groups.Of(root, "Rooms").Select(e => RoomOf(e.Key, e.Place, (MapNode)e.Value)).OfType<Room>()];
    }

    public IReadOnlyList<NotifierSettings> Read(IReadOnlyList<Room> rooms)
    {
        Groups.Refuse(root, "Notifiers", problems);
        var read = Groups.Of(root, "Notifiers").Select(e => ReadOne(e, rooms)).OfType<NotifierSettings>().ToList();
        if (KindOf(Console) is { } console && Groups.Of(root, "Notifiers").All(e => !IsNamed(e.Key, Console)))
        {
            var nothing = new MapNode(root.Place, StringComparer.OrdinalIgnoreCase);
            read.Insert(0, new NotifierSettings(Console, console, console.Bind(Section.Of(nothing))) { Fingerprint = Section.Fingerprint(nothing) });
        }
        return read;
    }

    private NotifierSettings? ReadOne(Entry entry, IReadOnlyList<Room> rooms)
    {
        var section = (MapNode)entry.Value;
        if (KindOf(entry.Key) is not { } kind)
        {
            problems.Add(entry.Place, $"{Problems.Quote(entry.Key)} is no kind of notifier", Nearest.Cure(entry.Key, [.. kinds.Select(k => k.Name)], "This program has none."));
            return null;
        }
        var path = "Notifiers:" + kind.Name;
        var enabled = Groups.Enabled(section, path, problems);
        if (!enabled && kind.Name == Console && section.ValueOf("Enabled") is { } off)
        {
            problems.Add(off.Place, "the console can't be switched off", "Take the entry away; give every team a room to keep it silent.");
        }
        if (!enabled)
        {
            return null;
        }
        Room[] own = [.. rooms.Where(r => IsNamed(r.Notifier, kind.Name))];
        return Groups.Bound(section, kind.OptionsType, path, Beside, problems, kind.Bind, options => Groups.Told(kind.Validate(options, own), root, section, kind.OptionsType, path, problems)) is { } bound
            ? new NotifierSettings(kind.Name, kind, bound) { Fingerprint = Section.Fingerprint(section) }
            : null;
    }

    private Room? RoomOf(string name, Place place, MapNode section)
    {
        var path = "Rooms:" + name;
        var before = problems.Count;
        if (!Names.IsFit(name))
        {
            problems.Add(place, $"{Problems.Quote(name)} is no name for a room", Names.Cure);
        }
        OptionsShape.Check(section, typeof(RoomOptions), path, problems);
        if (problems.Count > before || section.ValueOf("Notifier") is not ScalarNode notifier)
        {
            return null;
        }
        if (KindOf(notifier.Text) is not { } kind)
        {
            problems.Add(notifier.Place, $"{path}:Notifier is {Problems.Quote(notifier.Text)}, which is no kind of notifier", Nearest.Cure(notifier.Text, [.. kinds.Select(k => k.Name)], "This program has none."));
            return null;
        }
        if (kind.Name != Console && !IsOn(kind.Name))
        {
            problems.Add(notifier.Place, $"{path}:Notifier is {Problems.Quote(kind.Name)}, which is not switched on", $"Add \"{kind.Name}\": {{ \"Enabled\": true }} to Notifiers.");
        }
        return new Room(name, kind.Name, (section.ValueOf("Address") as ScalarNode)?.Text ?? "");
    }

    private bool IsOn(string kind) =>
        Groups.Of(root, "Notifiers").Any(e => IsNamed(e.Key, kind)
            && !(((MapNode)e.Value).ValueOf("Enabled") is ScalarNode enabled && bool.TryParse(enabled.Text, out var on) && !on));

    private NotifierKind? KindOf(string name) => kinds.FirstOrDefault(k => IsNamed(k.Name, name));

    private static bool IsNamed(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where a team's cards go.</summary>
internal sealed record RoomOptions
{
    [Description("Which notifier reaches it.")]
    public required string Notifier { get; init; }

    /// <summary>The notifier's own address of the room; none for the console.</summary>
    [Description("The notifier's address of the room: a Discord channel id. None for the console.")]
    public string Address { get; init; } = "";
}
