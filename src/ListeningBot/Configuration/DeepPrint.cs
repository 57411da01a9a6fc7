using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace ListeningBot.Configuration;

/// <summary>Whether two settings say the same, with all that hangs on them: the lists in records are equal only when they are one and the same object.</summary>
internal static class DeepPrint
{
    public static bool Same(object a, object b) => ReferenceEquals(a, b) || string.Equals(Of(a), Of(b), StringComparison.Ordinal);

    private static string Of(object value)
    {
        var text = new StringBuilder();
        Add(text, value);
        return text.ToString();
    }

    private static void Add(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string written:
                text.Append(CultureInfo.InvariantCulture, $"{written.Length}:{written}");
                break;
            case IEnumerable items:
                AddAll(text, items.Cast<object?>());
                break;
            case var own when own.GetType() is { IsEnum: false, Namespace: { } space } type && space.StartsWith(nameof(ListeningBot), StringComparison.Ordinal):
                text.Append(type.Name);
                AddAll(text, type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0).Select(property => property.GetValue(own)));
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
        text.Append(';');
    }

    private static void AddAll(StringBuilder text, IEnumerable<object?> parts)
    {
        text.Append('(');
        foreach (var part in parts)
        {
            Add(text, part);
        }
        text.Append(')');
    }
}
