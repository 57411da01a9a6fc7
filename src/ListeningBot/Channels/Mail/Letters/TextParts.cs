using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Chooses which parts of a letter hold what its writer says: plain text before HTML, never an attachment, never a letter within the letter.</summary>
internal static class TextParts
{
    private const int MaxDepth = 20;

    /// <summary>Some mail programs put a picture between two pieces of text; more pieces than this are no letter.</summary>
    private const int MaxPieces = 3;

    /// <summary>The parts in reading order; none when the letter has no text.</summary>
    public static IReadOnlyList<BodyPart> Choose(BodyPart body)
    {
        var chosen = Within(body, 0).ToList();
        return chosen.Count > 0 ? [.. chosen.Take(MaxPieces)] : [.. AllText(body, 0).Take(1)];
    }

    /// <summary>The HTML form of the same letter, for when its plain form turns out to be empty.</summary>
    public static BodyPart? Html(BodyPart body) => AllText(body, 0).FirstOrDefault(part => part.Type == "text/html" && part.Disposition != "attachment");

    private static IEnumerable<BodyPart> Within(BodyPart part, int depth)
    {
        if (depth > MaxDepth)
        {
            return [];
        }
        return part.Type switch
        {
            "multipart/alternative" => Best(part, depth),
            "multipart/related" or "multipart/signed" or "multipart/report" => part.Parts.Take(1).SelectMany(p => Within(p, depth + 1)),
            _ when part.Type.StartsWith("multipart/", StringComparison.Ordinal) => part.Parts.SelectMany(p => Within(p, depth + 1)),
            "text/plain" or "text/html" when !part.IsAttached => [part],
            _ => [],
        };
    }

    private static List<BodyPart> Best(BodyPart alternative, int depth)
    {
        var forms = alternative.Parts.Select(p => Within(p, depth + 1).ToList()).Where(form => form.Count > 0).ToList();
        return forms.Find(form => form.TrueForAll(p => p.Type == "text/plain")) ?? forms.FirstOrDefault() ?? [];
    }

    private static IEnumerable<BodyPart> AllText(BodyPart part, int depth) => depth > MaxDepth ? []
        : part.Parts.Count > 0 ? part.Parts.SelectMany(p => AllText(p, depth + 1))
        : part.Type is "text/plain" or "text/html" && part.Disposition != "attachment" ? [part] : [];
}
