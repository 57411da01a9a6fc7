using System.Globalization;
using ListeningBot.Channels;
using ListeningBot.Core.Text;
using Microsoft.Extensions.Configuration;

namespace ListeningBot.Configuration;

/// <summary>The Channels section: each enabled channel with its kind's options.</summary>
internal sealed class ChannelsSection(MapNode root, IReadOnlyList<ChannelKind> kinds, Problems problems)
{
    public static readonly string[] Beside = ["Kind", "Enabled", "QuietAfter"];

    private static readonly TimeSpan ShortestQuiet = TimeSpan.FromMinutes(1);

    /// <summary>All names, disabled ones too: a watch may name a channel that is switched off for a while.</summary>
    public IReadOnlyList<string> Names => [.. Groups.Of(root, "Channels").Select(e => e.Key)];

    public IReadOnlyList<ChannelSettings> Read()
    {
        Groups.Refuse(root, "Channels", problems);
        return [.. Groups.Of(root, "Channels").Select(e => ReadOne(e.Key, e.Place, (MapNode)e.Value)).OfType<ChannelSettings>()];
    }

    private ChannelSettings? ReadOne(string name, Place place, MapNode section)
    {
        var path = "Channels:" + name;
        var kind = KindOf(section, path);
        if (!Groups.Enabled(section, path, problems) || kind is null)
        {
            return null;
        }
        if (!Configuration.Names.IsFit(name))
        {
            problems.Add(place, $"{Problems.Quote(name)} is no name for a channel", Configuration.Names.Cure);
            return null;
        }
        var quiet = QuietAfter(section, path);
        return Groups.Bound(section, kind.OptionsType, path, Beside, problems, kind.Bind, options => Groups.Told(kind.Validate(options), root, section, kind.OptionsType, path, problems)) is { } bound
            && quiet is not null
            ? new ChannelSettings(name, kind, bound) { QuietAfter = quiet.After, Fingerprint = Section.Fingerprint(section) }
            : null;
    }

    /// <summary>Null after a problem; a length of null when nothing is written.</summary>
    private Quietness? QuietAfter(MapNode section, string path)
    {
        switch (section.ValueOf("QuietAfter"))
        {
            case null:
                return new Quietness(null);
            case ScalarNode { Text: "0" }:
                return new Quietness(TimeSpan.Zero);
            case ScalarNode written when OptionType.Reads(typeof(TimeSpan), written) && TimeSpan.Parse(written.Text, CultureInfo.InvariantCulture) is var after && after >= ShortestQuiet:
                return new Quietness(after);
            case var wrong:
                problems.Add(wrong.Place, $"{path}:QuietAfter is no length of time of a minute or more", "Write \"06:00:00\" (hours, minutes, seconds), \"2.00:00:00\" for two days, or \"0\" when it may be quiet for ever.");
                return null;
        }
    }

    /// <summary>Null: as long as it usually is.</summary>
    private sealed record Quietness(TimeSpan? After);

    /// <summary>The channel that was meant, when an environment variable or a credential's name has a slip.</summary>
    private string? Mistyped(string path) => Nearest.To(
        path["Channels:".Length..],
        Groups.Of(root, "Channels").Where(e => e.Value is MapNode other && other.ValueOf("Kind") is not null).Select(e => e.Key));

    private ChannelKind? KindOf(MapNode section, string path)
    {
        string[] known = [.. kinds.Select(k => k.Name)];
        if (section.ValueOf("Kind") is not ScalarNode written)
        {
            problems.Add(section.Place, $"{path} has no Kind", Mistyped(path) is { } other
                ? $"If it is a slip of {Problems.Quote(other)}, write that; else add \"Kind\": one of {string.Join(", ", known)}."
                : $"Add \"Kind\": one of {string.Join(", ", known)}.");
            return null;
        }
        var kind = kinds.FirstOrDefault(k => string.Equals(k.Name, written.Text, StringComparison.OrdinalIgnoreCase));
        if (kind is null)
        {
            problems.Add(written.Place, $"{path}:Kind is {Problems.Quote(written.Text)}, which is no kind of channel", Nearest.Cure(written.Text, known, "This program has none."));
        }
        return kind;
    }
}
