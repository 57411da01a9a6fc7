using System.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>
/// A text with {placeholders}. What stands in [brackets] is left out when a placeholder inside has nothing to say: "Hello[ {name}], I am sorry."
/// Each value is put in once and never read again: a customer called "{owner}" is called just that.
/// </summary>
public static class Template
{
    private const int LongestValue = 200;

    /// <summary>Names of placeholders in any case; values are put on one line and cut. Never throws: what is no placeholder stays as it is written.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string?> values)
    {
        var filled = new StringBuilder(template.Length * 2);
        for (var at = 0; at < template.Length;)
        {
            if (template[at] == '[' && template.IndexOf(']', at) is > 0 and var end)
            {
                filled.Append(PartFilled(template.AsSpan(at + 1, end - at - 1), values, out var complete) is var part && complete ? part : "");
                at = end + 1;
                continue;
            }
            var next = template.IndexOf('[', at + 1) is > 0 and var opens ? opens : template.Length;
            filled.Append(PartFilled(template.AsSpan(at, next - at), values, out _));
            at = next;
        }
        return filled.ToString().Trim();
    }

    private static string PartFilled(ReadOnlySpan<char> part, IReadOnlyDictionary<string, string?> values, out bool complete)
    {
        complete = true;
        var filled = new StringBuilder();
        while (part.Length > 0)
        {
            var from = part.IndexOf('{');
            var length = from < 0 ? -1 : part[from..].IndexOf('}');
            if (length < 0)
            {
                filled.Append(part);
                break;
            }
            filled.Append(part[..from]);
            if (ValueOf(part.Slice(from + 1, length - 1), values) is not { } value)
            {
                filled.Append(part.Slice(from, length + 1));
            }
            else
            {
                filled.Append(value);
                complete &= value.Length > 0;
            }
            part = part[(from + length + 1)..];
        }
        return filled.ToString();
    }

    /// <summary>Null for a name that is no placeholder.</summary>
    private static string? ValueOf(ReadOnlySpan<char> name, IReadOnlyDictionary<string, string?> values)
    {
        foreach (var (known, value) in values)
        {
            if (name.Trim().Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return Plain.Line(value, LongestValue);
            }
        }
        return null;
    }
}
