using System.Text.Json;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Forms within Discord's limits, and what people wrote in them: documented under "Modal", "Label" and "Text Input" (API v10).</summary>
internal static class FormRendering
{
    private const int LongestTitle = 45;
    private const int LongestHint = 100;
    private const int LongestText = 4000;
    private const int MostFields = 5;

    public static FormCallback Of(Form form) => new(new FormBody(Words(form.Title, LongestTitle), form.Target.ToString(), [.. form.Fields.Take(MostFields).Select(Of)]));

    /// <summary>By field name, as written. The older form of the answer, with rows, is read as well.</summary>
    public static IReadOnlyDictionary<string, string> Written(JsonElement submitted)
    {
        var fields = new Dictionary<string, string>();
        foreach (var input in submitted.Items("components").SelectMany(Inside).Take(MostFields))
        {
            if (input.Text("custom_id") is { Length: > 0 and <= 100 } name && input.Text("value") is { } value)
            {
                fields[name] = Fitting.Shorter(value, LongestText);
            }
        }
        return fields;
    }

    private static IEnumerable<JsonElement> Inside(JsonElement part) => part.Field("component") is { } one ? [one] : part.Items("components");

    private static Component Of(FormField field)
    {
        var longest = Math.Clamp(field.Longest, 1, LongestText);
        return new Component
        {
            Type = Component.Named,
            Label = Words(field.Label, LongestTitle),
            Inside = new Component
            {
                Type = Component.TextInput,
                CustomId = field.Name,
                Style = field.Long ? 2 : 1,
                Required = field.Required,
                MaxLength = longest,
                Value = field.Value is { Length: > 0 } value ? Fitting.Shorter(value, longest) : null,
                Placeholder = field.Hint is { Length: > 0 } hint ? Words(hint, LongestHint) : null,
            },
        };
    }

    /// <summary>Shown as they are, without markdown; never empty.</summary>
    private static string Words(string text, int characters) => Cleaning.OneLine(text) is { Length: > 0 } clean ? Fitting.Shorter(clean, characters) : "…";
}
