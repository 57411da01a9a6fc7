using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Buttons and menus within Discord's limits: five in a row, five rows, labels of 80 characters.</summary>
internal static class Buttons
{
    private const int InARow = 5;
    private const int MostRows = 5;
    private const int LongestLabel = 80;
    private const int MostChoices = 25;

    /// <summary>Each target once: Discord refuses a message in which two do the same.</summary>
    public static IReadOnlyList<Component> Rows(IReadOnlyList<CardButton> buttons) =>
        [.. buttons.Select(Of).OfType<Component>().DistinctBy(part => (part.CustomId, part.Url)).Chunk(InARow).Take(MostRows).Select(Row)];

    /// <summary>Choices for the presser alone: up to five as buttons, more as a menu; a menu can hold no links.</summary>
    public static IReadOnlyList<Component> Choices(IReadOnlyList<CardButton> choices) =>
        choices.Count > InARow && choices.All(choice => choice.Target is not null) ? [Row([Menu(choices, "Choose")])] : Rows(choices);

    public static Component Row(IReadOnlyList<Component> components) => new() { Type = Component.Row, Components = components };

    public static Component Press(string label, PressTarget target, bool main) => new()
    {
        Type = Component.Button,
        Style = main ? 1 : 2,
        Label = Label(label, LongestLabel),
        CustomId = target.ToString(),
    };

    private static Component? Of(CardButton button) =>
        button.Url is { } url ? Link(button.Label, url)
        : button.Target is { } target ? Press(button.Label, target, button.Main)
        : null;

    /// <summary>Null for an address that Discord would refuse: a card without that button is better than none.</summary>
    private static Component? Link(string label, string url) => WebLink.ForButton(url) is { } address
        ? new Component { Type = Component.Button, Style = 5, Label = Label(label, LongestLabel), Url = address }
        : null;

    /// <summary>Of the first 25 choices, which must be presses.</summary>
    public static Component Menu(IReadOnlyList<CardButton> choices, string placeholder) => new()
    {
        Type = Component.Menu,
        CustomId = "choice",
        Placeholder = placeholder,
        Options = [.. choices.Where(choice => choice.Target is not null).DistinctBy(choice => choice.Target).Take(MostChoices).Select(choice => new MenuOption(Label(choice.Label, 100), choice.Target!.ToString()))],
    };

    /// <summary>Labels are shown as they are, without markdown. A character may be put together from many: columns are no characters.</summary>
    private static string Label(string label, int characters)
    {
        var clean = Cleaning.OneLine(label);
        for (var columns = characters / 2; clean.Length > characters; columns /= 2)
        {
            clean = Fitting.Fit(clean, columns);
        }
        return clean.Length == 0 ? "…" : clean;
    }
}
