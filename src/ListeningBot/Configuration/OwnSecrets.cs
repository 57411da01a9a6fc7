using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace ListeningBot.Configuration;

/// <summary>
/// Secrets that somebody wrote into appsettings.json stay on that machine: what is kept in the store, or compared between machines, is the file without them, and each machine
/// puts those of its own file back in. An address keeps its place without "user:password@".
/// </summary>
internal static class OwnSecrets
{
    /// <summary>The names of all options that are marked as secret; a test holds them together. No other option may have one of these names.</summary>
    internal static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        ["CanaryToken", "ClientSecret", "Connection", "Key", "OldSecret", "Password", "RefreshToken", "Secret", "Token"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Stands in the kept file where a secret was.</summary>
    internal const string Stand = "(stays on each machine)";
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The file without its secrets; the very same array when it has none, null when it is no JSON.</summary>
    public static byte[]? TakenOut(byte[] json) => Rewritten(json, found => found.Hidden());

    /// <summary>A kept file with the secrets of this machine's own; empty where that has none.</summary>
    public static byte[] PutIn(byte[] kept, byte[]? own)
    {
        var ours = (own is null ? null : Found(own))?.ToDictionary(found => found.Path, found => found.Value, StringComparer.OrdinalIgnoreCase) ?? [];
        return Rewritten(kept, found => found.Shown(ours.GetValueOrDefault(found.Path))) ?? kept;
    }

    private static byte[]? Rewritten(byte[] json, Func<Secret, string?> become)
    {
        if (Found(json) is not { } secrets)
        {
            return null;
        }
        using var whole = new MemoryStream(json.Length);
        var (at, changed) = (0, false);
        foreach (var secret in secrets)
        {
            if (become(secret) is not { } value)
            {
                continue;
            }
            whole.Write(json.AsSpan(at, secret.Begin - at));
            whole.Write(JsonSerializer.SerializeToUtf8Bytes(value));
            (at, changed) = (secret.End, true);
        }
        whole.Write(json.AsSpan(at));
        return changed ? whole.ToArray() : json;
    }

    /// <summary>In the order of the file. Null when it is no JSON.</summary>
    private static List<Secret>? Found(byte[] json)
    {
        var begin = json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            var walk = new Walk(json.AsSpan(begin), begin);
            return walk.Whole();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <param name="Path">"channels:inbox:password".</param>
    /// <param name="Value">As text; a list or a number, which no good file has here, as it is written.</param>
    /// <param name="IsAddress">Only its user and password are secret.</param>
    private sealed record Secret(string Path, string Value, bool IsAddress, int Begin, int End)
    {
        /// <summary>What stands for it in the store; null when it may stay.</summary>
        public string? Hidden() => Value.Length == 0 || Value == Stand ? null : IsAddress ? Person(Value, Stand) : Stand;

        /// <summary>With what this machine has in its place; null when nothing is missing here.</summary>
        public string? Shown(string? own) =>
            IsAddress ? (Value.Contains($"//{Stand}@", StringComparison.Ordinal) ? Person(Value, (own is null ? null : PersonIn(own)) ?? "") : null)
            : Value == Stand ? own ?? "" : null;

        /// <summary>What stands before the host, or null.</summary>
        public static string? PersonIn(string address)
        {
            var begin = address.IndexOf("://", StringComparison.Ordinal) + 3;
            var end = begin < 3 ? -1 : address.AsSpan(begin).IndexOfAny('/', '?', '#');
            var at = begin < 3 ? -1 : address.AsSpan(begin, end < 0 ? address.Length - begin : end).LastIndexOf('@');
            return at < 0 ? null : address.Substring(begin, at);
        }

        private static string Person(string address, string person)
        {
            var begin = address.IndexOf("://", StringComparison.Ordinal) + 3;
            var rest = address[(begin + PersonIn(address)!.Length + 1)..];
            return person.Length == 0 ? address[..begin] + rest : $"{address[..begin]}{person}@{rest}";
        }
    }

    private ref struct Walk(ReadOnlySpan<byte> json, int offset)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private readonly List<Secret> _found = [];
        private Utf8JsonReader _reader = new(json, Lenient);

        public List<Secret> Whole()
        {
            _reader.Read();
            Value("", isSecret: false);
            while (_reader.Read())
            {
                // Only comments may follow; anything else throws.
            }
            return _found;
        }

        private void Value(string path, bool isSecret)
        {
            var begin = (int)_reader.TokenStartIndex;
            if (isSecret && _reader.TokenType != JsonTokenType.Null)
            {
                var text = _reader.TokenType == JsonTokenType.String ? _reader.GetString()! : null;
                _reader.Skip();
                var end = (int)_reader.BytesConsumed;
                _found.Add(new Secret(path, text ?? Encoding.UTF8.GetString(_json[begin..end]), false, offset + begin, offset + end));
            }
            else if (_reader.TokenType == JsonTokenType.String && _reader.GetString() is { } text && Secret.PersonIn(text) is not null)
            {
                _found.Add(new Secret(path, text, true, offset + begin, offset + (int)_reader.BytesConsumed));
            }
            else if (_reader.TokenType == JsonTokenType.StartObject)
            {
                while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
                {
                    var key = _reader.GetString()!;
                    _reader.Read();
                    Value($"{path}:{key}", Names.Contains(key));
                }
            }
            else if (_reader.TokenType == JsonTokenType.StartArray)
            {
                for (var i = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    Value($"{path}:{i}", isSecret: false);
                }
            }
        }
    }
}
