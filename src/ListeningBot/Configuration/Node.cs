namespace ListeningBot.Configuration;

/// <summary>Where something was written: a file with its line and column, or the name of an environment variable or credentials file.</summary>
internal sealed record Place(string File, int? Line, int? Column = null);

/// <summary>What was written, JSON or YAML alike, with its place, so that every problem can name its line.</summary>
internal abstract class Node(Place place)
{
    public Place Place { get; } = place;
}

internal enum ScalarKind
{
    Text,
    Number,
    Boolean,
    Null,
}

internal sealed class ScalarNode(Place place, ScalarKind kind, string text) : Node(place)
{
    public ScalarKind Kind { get; } = kind;
    public string Text { get; } = text;

    /// <summary>As it stands in a YAML file; null for what was read from elsewhere.</summary>
    public YamlScalar? Source { get; init; }

    /// <summary>Where a character of the text stands.</summary>
    public Place PlaceOf(int character) => Source?.PlaceOf(character) ?? Place with { Column = Place.Column + character };
}

internal sealed class ListNode(Place place) : Node(place)
{
    public List<Node> Items { get; } = [];
}

internal sealed record Entry(string Key, Place Place, Node Value);

internal sealed class MapNode(Place place, StringComparer comparer) : Node(place)
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, int> _places = new(comparer);

    public IReadOnlyList<Entry> Entries => _entries;

    public Entry? EntryOf(string key) => _places.TryGetValue(key, out var at) ? _entries[at] : null;

    /// <summary>Adds, or replaces what has the same key.</summary>
    public void Set(Entry entry)
    {
        if (_places.TryAdd(entry.Key, _entries.Count))
        {
            _entries.Add(entry);
            return;
        }
        _entries[_places[entry.Key]] = entry;
    }

    /// <summary>Null when it is not there or was left empty.</summary>
    public Node? ValueOf(string key) => EntryOf(key)?.Value is { } value and not ScalarNode { Kind: ScalarKind.Null } ? value : null;

    /// <summary>The deepest node on the way to "Urls:0", this node itself when not even its first part is there.</summary>
    public Node Nearest(string path)
    {
        Node node = this;
        foreach (var part in path.Split(':'))
        {
            var next = node switch
            {
                MapNode map => map.EntryOf(part)?.Value,
                ListNode list when int.TryParse(part, out var index) && index >= 0 && index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (next is null)
            {
                return node;
            }
            node = next;
        }
        return node;
    }
}
