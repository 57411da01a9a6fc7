using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// What stands in a case's thread. The first draft is the message's content: a phone copies a message's text, and nothing of its embeds. All else comes in embeds,
/// the weightiest first; what finds no room is named.
/// </summary>
internal static class DossierRendering
{
    /// <summary>Discord counts 6,000 characters over all embeds of a message.</summary>
    public const int MostInEmbeds = 5900;
    private const int MostContent = 2000;

    public static MessageBody Of(DossierCard card)
    {
        var draft = card.Sections.FirstOrDefault(section => section.Look == SectionLook.Copy && section.Lines.Any(line => line.Trim().Length > 0));
        var block = draft is null ? null : SectionPages.CodeBlock(draft, MostContent);
        var sections = card.Sections.Select(section => block is not null && ReferenceEquals(section, draft) ? Above(section) : section).ToList();
        var pages = SectionPages.Of($"**{Escaping.Line(card.Title, 100)}**", sections, MostInEmbeds);
        return new()
        {
            Content = block ?? "",
            Embeds = [.. pages.Select((page, index) => new Embed { Description = page, Url = index == 0 ? Mark.Of(card).ToString() : null, Color = Rendering.Grey })],
            Components = Buttons.Rows(card.Buttons),
        };
    }

    private static Section Above(Section draft) => new(draft.Title, ["Above, ready to be copied: hold the message, then copy its text."]);
}
