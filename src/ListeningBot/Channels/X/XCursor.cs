using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.X;

/// <summary>Where reading goes on: of each question the newest post that was read up to, and how far its pages have got.</summary>
internal sealed class XCursor
{
    public const string Mentions = "mentions";
    private readonly string _of;
    private Dictionary<string, XPlace> _places = new(StringComparer.Ordinal);

    private XCursor(string of) => _of = of;

    /// <summary>It was another account's: the mentions of this one are at their first contact, the searches go on.</summary>
    public bool IsOtherAccount { get; private set; }

    /// <summary>The number of our account, once it was asked for.</summary>
    public string? AccountId { get; set; }

    /// <summary>Up to here everything was read, whatever was asked then; null at first contact. New words are looked for from here on.</summary>
    public long? Floor { get; set; }

    public static XCursor Parse(Cursor? cursor, string of)
    {
        var parsed = new XCursor(of);
        try
        {
            if (cursor is not null && JsonSerializer.Deserialize<Stored>(cursor.Value) is { } stored)
            {
                parsed.IsOtherAccount = stored.Of != of;
                (parsed.AccountId, parsed.Floor) = (parsed.IsOtherAccount ? null : stored.Account, stored.Floor);
                parsed._places = new Dictionary<string, XPlace>(stored.Places ?? [], StringComparer.Ordinal);
                if (parsed.IsOtherAccount)
                {
                    parsed._places.Remove(MarkOf(Mentions));
                }
            }
        }
        catch (JsonException)
        {
            // A cursor that can't be read begins anew.
        }
        return parsed;
    }

    public XPlace? Place(string question) => _places.GetValueOrDefault(MarkOf(question));

    public void Put(string question, XPlace place) => _places[MarkOf(question)] = place;

    /// <summary>Forgets all other questions; what these have read to in common is the new floor.</summary>
    public void Keep(IReadOnlyList<string> questions)
    {
        var kept = questions.Select(MarkOf).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _places.Keys.Except(kept).ToList())
        {
            _places.Remove(gone);
        }
        if (_places.Count == kept.Count && _places.Count > 0)
        {
            Floor = _places.Values.Min(place => place.Since);
        }
    }

    /// <summary>All questions are read up to here, by the stream.</summary>
    public void HeardTo(long id)
    {
        _places.Clear();
        Floor = Math.Max(Floor ?? 0, id);
    }

    public Cursor ToCursor() => new(JsonSerializer.Serialize(new Stored(_of, AccountId, Floor, _places)));

    private static string MarkOf(string question) => SeenItems.HashOfId(question).ToString("x16", null);

    private sealed record Stored(string? Of, string? Account, long? Floor, Dictionary<string, XPlace>? Places);
}

/// <summary>How far one question was read.</summary>
/// <param name="Since">Everything up to this post was read.</param>
/// <param name="Newest">While pages are read: where the next look begins, once the last page is stored.</param>
/// <param name="Oldest">While pages are read: the oldest post that came.</param>
/// <param name="Token">The next page; null between two looks.</param>
/// <param name="Pages">Read in this look.</param>
/// <param name="First">It is the first look ever.</param>
/// <param name="Posts">Read in this look.</param>
internal sealed record XPlace(long Since, long Newest = 0, long Oldest = 0, string? Token = null, int Pages = 0, bool First = false, int Posts = 0);
