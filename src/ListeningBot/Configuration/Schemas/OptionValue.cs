using System.Globalization;
using System.Text.Json.Nodes;

namespace ListeningBot.Configuration.Schemas;

/// <summary>What may be written for an option of a type, and how its value is written in JSON.</summary>
internal static class OptionValue
{
    public static JsonObject Of(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type == typeof(string) ? Shape.Text()
            : type == typeof(bool) ? Shape.Of(("type", "boolean"))
            : type == typeof(TimeSpan) ? Shape.Text(pattern: @"^(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
            : type == typeof(TimeOnly) ? Shape.Text(pattern: @"^\d{1,2}:\d{2}(:\d{2})?$")
            : type == typeof(Uri) ? Shape.Of(("type", "string"), ("format", "uri"))
            : type.IsEnum ? Shape.OneOf(Enum.GetNames(type))
            : OptionType.ItemOf(type) is { } item ? Shape.Of(("type", "array"), ("items", Of(item)))
            : type.IsGenericType ? Shape.MapOf(Of(type.GetGenericArguments()[1]))
            : OptionType.IsSection(type) ? OptionsSchema.KeysOf(type).Schema()
            : Shape.Of(("type", type == typeof(double) || type == typeof(decimal) || type == typeof(float) ? "number" : "integer"));
    }

    /// <summary>Null for what is nothing, empty or without an end, and for lists and groups.</summary>
    public static JsonNode? Written(object? value) => value switch
    {
        bool flag => flag,
        int.MaxValue => null,
        int whole => whole,
        double number => double.IsFinite(number) ? number : null,
        // 0.010m says 0.010
        decimal money => (double)money,
        TimeSpan length => length.ToString("c", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        Enum one => one.ToString(),
        string { Length: > 0 } text => text,
        _ => null,
    };
}
