using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Channels.Mail;

/// <summary>Message-IDs out of header text, without brackets: "&lt;a@b&gt; (comment) &lt;c@d&gt;".</summary>
internal static class MessageIds
{
    private const int MaxLength = 300;

    public static string? First(string? header) => All(header).FirstOrDefault();

    public static string? Last(string? header) => All(header).LastOrDefault();

    /// <summary>Those between the first and the last, the last of them first.</summary>
    public static IReadOnlyList<string> Between(string? header, int most) => [.. All(header).Skip(1).SkipLast(1).Reverse().Distinct().Take(most)];

    /// <summary>What stands in brackets, or in half a pair of them; without any, the words that look like an id.</summary>
    private static List<string> All(string? header)
    {
        var ids = new List<string>();
        var text = header ?? "";
        var outside = 0;
        for (var open = text.IndexOf('<'); open >= 0;)
        {
            HalfOpen(ids, text[outside..open]);
            // An id that is not closed ends where the next one begins.
            var next = text.IndexOf('<', open + 1);
            var limit = next < 0 ? text.Length : next;
            var close = text.IndexOf('>', open, limit - open);
            Add(ids, text[(open + 1)..(close < 0 ? limit : close)]);
            outside = close < 0 ? limit : close + 1;
            open = next;
        }
        HalfOpen(ids, text[outside..]);
        if (ids.Count == 0)
        {
            foreach (var word in text.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Contains('@', StringComparison.Ordinal)))
            {
                Add(ids, word);
            }
        }
        return ids;
    }

    /// <summary>"a@b>": its opening bracket is lost.</summary>
    private static void HalfOpen(List<string> ids, string text)
    {
        if (text.Contains('>', StringComparison.Ordinal) && text[..text.IndexOf('>', StringComparison.Ordinal)].Split([' ', '\t', ',', ';']) is [.., var word] && word.Contains('@', StringComparison.Ordinal))
        {
            Add(ids, word);
        }
    }

    private static void Add(List<string> ids, string text)
    {
        var id = new string([.. text.Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c) && c is not ('<' or '>'))]);
        if (id.Length > 0)
        {
            ids.Add(id.Length <= MaxLength ? id : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))));
        }
    }
}
