using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>Folder names as IMAP4rev1 writes them (RFC 3501, 5.1.3): letters beyond ASCII as UTF-16 in a base64 of its own, between &amp; and -.</summary>
internal static class FolderName
{
    public static string Encode(string name)
    {
        var wire = new StringBuilder();
        for (var i = 0; i < name.Length;)
        {
            var end = i;
            while (end < name.Length && name[end] is < ' ' or > '~')
            {
                end++;
            }
            if (end > i)
            {
                wire.Append('&').Append(Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name[i..end])).TrimEnd('=').Replace('/', ',')).Append('-');
                i = end;
            }
            else
            {
                wire.Append(name[i] == '&' ? "&-" : name[i].ToString());
                i++;
            }
        }
        return wire.ToString();
    }

    /// <summary>What can't be decoded stays as it came.</summary>
    public static string Decode(string wire)
    {
        var name = new StringBuilder();
        for (var i = 0; i < wire.Length; i++)
        {
            var end = wire[i] == '&' ? wire.IndexOf('-', i) : -1;
            if (end < 0)
            {
                name.Append(wire[i]);
                continue;
            }
            name.Append(end == i + 1 ? "&" : Shifted(wire[(i + 1)..end]) ?? wire[i..(end + 1)]);
            i = end;
        }
        return name.ToString();
    }

    private static string? Shifted(string base64)
    {
        var padded = base64.Replace(',', '/').PadRight((base64.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? Encoding.BigEndianUnicode.GetString(bytes, 0, length) : null;
    }
}
