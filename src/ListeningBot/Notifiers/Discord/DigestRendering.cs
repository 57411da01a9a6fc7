using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>A team's day or week: figures in words, and below them the chart, which is uploaded with the message under its name.</summary>
internal static class DigestRendering
{
    public static MessageBody Of(DigestCard card)
    {
        var pages = SectionPages.Of($"**{Escaping.Line(card.Title, 100)}**", card.Sections, DossierRendering.MostInEmbeds);
        return new MessageBody
        {
            Embeds = [.. pages.Select((page, index) => new Embed
            {
                Description = page,
                Url = index == 0 ? Mark.Of(card).ToString() : null,
                Color = 0x5B8DEF,
            })],
            Components = Buttons.Rows(card.Buttons),
        }.Showing(card.Chart);
    }
}
