using System.Globalization;
using System.Text;

namespace ListeningBot.Telemetry;

/// <summary>How names, labels, help and numbers are written in Prometheus' text format, version 0.0.4.</summary>
internal static class MetricText
{
    /// <summary>"s" is "seconds"; what only names what is counted ("{collection}") is no unit.</summary>
    public static string? Unit(string? unit) => unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        _ => null,
    };

    /// <summary>"listeningbot.store_commit" in "s" is "listeningbot_store_commit_seconds"; counters end in "_total".</summary>
    public static string Name(string name, string? unit, bool counts)
    {
        var text = new StringBuilder(name.Length + 16);
        foreach (var letter in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }
        if (unit is not null && !name.EndsWith(unit, StringComparison.Ordinal))
        {
            text.Append('_').Append(unit);
        }
        return text.Append(counts ? "_total" : "").ToString();
    }

    /// <summary><c>channel="x",priority="high"</c>.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(Name(name, null, counts: false)).Append("=\"");
            Escape(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true).Append('"');
        }
        return text.ToString();
    }

    public static string Help(string help) => Escape(new StringBuilder(), help, quotes: false).ToString();

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static StringBuilder Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(letter),
            };
        }
        return text;
    }
}
