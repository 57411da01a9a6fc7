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

    /// <summary>What stands in brackets; without any, the words that look like an id.</summary>
    private static List<string> All(string? header)
    {
        var ids = new List<string>();
        var text = header ?? "";
        for (var open = text.IndexOf('<'); open >= 0;)
        {
            var close = text.IndexOf('>', open);
            Add(ids, close < 0 ? text[(open + 1)..] : text[(open + 1)..close]);
            open = close < 0 ? -1 : text.IndexOf('<', close);
        }
        if (ids.Count == 0)
        {
            foreach (var word in text.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Contains('@')))
            {
                Add(ids, word);
            }
        }
        return ids;
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
