using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>What the server said can't be understood. The message tells where, never what the data was.</summary>
internal sealed class ImapFormatException(string what) : Exception(what);

/// <summary>One value of a response: an atom, a string, NIL or a list.</summary>
internal abstract record ImapValue
{
    /// <summary>The list's items; none for anything else, so that a wrong shape reads as "nothing there".</summary>
    public virtual IReadOnlyList<ImapValue> Items => [];

    /// <summary>The bytes of an atom or string; null for NIL and lists.</summary>
    public virtual byte[]? Bytes => null;

    public bool IsList => this is ImapList;

    /// <summary>Atoms and strings of plain ASCII; null for NIL and lists.</summary>
    public string? Ascii => Bytes is { } bytes ? Encoding.Latin1.GetString(bytes) : null;

    public uint? Number => uint.TryParse(Ascii, out var number) ? number : null;

    /// <summary>The item at <paramref name="index"/>, or NIL when there is none.</summary>
    public ImapValue At(int index) => index < Items.Count ? Items[index] : ImapNil.Value;

    public bool Is(string atom) => atom.Equals(Ascii, StringComparison.OrdinalIgnoreCase);
}

internal sealed record ImapAtom(string Name) : ImapValue
{
    public override byte[] Bytes => Encoding.Latin1.GetBytes(Name);
}

/// <summary>A quoted string or a literal.</summary>
internal sealed record ImapString(byte[] Content) : ImapValue
{
    public override byte[] Bytes => Content;
}

internal sealed record ImapList(IReadOnlyList<ImapValue> Content) : ImapValue
{
    public override IReadOnlyList<ImapValue> Items => Content;
}

internal sealed record ImapNil : ImapValue
{
    public static readonly ImapNil Value = new();
}
