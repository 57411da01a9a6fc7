using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Which card a message shows, and in which version: carried by the message itself, in the address of its embed. Discord keeps it, also
/// without a title and with all that stands behind its "#", because its own apps group embeds by it (issues 1643 and 4129 of
/// discord/discord-api-docs), and shows it nowhere. So a card is found again after a crash, without any memory of ours.
/// </summary>
internal sealed record Mark(CardKey Key, int Version)
{
    private const string Base = "https://example.com/listeningbot#";

    public static Mark Of(Card card) => new(card.Key, card.Version);

    /// <summary>Of letters and digits only: nobody on the way has a reason to write it in another form.</summary>
    public override string ToString() => $"{Base}{Packed(Key.Subject)}.{Packed(Key.Room)}.{Version}";

    /// <summary>Null when the message carries none.</summary>
    public static Mark? In(JsonElement message)
    {
        foreach (var embed in message.Items("embeds"))
        {
            if (embed.Text("url") is { } url && Parse(url) is { } mark)
            {
                return mark;
            }
        }
        return null;
    }

    private static Mark? Parse(string url)
    {
        var parts = url.StartsWith(Base, StringComparison.Ordinal) ? url[Base.Length..].Split('.') : [];
        return parts.Length == 3 && Base64Url.IsValid(parts[0]) && Base64Url.IsValid(parts[1]) && int.TryParse(parts[2], out var version)
            ? new Mark(new CardKey(Unpacked(parts[0]), Unpacked(parts[1])), version)
            : null;
    }

    private static string Packed(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Unpacked(string text) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
}
