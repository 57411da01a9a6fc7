using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Channels;

/// <summary>
/// Which items were read, and how their text was then: hashes only, the newest so many (2,000 by default) besides those that the source shows now.
/// As text: base64 of 8 bytes of the id's hash and 4 of the content's for each, oldest first.
/// </summary>
internal sealed class SeenItems
{
    private const int Kept = 2000;
    private const int Size = 12;
    private readonly Dictionary<ulong, (uint Content, long Order)> _seen = [];
    private long _order;

    public static ulong HashOfId(string id) => BinaryPrimitives.ReadUInt64LittleEndian(Hash(id));

    public static uint HashOfContent(string? title, string text) => BinaryPrimitives.ReadUInt32LittleEndian(Hash(title + "\n" + text));

    /// <summary>Empty when the text can't be read.</summary>
    public static SeenItems Parse(string text)
    {
        var seen = new SeenItems();
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length))
        {
            for (var at = 0; at + Size <= length; at += Size)
            {
                seen.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            }
        }
        return seen;
    }

    public bool IsEmpty => _seen.Count == 0;

    /// <summary>The content's hash when the item was last read, or null.</summary>
    public uint? ContentOf(ulong id) => _seen.TryGetValue(id, out var known) ? known.Content : null;

    /// <summary>Adds the item, or makes it the newest.</summary>
    public void Add(ulong id, uint content) => _seen[id] = (content, _order++);

    /// <summary>Forgets the oldest beyond the number kept; what was added last, <paramref name="current"/> of them, stays.</summary>
    public void Trim(int current, int kept = Kept)
    {
        var keep = Math.Max(kept, current);
        if (_seen.Count > keep)
        {
            foreach (var (id, _) in _seen.OrderBy(item => item.Value.Order).Take(_seen.Count - keep).ToList())
            {
                _seen.Remove(id);
            }
        }
    }

    public override string ToString()
    {
        var bytes = new byte[_seen.Count * Size];
        var at = 0;
        foreach (var (id, known) in _seen.OrderBy(item => item.Value.Order))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), id);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 8), known.Content);
            at += Size;
        }
        return Convert.ToBase64String(bytes);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
