using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Many cases in one calm message: how many, the most urgent ones, and a menu to take one from.</summary>
internal static class GroupRendering
{
    private const int MostEntries = 6;

    /// <summary>Shorter quotes where characters take much room, so that the number of entries stays.</summary>
    private static readonly int[] QuoteColumns = [64, 30, 15];

    public static MessageBody Of(GroupCard card) => new()
    {
        Content = $"{(card.Unclaimed > 0 ? CaseRendering.EmojiOf(card.Highest) : "⚪")} **{Count(card.Cases)} {(card.Cases == 1 ? "case" : "cases")}** · {Escaping.Line(card.Aspect, 16)}",
        Embeds =
        [
            new Embed
            {
                Description = QuoteColumns.Select(columns => Description(card, columns)).First(text => text.Length <= Rendering.MostDescription),
                Url = Mark.Of(card).ToString(),
                Color = card.Unclaimed > 0 ? CaseRendering.ColourOf(card.Highest) : Rendering.Grey,
            },
        ],
        Components = [.. card.Choices.Count > 0 ? [Buttons.Row([Buttons.Menu(card.Choices, "Choose a case to take")])] : Array.Empty<Component>(), .. Buttons.Rows(card.Buttons)],
    };

    private static string Description(GroupCard card, int columns) => string.Join('\n', card.Top.Take(MostEntries).Select(entry => Entry(entry, columns)).Prepend(Counts(card)));

    private static string Counts(GroupCard card)
    {
        var free = card.Unclaimed switch
        {
            0 => "all have an owner or an answer",
            1 when card.Cases == 1 => "nobody has it yet; further ones join here",
            var all when all == card.Cases => "nobody has one yet",
            var some => $"{Count(some)} without an owner or an answer",
        };
        return $"**{Escaping.Line(card.Team, 16)}** · {free}\n-# since {Rendering.Ago(card.Since)} · up to {card.Highest.ToString().ToLowerInvariant()}";
    }

    /// <summary>Number and age take most of a phone's line: the name gets what is left.</summary>
    private static string Entry(GroupEntry entry, int columns)
    {
        var who = Escaping.Line(entry.Who, 12);
        return $"\n{CaseRendering.EmojiOf(entry.Priority)} **{entry.CaseId}** · {Rendering.Ago(entry.Posted)} · {(who.Length > 0 ? who : "someone")}\n> {(Escaping.Line(entry.Quote, columns) is { Length: > 0 } quote ? quote : "*(no words)*")}";
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
