using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Chooses which parts of a letter hold what its writer says: plain text before HTML, never an attachment; a letter within the letter only where it is what is passed on to us.</summary>
internal static class TextParts
{
    private const int MaxDepth = 20;

    /// <summary>Some mail programs put a picture between two pieces of text; more pieces than this are no letter.</summary>
    private const int MaxPieces = 12;

    /// <summary>The parts in reading order; none when the letter has no text.</summary>
    /// <param name="forwards">The subject says that another letter is passed on.</param>
    public static IReadOnlyList<BodyPart> Choose(BodyPart body, bool forwards)
    {
        var chosen = Within(body, 0).ToList();
        chosen = chosen.Count > 0 ? chosen : [.. AllText(body, 0).Take(1)];
        return [.. chosen.Take(MaxPieces), .. forwards || chosen.Count == 0 ? Passed(body) : []];
    }

    /// <summary>The text of the first letter within the letter. A bounce holds one too, but that is our own.</summary>
    public static IReadOnlyList<BodyPart> Passed(BodyPart body) => body.Type == "multipart/report" || InnerLetter(body, 0) is not { } letter ? [] : Choose(letter, forwards: false);

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
            "multipart/signed" or "multipart/report" => part.Parts.Take(1).SelectMany(p => Within(p, depth + 1)),
            // The first is the text, but for some programs that put a picture before it.
            "multipart/related" => part.Parts.Select(p => Within(p, depth + 1).ToList()).FirstOrDefault(p => p.Count > 0, []),
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

    private static IEnumerable<BodyPart> AllText(BodyPart part, int depth) => depth > MaxDepth || part.Type.StartsWith("message/", StringComparison.Ordinal) ? []
        : part.Parts.Count > 0 ? part.Parts.SelectMany(p => AllText(p, depth + 1))
        : part.Type is "text/plain" or "text/html" && part.Disposition != "attachment" ? [part] : [];

    private static BodyPart? InnerLetter(BodyPart part, int depth) => depth > MaxDepth ? null
        : part.Type.StartsWith("message/", StringComparison.Ordinal) ? part.Parts.FirstOrDefault()
        : part.Parts.Select(p => InnerLetter(p, depth + 1)).FirstOrDefault(letter => letter is not null);
}
