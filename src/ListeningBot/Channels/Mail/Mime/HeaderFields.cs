using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Header fields by name, unfolded. A field that stands more than once keeps all its values.</summary>
internal sealed class HeaderFields
{
    private const int MaxBlock = 64 * 1024;
    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.OrdinalIgnoreCase);

    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>The first value, or null when the field is not there.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name)?[0];

    /// <summary>All values in their order; none when the field is not there.</summary>
    public IReadOnlyList<string> All(string name) => _fields.GetValueOrDefault(name) ?? [];

    /// <param name="block">Header lines up to an empty line or the end; lines that are no fields are passed over.</param>
    public static HeaderFields Parse(ReadOnlySpan<byte> block)
    {
        var fields = new HeaderFields();
        List<string>? values = null;
        var value = new StringBuilder();
        foreach (var line in Charsets.Guess(block[..Math.Min(block.Length, MaxBlock)]).Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                value.Append(' ').Append(line.Trim());
                continue;
            }
            Finish(values, value);
            values = fields.Add(line);
        }
        Finish(values, value);
        return fields;
    }

    /// <summary>Put together once, since References may be folded over hundreds of lines.</summary>
    private static void Finish(List<string>? values, StringBuilder rest)
    {
        if (values is not null && rest.Length > 0)
        {
            values[^1] = $"{values[^1]}{rest}".Trim();
        }
        rest.Clear();
    }

    private List<string>? Add(string line)
    {
        var colon = line.IndexOf(':');
        if (colon < 1)
        {
            return null;
        }
        var name = line[..colon].Trim();
        var values = _fields.GetValueOrDefault(name) ?? (_fields[name] = []);
        values.Add(line[(colon + 1)..].Trim());
        return values;
    }
}
