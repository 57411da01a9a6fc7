using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// A complaint. Unclaimed it takes at most six lines of a phone: priority and age, who and where, two lines of quote, why, what next.
/// The first line is the message's content, because that is what a phone's lock screen shows.
/// </summary>
internal static class CaseRendering
{
    private const int LongQuote = 300;

    /// <summary>A quote is set in.</summary>
    private const int QuoteLine = Fitting.PhoneLine - 3;

    public static MessageBody Of(CaseCard card) => new()
    {
        Content = Headline(card),
        Embeds =
        [
            new Embed
            {
                Description = string.Join('\n', card.State == CaseState.Unclaimed ? Short(card) : Long(card)),
                Url = Mark.Of(card).ToString(),
                Color = card.State == CaseState.Closed ? Rendering.Grey : ColourOf(card.Priority),
            },
        ],
        Components = Buttons.Rows(card.Buttons),
    };

    private static string Headline(CaseCard card) => card.State == CaseState.Closed
        ? $"⚪ Closed · {Rendering.Ago(card.Posted)}"
        : $"{EmojiOf(card.Priority)} **{card.Priority}** · {Rendering.Ago(card.Posted)}";

    /// <summary>Five lines: one each for who, other voices and why; quote and next step share what is left.</summary>
    private static IEnumerable<string> Short(CaseCard card)
    {
        var more = MoreVoices(card);
        var lines = more is null ? 3 : 2;
        var quoteLines = card.Deleted ? 1 : Math.Min(lines - 1, Fitting.LinesOf(Cleaning.OneLine(card.Quote), QuoteLine));
        yield return WhoAndWhere(card);
        yield return Quote(card, QuoteLine, quoteLines);
        if (more is not null)
        {
            yield return more;
        }
        yield return card.AnsweredBy is { } account ? $"↩ answered by {Escaping.Line(account, Fitting.PhoneLine - 15)}" : Escaping.Line(card.Reason, Fitting.PhoneLine);
        yield return "→ " + Escaping.Line(card.NextStep, Fitting.PhoneLine - 3, lines - quoteLines);
    }

    private static IEnumerable<string> Long(CaseCard card)
    {
        yield return WhoAndWhere(card);
        yield return Quote(card, LongQuote, 1);
        if (MoreVoices(card) is { } more)
        {
            yield return more;
        }
        if (Answered(card) is { } answered)
        {
            yield return answered;
        }
        yield return card.State == CaseState.Closed ? Closed(card) : Claimed(card);
        if (card.State == CaseState.Claimed)
        {
            yield return "→ " + Escaping.Line(card.NextStep, 120);
        }
    }

    /// <summary>The place is ours and short; the name, which anyone may choose, gets what is left of the line.</summary>
    private static string WhoAndWhere(CaseCard card)
    {
        var where = Escaping.Line(card.Where, 16);
        return $"**{Escaping.Line(card.Who, Fitting.PhoneLine - 5 - Math.Min(16, Fitting.Columns(card.Where)))}** · {where}";
    }

    private static string Quote(CaseCard card, int columns, int lines) =>
        card.Deleted ? "> *The post was deleted by its author.*" : "> " + NotEmpty(Escaping.Line(card.Quote, columns, lines));

    private static string NotEmpty(string text) => text.Length == 0 ? "*(no words)*" : text;

    private static string? MoreVoices(CaseCard card) => card.Voices > 1 ? $"and {card.Voices - 1} more like it" : null;

    private static string? Answered(CaseCard card) => card.AnsweredBy is { } account
        ? $"↩ answered by {Escaping.Line(account, 40)}{(card.AnsweredAt is { } at ? " " + Rendering.Ago(at) : "")}"
        : null;

    private static string Claimed(CaseCard card) =>
        $"🙋 **{Escaping.Line(card.Owner ?? "someone", 40)}** has it";

    private static string Closed(CaseCard card)
    {
        var by = card.ClosedBy ?? card.Owner;
        return $"{(card.Outcome is Outcome.Solved or Outcome.WentBeyond ? "✅" : "▫️")} **{InWords(card.Outcome)}**{(by is null ? "" : " · " + Escaping.Line(by, 40))}";
    }

    private static string InWords(Outcome? outcome)
    {
        var words = outcome?.InWords() ?? "closed";
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static int ColourOf(Priority priority) => priority switch
    {
        Priority.Critical => 0xED4245,
        Priority.High => 0xF0883E,
        Priority.Normal => 0xE3B341,
        _ => 0x5B8DEF,
    };

    private static string EmojiOf(Priority priority) => priority switch
    {
        Priority.Critical => "🔴",
        Priority.High => "🟠",
        Priority.Normal => "🟡",
        _ => "🔵",
    };
}
