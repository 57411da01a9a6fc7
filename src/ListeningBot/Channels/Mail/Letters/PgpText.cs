namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Text that PGP signed or encrypted in place (RFC 4880, 6 and 7).</summary>
internal static class PgpText
{
    private const string Encrypted = "-----BEGIN PGP MESSAGE-----";
    private const string Signed = "-----BEGIN PGP SIGNED MESSAGE-----";
    private const string Signature = "-----BEGIN PGP SIGNATURE-----";

    /// <summary>The signed words without the signature; in place of encrypted ones a sentence that says so.</summary>
    public static string Plain(string text)
    {
        text = Between(text, Encrypted, "-----END PGP MESSAGE-----", "(What stood here is encrypted. Open the letter in the mailbox.)");
        var start = text.IndexOf(Signed, StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }
        var lines = text[(start + Signed.Length)..].ReplaceLineEndings("\n").TrimStart('\n').Split('\n').SkipWhile(line => line.StartsWith("Hash:", StringComparison.Ordinal));
        // A dash at a line's start is escaped.
        var words = string.Join('\n', lines.Select(line => line.StartsWith("- -", StringComparison.Ordinal) ? line[2..] : line));
        return text[..start] + Between(words, Signature, "-----END PGP SIGNATURE-----", "");
    }

    private static string Between(string text, string begin, string end, string instead)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        if (from < 0)
        {
            return text;
        }
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        return $"{text[..from]}{instead}{(to < 0 ? "" : text[(to + end.Length)..])}";
    }
}
