using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// A complaint. While nobody has it, it takes at most six lines of a phone: priority, age and number, who and where, two lines of quote, why, what next.
/// The first line is the message's content, because that is what a phone's lock screen shows.
/// </summary>
internal static class CaseRendering
{
    private const int LongQuote = 300;

    /// <summary>Shorter texts where they are of strange characters, which take up to nine times the room of a letter.</summary>
    private static readonly int[] Shares = [1, 3, 9];

    /// <summary>A quote is set in.</summary>
    private const int QuoteLine = Fitting.PhoneLine - 3;

    public static MessageBody Of(CaseCard card) => new()
    {
        Content = Headline(card),
        Embeds =
        [
            new Embed
            {
                Description = card.IsFree ? string.Join('\n', Short(card)) : Shares.Select(share => string.Join('\n', Long(card, share))).First(text => text.Length <= Rendering.MostDescription),
                Url = Mark.Of(card).ToString(),
                Color = card.Happiness == Happiness.Happy ? Rendering.Green : card.HasEnded ? Rendering.Grey : ColourOf(card.Priority),
            },
        ],
        Components = Buttons.Rows(card.Buttons),
    };

    private static string Headline(CaseCard card)
    {
        var state = card switch
        {
            { HasEnded: true, Happiness: Happiness.Happy } => "💚 **Happy by them**",
            { State: CaseState.Resolved } => "⚪ Resolved",
            { State: CaseState.FollowedUp } => "⚪ Followed up",
            { State: CaseState.Closed } => "⚪ Closed",
            _ => $"{EmojiOf(card.Priority)} **{card.Priority}**",
        };
        return $"{state}{(card.Private ? " 🔒" : "")} · {Rendering.Ago(card.Posted)} · #{card.CaseId}";
    }

    /// <summary>Five lines: one each for who, why and what else matters; quote and next step share what is left.</summary>
    private static IEnumerable<string> Short(CaseCard card)
    {
        var more = Beside(card);
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
        if (card.HeardBy is { } heard && quoteLines + Fitting.LinesOf(Cleaning.OneLine(card.NextStep), Fitting.PhoneLine - 3) < lines)
        {
            yield return HeardBy(heard, Fitting.PhoneLine);
        }
    }

    /// <summary>Of the least account: where no line is left for it, "More" says it.</summary>
    private static string HeardBy(string heard, int columns) => $"*heard by {NotEmpty(Escaping.Line(heard, columns - 9), "a watch")}*";

    /// <summary>What else matters, in one line of a phone: each gets a share of it, and "More" says it in full.</summary>
    private static string? Beside(CaseCard card)
    {
        string?[] all = [card.SnoozedUntil is null ? null : "put off", card.LateBecause is { } late ? $"late: {late}" : null, card.Voices > 1 ? $"{card.Voices} posts" : null, card.History];
        var said = all.OfType<string>().ToList();
        if (said.Count == 1 && card.Voices > 1)
        {
            return MoreVoices(card);
        }
        return string.Join(" · ", said.Select(text => Escaping.Line(text, ShareOf(said)))) is { Length: > 0 } line ? line : null;
    }

    /// <summary>As many columns for each as a line allows, when what is short leaves its rest to what is long.</summary>
    private static int ShareOf(List<string> said)
    {
        var widths = said.Select(text => Fitting.Columns(Cleaning.OneLine(text))).Order().ToList();
        var left = Fitting.PhoneLine - (3 * (said.Count - 1));
        while (widths.Count > 1 && widths[0] <= left / widths.Count)
        {
            left -= widths[0];
            widths.RemoveAt(0);
        }
        return left / Math.Max(1, widths.Count);
    }

    private static string MoreVoices(CaseCard card) => $"and {card.Voices - 1} more like it";

