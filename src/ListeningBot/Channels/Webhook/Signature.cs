using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ListeningBot.Channels.Webhook;

/// <summary>
/// What proves a sender: X-Timestamp (seconds since 1970) and X-Signature ("sha256=" and the HMAC-SHA256 over TIMESTAMP.BODY in hex digits).
/// </summary>
/// <param name="Hash">32 bytes, as the sender gave them.</param>
internal sealed record Signature(string Timestamp, DateTimeOffset Time, byte[] Hash)
{
    private const string Prefix = "sha256=";
    private const long Latest = 253402300799;

    /// <summary>Tells deliveries apart.</summary>
    public string Key => Convert.ToHexString(Hash);

    /// <summary>Null when they are no signature.</summary>
    public static Signature? Read(string? timestamp, string? signature)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > Latest
            || signature?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }
        var hash = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(signature.AsSpan(Prefix.Length), hash, out var read, out var written) == System.Buffers.OperationStatus.Done
            && read == signature.Length - Prefix.Length && written == hash.Length
            ? new Signature(timestamp!, DateTimeOffset.FromUnixTimeSeconds(seconds), hash)
            : null;
    }

    public bool IsWithin(TimeSpan window, DateTimeOffset now) => (now - Time).Duration() <= window;

    /// <summary>As long for a wrong signature as for a right one.</summary>
    public bool IsBy(WebhookOptions options, ReadOnlySpan<byte> body) =>
        IsBy(options.Secret, body) | (IsBy(options.OldSecret.Length > 0 ? options.OldSecret : options.Secret, body) & options.OldSecret.Length > 0);

    /// <summary>Both headers, as a sender makes them.</summary>
    public static (string Timestamp, string Signature) Of(string secret, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (timestamp, Prefix + Convert.ToHexStringLower(HashOf(secret, timestamp, body)));
    }

    private bool IsBy(string secret, ReadOnlySpan<byte> body) => CryptographicOperations.FixedTimeEquals(HashOf(secret, Timestamp, body), Hash);

    private static byte[] HashOf(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
