using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels;

/// <summary>Where reading goes on at a service that is asked in several places (tags, searches, countries), each with a place of its own.</summary>
internal sealed class ServiceCursor
{
    /// <summary>A "+" of base64 stays one character, so that a cursor keeps its length: the store then writes only what changed of it.</summary>
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _of;
    private readonly Dictionary<string, PlaceRead> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlaceRead> _elsewhere = new(StringComparer.Ordinal);

    private ServiceCursor(string of) => _of = Mark(of);

    /// <param name="of">Whose places these are (address, account): a cursor of another one begins anew, and knows of the places there only how far they were read (<see cref="Elsewhere"/>).</param>
    public static ServiceCursor Parse(Cursor? cursor, string of)
    {
        var parsed = new ServiceCursor(of);
        try
        {
            if (cursor is not null && JsonSerializer.Deserialize<Stored>(cursor.Value) is { Places: { } places } stored)
            {
                var known = stored.Of == parsed._of ? parsed._places : parsed._elsewhere;
                foreach (var (name, place) in places)
                {
                    known[name] = new PlaceRead(isFirst: false, place.At, SeenItems.Parse(place.Seen ?? "")) { EmptySince = place.EmptySince, ReadAt = place.ReadAt };
                }
            }
        }
        catch (JsonException)
        {
            // A cursor that can't be read begins anew.
        }
        return parsed;
    }

    /// <summary>A place never read before is at its first contact.</summary>
    public PlaceRead Place(string name) => _places.TryGetValue(name, out var place) ? place : _places[name] = new PlaceRead(isFirst: true, null, new SeenItems());

    /// <summary>The places of which something is known.</summary>
    public IReadOnlyCollection<string> Names => _places.Keys;

    /// <summary>Places of another address that was read under the same name before.</summary>
    public IReadOnlyDictionary<string, PlaceRead> Elsewhere => _elsewhere;

    /// <summary>Places that were read and are none of these, those of another address too: what is read instead of them goes on where they stood.</summary>
    public IEnumerable<KeyValuePair<string, PlaceRead>> Gone(IReadOnlyCollection<string> names) => _places.Where(place => !names.Contains(place.Key)).Concat(_elsewhere);

    /// <summary>Forgets all places but these.</summary>
    public void Keep(IEnumerable<string> names)
    {
        foreach (var gone in _places.Keys.Except(names, StringComparer.Ordinal).ToList())
        {
            _places.Remove(gone);
        }
    }

    /// <summary>Only what was read: a place whose first contact is not over is left out, so that it begins anew.</summary>
    public Cursor ToCursor() => new(JsonSerializer.Serialize(new Stored(
        _of, _places.Where(place => !place.Value.IsFirst).ToDictionary(place => place.Key, place => new StoredPlace(place.Value.At, place.Value.Seen.ToString()) { EmptySince = place.Value.EmptySince, ReadAt = place.Value.ReadAt })), Writing));

    private static string Mark(string of) => SeenItems.HashOfId(of).ToString("x16", CultureInfo.InvariantCulture);

    private sealed record Stored(string? Of, Dictionary<string, StoredPlace>? Places);

    private sealed record StoredPlace(string? At, string? Seen)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateTimeOffset? EmptySince { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateTimeOffset? ReadAt { get; init; }
    }
}

/// <summary>How far one place was read.</summary>
/// <param name="isFirst">Nothing of it was read before.</param>
/// <param name="at">The newest id or time that was read whole, in the service's own terms; null when none.</param>
/// <param name="seen">What was read lately, and how it was then.</param>
internal sealed class PlaceRead(bool isFirst, string? at, SeenItems seen)
{
    public bool IsFirst { get; private set; } = isFirst;
    public string? At { get; private set; } = at;
    public SeenItems Seen { get; } = seen;

    /// <summary>When it was first looked at, while nothing of it counts as read (<see cref="At"/> is null): for services whose <see cref="At"/> can be no time.</summary>
    public DateTimeOffset? EmptySince { get; set; }

    /// <summary>The hour in which it was last read through, whether something was found or not; null when that is not known.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>It was read through. By the hour, so that the cursor is not another one after each visit.</summary>
    public void ReadThrough(DateTimeOffset now) => ReadAt = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>All that it held up to here is read.</summary>
    public void ReadTo(string? at) => (IsFirst, At) = (false, at ?? At);

    /// <summary>Added, Edited, or null when it was read before and is as it was. Counts as read from now on.</summary>
    public ChangeKind? Note(string id, string? title, string text)
    {
        var (key, content) = (SeenItems.HashOfId(id), SeenItems.HashOfContent(title, text));
        var known = Seen.ContentOf(key);
        Seen.Add(key, content);
        return known is null ? ChangeKind.Added : known != content ? ChangeKind.Edited : null;
    }
}
