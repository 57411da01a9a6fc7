using System.Text.Json;

namespace ListeningBot.Notifiers.Discord;

/// <summary>A slash command as it was typed.</summary>
internal sealed record TypedCommand(string Name, string? Part, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Discord lets people write no more in one option.</summary>
    private const int LongestOption = 6000;
    private const int MostOptions = 25;

    /// <summary>Null for what is no slash command of the kind that we offer.</summary>
    public static TypedCommand? Read(JsonElement data)
    {
        if (data.Text("name") is not { Length: > 0 and <= 32 } name || data.Number("type") is not (null or SlashCommand.ChatInput))
        {
            return null;
        }
        var options = data.Items("options").ToList();
        return options is [var part] && part.Number("type") == SlashCommand.Part
            ? new TypedCommand(name, part.Text("name"), Values(part.Items("options")))
            : new TypedCommand(name, null, Values(options));
    }

    private static Dictionary<string, string> Values(IEnumerable<JsonElement> options)
    {
        var values = new Dictionary<string, string>();
        foreach (var option in options.Take(MostOptions))
        {
            if (option.Text("name") is { Length: <= 32 } name && Value(option) is { } value)
            {
                values[name] = Fitting.Shorter(value, LongestOption);
            }
        }
        return values;
    }

    private static string? Value(JsonElement option) => option.Field("value") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : option.Text("value");
}
