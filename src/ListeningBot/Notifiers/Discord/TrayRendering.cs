using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>A page of the maybe list: at most five entries, because each needs a row of buttons and a message holds five.</summary>
internal static class TrayRendering
{
    private const int LongestLink = 250;
    private const int Fewest = 15;
    private const int LongestNote = 300;

    /// <summary>Shorter texts, in the end without links, for entries of strange characters, which take up to nine times the room of a letter.</summary>
    private static readonly int[] QuoteColumns = [160, 60, Fewest];

    public static MessageBody Of(TrayCard tray) => new()
    {
        Embeds =
        [
            new Embed
            {
                Description = QuoteColumns.Select(columns => Description(tray, columns)).First(text => text.Length <= Rendering.MostDescription),
                Url = Mark.Of(tray).ToString(),
                Color = tray.Entries.All(entry => entry.Verdict is not null) ? Rendering.Grey : 0x5B8DEF,
            },
        ],
        Components = [.. tray.Entries.Select((entry, index) => (entry, number: index + 1)).Where(row => row.entry.Verdict is null).Select(row => Row(row.entry, row.number))],
    };

    private static string Description(TrayCard tray, int columns) =>
        string.Join("\n\n", tray.Entries.Select((entry, index) => Entry(entry, index, columns)).Prepend(Title(tray, columns)));

    private static string Title(TrayCard tray, int columns)
    {
        var page = tray.Pages > 1 ? $" · {tray.Page}/{tray.Pages}" : "";
        return $"**Maybe list · {Escaping.Line(tray.Team, 30)}**{page}\n-# {tray.Day:yyyy-MM-dd} · {(tray.Entries.Count > 0 ? "below the alert line: is one of these a complaint?" : "nothing new")}{(tray.Note is { } note ? $"\n-# {Escaping.Line(note, Math.Min(LongestNote, columns * 2))}" : "")}";
    }

    private static string Entry(TrayEntry entry, int index, int columns)
    {
        var head = $"**{index + 1}.** {Escaping.Line(entry.Who, Math.Min(20, columns))} · {Escaping.Line(entry.Where, Math.Min(16, columns))}";
        return entry.Verdict is { } verdict
            ? $"{head}\n☑ {Escaping.Line(verdict, Math.Min(60, columns * 2))}"
            : $"{head}\n> {Escaping.Line(entry.Quote, columns)}\n{(columns > Fewest ? Open(entry.Url) : "")}{Rendering.Ago(entry.Posted)}{(entry.HeldBackBy is { } silence ? $"\n-# {Escaping.Line(silence, Math.Min(80, columns))}" : "")}";
    }

    private static string Open(string? url) => WebLink.Of(url, LongestLink) is { } link ? $"{link} · " : "";

    private static Component Row(TrayEntry entry, int number) => Buttons.Row(
    [
        Buttons.Press($"{number} · Is a complaint", new PressTarget(PressAction.TrayComplaint, entry.Mention), main: false),
        Buttons.Press($"{number} · Dismiss", new PressTarget(PressAction.TrayDismiss, entry.Mention), main: false),
    ]);
}
