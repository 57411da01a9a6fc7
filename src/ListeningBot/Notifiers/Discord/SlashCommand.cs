using System.Text.Json;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>A command or one of its parts or options as Discord keeps it: documented under "Application Command Object" (API v10).</summary>
internal sealed record SlashCommand(int Type, string Name, string Description)
{
    public const int ChatInput = 1;
    public const int Part = 1;
    public const int Text = 3;
    public const int WholeNumber = 4;
    private const int LongestDescription = 100;

    /// <summary>Null for none, and for what can have none.</summary>
    public IReadOnlyList<SlashCommand>? Options { get; init; }
    public IReadOnlyList<SlashChoice>? Choices { get; init; }

    /// <summary>Null: it may be left out.</summary>
    public bool? Required { get; init; }

    public static SlashCommand Of(CommandSpec spec) => new(ChatInput, spec.Name, Short(spec.Description))
    {
        Options = OrNull([.. spec.Parts.Select(part => Of(part) with { Type = Part }), .. spec.Options.OrderByDescending(option => option.Required).Select(Of)]),
    };

    /// <summary>What Discord tells of a command, in the same form; all that we never set is left out.</summary>
    public static SlashCommand Read(JsonElement command) => new((int)(command.Number("type") ?? ChatInput), command.Text("name") ?? "", command.Text("description") ?? "")
    {
        Options = OrNull([.. command.Items("options").Select(Read)]),
        Choices = OrNull([.. command.Items("choices").Select(choice => new SlashChoice(choice.Text("name") ?? "", choice.Text("value") ?? ""))]),
        Required = command.IsTrue("required") ? true : null,
    };

    /// <summary>The same words for the same commands, in whatever order Discord lists them.</summary>
    public static string Print(IEnumerable<SlashCommand> commands) =>
        JsonSerializer.Serialize<IReadOnlyList<SlashCommand>>([.. commands.OrderBy(command => command.Name, StringComparer.Ordinal)], PayloadJson.Default.IReadOnlyListSlashCommand);

    private static SlashCommand Of(OptionSpec spec) => new(spec.Number ? WholeNumber : Text, spec.Name, Short(spec.Description))
    {
        Required = spec.Required ? true : null,
        Choices = spec.Number ? null : OrNull([.. spec.Choices.Take(25).Select(choice => new SlashChoice(Short(choice), Short(choice)))]),
    };

    private static string Short(string text) => Fitting.Shorter(text, LongestDescription);

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : items;
}

internal sealed record SlashChoice(string Name, string Value);