    /// <summary>What it is about, how it came to us, how it stands, and what next.</summary>
    private static IEnumerable<string> Long(CaseCard card, int share) => ((IEnumerable<string?>)
    [
        WhoAndWhere(card),
        Quote(card, LongQuote / share, 1),
        WebLink.InsteadOfButton(card.Url) is { } address ? "↗ " + Escaping.Line(address, 200 / share) : null,
        card.Voices > 1 ? MoreVoices(card) : null,
        Labelled("Late because", card.LateBecause, 160 / share),
        Labelled("Known:", card.History, 120 / share),
        Labelled(card.HasEnded ? "Wanted" : "Wants", card.Wants, 200 / share),
        card.HeardBy is { } heard ? HeardBy(heard, 80 / share) : null,
        Answered(card),
        .. card.HasEnded ? [HowItEnded(card)] : Held(card, share),
        card.TheirWords is { } words ? "💬 " + Escaping.Line(words, 100 / share) : null,
        card.State == CaseState.Closed ? null : "→ " + Escaping.Line(card.NextStep, 120 / share),
    ]).OfType<string>();

    private static IEnumerable<string?> Held(CaseCard card, int share) =>
    [
        $"🙋 **{Escaping.Line(card.Owner ?? "someone", 40)}** has it{Stand(card)}",
        card.PromiseDue is { } due ? $"🤝 Promised {Rendering.At(due)} ({Rendering.Ago(due)}){(card.Promise is { Length: > 0 } what ? ": " + Escaping.Line(what, 120 / share) : "")}" : null,
        card.SnoozedUntil is { } until ? $"💤 Put off until {Rendering.At(until)}" : null,
    ];

    private static string? Labelled(string label, string? text, int columns) => text is { Length: > 0 } ? $"**{label}** {NotEmpty(Escaping.Line(text, columns))}" : null;

    private static string Stand(CaseCard card) => (card.State == CaseState.Waiting ? " · waits for the customer" : "") + card.HandOvers switch
    {
        0 => "",
        1 => " · handed over once",
        var times => $" · handed over {times} times",
    };

    /// <summary>The place is ours and short; the name, which anyone may choose, gets what is left of the line.</summary>
    private static string WhoAndWhere(CaseCard card)
    {
        var where = Escaping.Line(card.Where, 16);
        return $"**{NotEmpty(Escaping.Line(card.Who, Fitting.PhoneLine - 5 - Math.Min(16, Fitting.Columns(card.Where))), "someone")}** · {where}";
    }

    private static string Quote(CaseCard card, int columns, int lines) =>
        card.Erased ? "> *Erased at the customer's wish.*" : card.Deleted ? "> *The post was deleted by its author.*" : "> " + NotEmpty(Escaping.Line(card.Quote, columns, lines));

    private static string NotEmpty(string text, string otherwise = "*(no words)*") => text.Length == 0 ? otherwise : text;

    private static string? Answered(CaseCard card) => card.AnsweredBy is { } account
        ? $"↩ answered by {Escaping.Line(account, 40)}{(card.AnsweredAt is { } at ? " " + Rendering.Ago(at) : "")}"
        : null;

    /// <summary>What we say of it; what the customer says is another line.</summary>
    private static string HowItEnded(CaseCard card)
    {
        if (card.MergedInto is { } other)
        {
            return $"↪ **Goes on as case {other}**";
        }
        var good = card.Outcome?.Solves() == true;
        var by = (card.ClosedBy ?? card.Owner) is { } name ? $" · {(good ? "says " : "")}{Escaping.Line(name, 40)}" : "";
        return $"{(good ? "✅" : "▫️")} **{InWords(card.Outcome)}**{by}";
    }

    private static string InWords(Outcome? outcome)
    {
        var words = outcome?.InWords() ?? "closed";
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    public static int ColourOf(Priority priority) => priority switch
    {
        Priority.Critical => 0xED4245,
        Priority.High => 0xF0883E,
        Priority.Normal => 0xE3B341,
        _ => 0x5B8DEF,
    };

    public static string EmojiOf(Priority priority) => priority switch
    {
        Priority.Critical => "🔴",
        Priority.High => "🟠",
        Priority.Normal => "🟡",
        _ => "🔵",
    };
}
