using System.Collections;
using System.Globalization;
using ListeningBot.Core.Text;

namespace ListeningBot.Configuration;

/// <summary>What types an option may have: how each reads, and its name and example for people.</summary>
internal static class OptionType
{
    /// <summary>The type of one value: a list's items, a nullable's inside.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type != typeof(string) && type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments().Length == 1 ? type.GetGenericArguments()[0]
        : null;

    public static bool IsSection(Type type) =>
        type.IsGenericType || (type.IsClass && type != typeof(string) && type != typeof(Uri) && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true);

    public static bool Reads(Type type, ScalarNode scalar)
    {
        var text = scalar.Text;
        if (type == typeof(string))
        {
            return scalar.Kind != ScalarKind.Boolean;
        }
        if (type == typeof(bool))
        {
            return scalar.Kind != ScalarKind.Number && bool.TryParse(text, out _);
        }
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase);
        }
        if (type == typeof(TimeSpan))
        {
            // "5" would be five days
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _);
        }
        return Converts(type, text);
    }

    private static bool Converts(Type type, string text)
    {
        try
        {
            var value = System.ComponentModel.TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return value is not double number || double.IsFinite(number);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException or UriFormatException)
        {
            return false;
        }
    }

    public static string Noun(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a length of time"
        : type == typeof(TimeOnly) ? "a time of day"
        : type == typeof(Uri) ? "an address"
        : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type))
        : type == typeof(double) || type == typeof(decimal) || type == typeof(float) ? "a number"
        : "a whole number";

    public static string Cure(Type type, Node value) =>
        type.IsEnum && value is ScalarNode scalar && Nearest.To(scalar.Text, Enum.GetNames(type)) is { } name
            ? $"Did you mean \"{name}\"?"
            : $"Write for instance {Example(type)}.";

    public static string Example(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type == typeof(bool) ? "true"
            : type == typeof(TimeSpan) ? "\"00:05:00\" (hours, minutes, seconds)"
            : type == typeof(TimeOnly) ? "\"08:00\""
            : type == typeof(Uri) ? "\"https://...\""
            : type == typeof(string) ? "\"...\""
            : type.IsEnum ? $"\"{Enum.GetNames(type).FirstOrDefault()}\""
            : ItemOf(type) is { } item ? $"[{Example(item)}]"
            : IsSection(type) ? "{ ... }"
            : "10";
    }
}
