using System.Text;
using System.Text.RegularExpressions;

namespace ListeningBot.Net;

/// <summary>
/// Bytes of a page or feed as text. What is declared is believed only as far as the bytes bear it out: servers often
/// send a charset that they were installed with and not the one that was written.
/// </summary>
public static partial class WebText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western;

    static WebText()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Western = Encoding.GetEncoding(1252);
    }

    /// <param name="charset">From the Content-Type header, or null.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (ByMark(bytes) is { } marked)
        {
            return marked.GetString(bytes[marked.Preamble.Length..]);
        }
        var declared = Named(DeclaredIn(bytes));
        var header = Named(charset);
        var encoding = header is null || (header.CodePage == Western.CodePage && declared is not null) ? declared ?? Encoding.UTF8 : header;
        if (encoding.CodePage != Encoding.UTF8.CodePage)
        {
            // Valid UTF-8 with characters of several bytes is never an accident, except for encodings of several bytes themselves.
            return encoding.IsSingleByte && IsUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : encoding.GetString(bytes);
        }
        var other = declared is { IsSingleByte: true } ? declared : Western;
        return IsMostlyUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : other.GetString(bytes);
    }

    /// <summary>Null when unknown, or unsafe to read.</summary>
    private static Encoding? Named(string? charset)
    {
        try
        {
            return charset?.Trim('"', '\'', ' ').ToLowerInvariant() switch
            {
                null or "" or "utf-7" => null,
                "utf8" or "us-ascii" or "ascii" or "utf-8" => Encoding.UTF8,

                // What calls itself Latin 1 is nearly always written in its superset.
                "iso-8859-1" or "latin1" or "latin-1" => Western,
                var name => Encoding.GetEncoding(name),
            };
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8
        : bytes.StartsWith(Encoding.UTF32.Preamble) ? Encoding.UTF32
        : bytes.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode
        : bytes.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode
        : bytes.StartsWith("<\0?\0"u8) || bytes.StartsWith("<\0r\0"u8) || bytes.StartsWith("<\0f\0"u8) ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false)
        : bytes.StartsWith("\0<\0?"u8) || bytes.StartsWith("\0<\0r"u8) || bytes.StartsWith("\0<\0f"u8) ? new UnicodeEncoding(bigEndian: true, byteOrderMark: false)
        : null;

    /// <summary>What the XML declaration or a meta element near the beginning says.</summary>
    private static string? DeclaredIn(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        var found = head.TrimStart().StartsWith("<?xml", StringComparison.Ordinal) ? XmlEncoding().Match(head) : MetaCharset().Match(head);
        return found.Success && !found.Groups["name"].Value.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? found.Groups["name"].Value : null;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Ascii.IsValid(bytes))
        {
            return false;
        }
        try
        {
            Strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>True unless the bytes that break the rules outnumber the characters that keep them.</summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (good, bad) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var plain = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (plain < 0)
            {
                break;
            }
            bytes = bytes[plain..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
            (good, bad) = status == System.Buffers.OperationStatus.Done ? (good + 1, bad) : (good, bad + 1);
            bytes = bytes[used..];
        }
        return bad == 0 || good > bad;
    }

    [GeneratedRegex("""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["'](?<name>[A-Za-z0-9._:-]{1,40})["']""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex XmlEncoding();

    [GeneratedRegex("""<meta[^>]{0,200}?charset\s*=\s*["']?(?<name>[A-Za-z0-9._:-]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetaCharset();
}
