using System.Text.Json;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Which fields Discord did not like, by name and error code. Its sentences are left out: they may repeat what we sent.</summary>
internal static class FormErrors
{
    private const int Most = 5;

    /// <summary>"embeds.0.description BASE_TYPE_MAX_LENGTH, ...", or empty.</summary>
    public static string Of(JsonElement answer) =>
        answer.Field("errors") is { } errors ? string.Join(", ", In(errors, "", depth: 0).Take(Most)) : "";

    private static IEnumerable<string> In(JsonElement errors, string path, int depth)
    {
        if (errors.ValueKind != JsonValueKind.Object || depth > 10)
        {
            yield break;
        }
        foreach (var error in errors.Items("_errors"))
        {
            yield return $"{path} {Word(error.Text("code") ?? "wrong")}".Trim();
        }
        foreach (var field in errors.EnumerateObject().Where(field => field.Name != "_errors"))
        {
            foreach (var found in In(field.Value, path.Length == 0 ? Word(field.Name) : $"{path}.{Word(field.Name)}", depth + 1))
            {
                yield return found;
            }
        }
    }

    private static string Word(string text) => new([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_').Take(60)]);
}
