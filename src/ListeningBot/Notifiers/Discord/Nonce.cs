using System.Security.Cryptography;
using System.Text;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// The word by which Discord knows a repeated creation and, for some minutes, returns the first message instead of making a second.
/// The same for each try, also after a crash; at most 25 characters.
/// </summary>
internal static class Nonce
{
    /// <param name="replaces">The message that is gone and makes way for a new one, else null: without it, Discord would hand back the deleted one.</param>
    public static string Of(CardKey key, string? replaces) => Hash($"card\n{key.Subject}\n{key.Room}\n{replaces}");

    public static string Of(Ping ping) => Hash($"ping\n{ping.Key.Room}\n{ping.Nonce}");

    private static string Hash(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 12));
}
