using System.Text;
using System.Text.Json;

namespace ListeningBot.Configuration;

/// <summary>Reads JSON (comments and trailing commas allowed) with the line and column of everything in it.</summary>
internal static class JsonTree
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Null when it is no JSON object; the problem is added.</summary>
    public static MapNode? Read(string text, string file, Problems problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add(new Place(file, 1), "is empty", "Write {} for no settings, or delete the file.");
            return null;
        }
        try
        {
            var reading = new Reading(Encoding.UTF8.GetBytes(text), file, problems);
            return reading.Whole();
        }
        catch (JsonException e)
        {
            // the exception's own words may repeat what stands there, and that may be a password without its quotes
            problems.Add(new Place(file, (int)(e.LineNumber ?? 0) + 1, ColumnOf(text, (int)(e.LineNumber ?? 0), (int)(e.BytePositionInLine ?? 0))), "is not valid JSON here", CureOf(e.Message));
            return null;
        }
    }

    /// <summary>Counted in characters, from 1.</summary>
    private static int ColumnOf(string text, int line, int bytes)
    {
        var utf8 = Encoding.UTF8.GetBytes(text.Split('\n')[line]);
        return Encoding.UTF8.GetCharCount(utf8, 0, Math.Min(bytes, utf8.Length)) + 1;
    }

    private static string CureOf(string message) =>
        message.Contains("invalid after a value", StringComparison.Ordinal) ? "Put a comma at the end of the line before."
        : message.Contains("reached end of data", StringComparison.Ordinal) || message.Contains("depth to be zero", StringComparison.Ordinal) ? "A closing }, ] or quote is missing."
        : "Look for a missing comma, quote or bracket on this line or the one before.";

    private ref struct Reading(ReadOnlySpan<byte> json, string file, Problems problems)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private Utf8JsonReader _reader = new(json, Lenient);
        private int _counted;
        private int _line = 1;
        private int _column = 1;

        public MapNode? Whole()
        {
            _reader.Read();
            var root = Value();
            while (_reader.Read())
            {
                // only comments may follow; anything else throws
            }
            if (root is not MapNode)
            {
                problems.Add(root.Place, "is not a JSON object", "The file begins with { and ends with }.");
            }
            return root as MapNode;
        }

        private Node Value() => _reader.TokenType switch
        {
            JsonTokenType.StartObject => Map(),
            JsonTokenType.StartArray => List(),
            JsonTokenType.String => new ScalarNode(Here(), ScalarKind.Text, StringHere()),
            JsonTokenType.Number => new ScalarNode(Here(), ScalarKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan)),
            JsonTokenType.True => new ScalarNode(Here(), ScalarKind.Boolean, "true"),
            JsonTokenType.False => new ScalarNode(Here(), ScalarKind.Boolean, "false"),
            _ => new ScalarNode(Here(), ScalarKind.Null, ""),
        };

        private MapNode Map()
        {
            var map = new MapNode(Here(), StringComparer.OrdinalIgnoreCase);
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var place = Here();
                var key = StringHere();
                _reader.Read();
                var value = Value();
                if (map.EntryOf(key) is { } first)
                {
                    problems.Add(place, $"has {Problems.Quote(key)} twice, first on line {first.Place.Line}", "Keep one of them.");
                    continue;
                }
                map.Set(new Entry(key, place, value));
            }
            return map;
        }

        private ListNode List()
        {
            var list = new ListNode(Here());
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                list.Items.Add(Value());
            }
            return list;
        }

        private string StringHere()
        {
            try
            {
                return _reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                problems.Add(Here(), "has half a character (\\ud800 to \\udfff alone)", "Write the character itself, or both halves.");
                return "";
            }
        }

        private Place Here()
        {
            var at = (int)_reader.TokenStartIndex;
            var passed = _json[_counted..at];
            if (passed.LastIndexOf((byte)'\n') is >= 0 and var lineEnd)
            {
                _line += passed.Count((byte)'\n');
                _column = 1;
                passed = passed[(lineEnd + 1)..];
            }
            _column += Encoding.UTF8.GetCharCount(passed);
            _counted = at;
            return new Place(file, _line, _column);
        }
    }
}
