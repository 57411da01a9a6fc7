using System.Text;
using System.Text.Json;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>One line to be scored or evaluated, as far as it could be read. <see cref="Error"/> says what is wrong and what would be right, never what the customer wrote.</summary>
internal sealed record ScoreVerbInput
{
    private const string Shape = "expected an object like {\"id\":\"1\",\"text\":\"...\"}";
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 32 };

    /// <summary>A string or a number as it was given, or null.</summary>
    public JsonElement? Id { get; private init; }
    public string Text { get; private init; } = "";
    public string? Label { get; private init; }
    public Evidence Evidence { get; private init; } = Evidence.None;
    public string? Error { get; private init; }

    public static ScoreVerbInput Wrong(string error) => new() { Error = error };

    public static ScoreVerbInput Parse(ReadOnlyMemory<byte> line)
    {
        if (line.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Wrong("the line is blank; " + Shape);
        }
        try
        {
            return Parse(line, mended: false);
        }
        catch (JsonException broken)
        {
            return Wrong($"not valid JSON at byte {broken.BytePositionInLine ?? 0}; " + Shape);
        }
    }

    private static ScoreVerbInput Parse(ReadOnlyMemory<byte> line, bool mended)
    {
        using var document = JsonDocument.Parse(line, s_options);
        try
        {
            return Read(document.RootElement);
        }
        catch (InvalidOperationException) when (!mended)
        {
            // half of a surrogate pair, or bytes that are no UTF-8: what can't be read becomes U+FFFD, the rest is scored
            return Parse(Encoding.UTF8.GetBytes(Mend(Encoding.UTF8.GetString(line.Span))), mended: true);
        }
        catch (InvalidOperationException)
        {
            return Wrong("a string in it holds characters that can't be read; write it as UTF-8");
        }
    }

    private static ScoreVerbInput Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Wrong("not an object; " + Shape);
        }
        var known = new ScoreVerbInput();
        if (Given(root, "id") is { } id)
        {
            if (id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                return Wrong("\"id\" must be a string or a number");
            }
            if (id.ValueKind == JsonValueKind.String)
            {
                _ = id.GetString();
            }
            known = known with { Id = id.Clone() };
        }
        return Given(root, "text") switch
        {
            null => known with { Error = "\"text\" is missing; " + Shape },
            { ValueKind: not JsonValueKind.String } => known with { Error = "\"text\" must be a string" },
            { } text => ReadRest(root, known with { Text = text.GetString()! }),
        };
    }

    private static ScoreVerbInput ReadRest(JsonElement root, ScoreVerbInput known)
    {
        var lang = Given(root, "lang");
        var channel = Given(root, "channel");
        var label = Given(root, "label");
        var stars = Given(root, "stars");
        var author = Given(root, "author");
        if (lang is { ValueKind: not JsonValueKind.String } || channel is { ValueKind: not JsonValueKind.String })
        {
            return known with { Error = "\"lang\" and \"channel\" must be strings" };
        }
        if (author is { ValueKind: not JsonValueKind.Object })
        {
            return known with { Error = "\"author\" must be an object like {\"followers\":120}" };
        }
        var followers = author is { } who ? Given(who, "followers") : null;
        if (stars is { ValueKind: not JsonValueKind.Number } || followers is { ValueKind: not JsonValueKind.Number })
        {
            return known with { Error = "\"stars\" and \"followers\" must be numbers" };
        }
        return known with
        {
            Label = label is { ValueKind: JsonValueKind.String or JsonValueKind.Number } ? label.ToString() : null,
            Evidence = new Evidence
            {
                Lang = lang?.GetString(),
                Stars = stars is { } s && s.TryGetDouble(out var rating) ? rating : null,
                Followers = followers is { } f && f.TryGetDouble(out var many) ? (long)Math.Clamp(many, 0, 1e15) : null,
                Mail = string.Equals(channel?.GetString(), "mail", StringComparison.OrdinalIgnoreCase),
            },
        };
    }

    private static JsonElement? Given(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Puts U+FFFD for every escaped half of a surrogate pair that lacks its other half.</summary>
    private static string Mend(string json)
    {
        var mended = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var (length, replaced) = json[at] != '\\' ? (1, false)
                : !IsHalf(json, at, "89ab") ? (2, IsHalf(json, at, "cdef"))
                : IsHalf(json, at + 6, "cdef") ? (12, false) : (2, true);
            length = replaced ? 6 : Math.Min(length, json.Length - at);
            mended.Append(replaced ? "\\uFFFD" : json.AsSpan(at, length));
            at += length;
        }
        return mended.ToString();
    }

    private static bool IsHalf(string json, int at, string third) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && json[at + 2] is 'd' or 'D' && third.Contains(char.ToLowerInvariant(json[at + 3]));
}
