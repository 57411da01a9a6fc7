namespace ListeningBot.Channels.Mail.Imap;

/// <summary>One response of the server.</summary>
/// <param name="Tag">"*", "+", or the command's tag.</param>
/// <param name="Name">"OK", "FETCH", "SEARCH"... in upper case; empty for "+".</param>
/// <param name="Number">The number before the name: "* 12 FETCH".</param>
/// <param name="Code">What stood in brackets before a status text: "UIDVALIDITY 7".</param>
/// <param name="Words">The status text, for people.</param>
/// <param name="Values">What follows the name of a data response.</param>
internal sealed record ImapResponse(string Tag, string Name, uint? Number, string? Code, string Words, IReadOnlyList<ImapValue> Values)
{
    public bool IsOk => Name == "OK";

    /// <summary>Refused for now only (RFC 5530): the same will be done later.</summary>
    public bool IsRefusedForNow => !IsOk && CodeName is "UNAVAILABLE" or "LIMIT" or "INUSE";

    /// <summary>Somebody else has moved or taken away what was asked for (RFC 5530).</summary>
    public bool IsAboutGone => CodeName is "EXPUNGEISSUED";
    public string? CodeName => Code?.Split(' ', 2)[0].ToUpperInvariant();
    public string CodeValue => Code?.Split(' ', 2) is [_, var value] ? value : "";

    /// <param name="data">The response with its line end; literals in place.</param>
    public static ImapResponse Parse(ReadOnlySpan<byte> data)
    {
        var parser = new ImapParser(data);
        var tag = parser.Word();
        if (tag.Length == 0)
        {
            throw new ImapFormatException("an empty line");
        }
        return tag == "+" ? new ImapResponse(tag, "", null, null, parser.Rest().TrimStart(), []) : AfterTag(tag, ref parser);
    }

    private static ImapResponse AfterTag(string tag, ref ImapParser parser)
    {
        var name = parser.Word();
        uint? number = null;
        if (uint.TryParse(name, out var parsed))
        {
            number = parsed;
            name = parser.Word();
        }
        name = name.ToUpperInvariant();
        if (name is "OK" or "NO" or "BAD" or "BYE" or "PREAUTH")
        {
            var code = parser.BracketedCode();
            parser.SkipSpaces();
            return new ImapResponse(tag, name, number, code, parser.Rest(), []);
        }
        return new ImapResponse(tag, name, number, null, "", parser.Values(numbers: name == "SEARCH"));
    }
}
