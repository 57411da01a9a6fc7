using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Mail;

/// <summary>How far each folder of a mailbox was read. Written as one object while there is one folder, as an array when there are more.</summary>
internal sealed class MailCursor
{
    private readonly SortedDictionary<ulong, FolderPlace> _places = [];

    /// <summary>Empty when there is none, or when it can't be read.</summary>
    public static MailCursor Read(Cursor? cursor)
    {
        var read = new MailCursor();
        foreach (var place in Places(cursor?.Value ?? "").Where(place => place is { Recent: not null }))
        {
            read._places[place!.Of] = place;
        }
        return read;
    }

    /// <summary>Null when the folder was never read, or when the place is of another mailbox's.</summary>
    public FolderPlace? PlaceOf(ulong folder) => _places.GetValueOrDefault(folder);

    public void Set(FolderPlace place) => _places[place.Of] = place;

    /// <summary>Forgets all folders but these.</summary>
    public void Keep(IReadOnlyCollection<ulong> folders)
    {
        foreach (var gone in _places.Keys.Except(folders).ToList())
        {
            _places.Remove(gone);
        }
    }

    public Cursor ToCursor() => new(_places.Count == 1 ? JsonSerializer.Serialize(_places.Values.Single()) : JsonSerializer.Serialize(_places.Values));

    private static IReadOnlyList<FolderPlace?> Places(string json)
    {
        try
        {
            return json.StartsWith('[') ? JsonSerializer.Deserialize<List<FolderPlace?>>(json) ?? [] : [JsonSerializer.Deserialize<FolderPlace>(json)];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>How far a folder was read.</summary>
/// <param name="Of">Whose folder, as a hash: another account or folder begins anew.</param>
/// <param name="Validity">The folder's UIDVALIDITY: uids mean nothing under another one.</param>
/// <param name="Uid">The last uid that was read.</param>
/// <param name="FirstUntil">Letters up to this uid belong to the first contact.</param>
/// <param name="Day">The day of the newest letter read, UTC: where to look from when the folder was numbered anew.</param>
/// <param name="Recent">Hashes of the letters read last, oldest first, at most <see cref="MaxRecent"/>.</param>
internal sealed record FolderPlace(ulong Of, uint Validity, uint Uid, uint FirstUntil, DateOnly Day, IReadOnlyList<ulong> Recent)
{
    public const int MaxRecent = 500;

    public static ulong Hash(string user, string folder) => ThreadHash.Of(new PostKey(user.ToLowerInvariant(), folder));

    /// <summary>After these letters, in the order of their uids.</summary>
    public FolderPlace After(uint uid, DateOnly day, IEnumerable<ulong> read) => this with
    {
        Uid = Math.Max(Uid, uid),
        Day = day > Day ? day : Day,
        Recent = [.. Recent.Concat(read).Distinct().TakeLast(MaxRecent)],
    };
}
