using System.Text.RegularExpressions;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Where Discord refuses words for the addresses in them, they are shown without: a complaint that names a harmful page is one all the same.</summary>
internal static partial class Withholding
{
    /// <summary>No longer than any address, so that what fitted still fits.</summary>
    private const string Instead = "(…)";
    private const string ByDiscord = "\n-# Addresses are withheld: Discord's filter refuses them";
    private const string ByServer = "\n-# Addresses are withheld: a rule of this server's AutoMod refuses them";

    /// <summary>Sends it, and once more without addresses where it is refused for what it says.</summary>
    public static async Task<RestReply> SendAsync(MessageBody body, Func<MessageBody, Task<RestReply>> send) =>
        await send(body) is var reply && reply is RestReply.Refused refused && Outcomes.IsForItsWords(refused) ? await send(Without(body, Outcomes.IsByAutoMod(refused) ? ByServer : ByDiscord)) : reply;

    /// <summary>What may stand in the room after that: the words as they are, or without addresses.</summary>
    public static IReadOnlyList<string> MayStand(MessageBody body) => [.. new[] { body, Without(body, ByDiscord), Without(body, ByServer) }.Select(one => one.Content ?? "")];

    private static MessageBody Without(MessageBody body, string told)
    {
        var embeds = body.Embeds?.Select(embed => embed with { Description = embed.Description is { } text ? Withheld(text) : null }).ToList();
        var content = body.Content is { } words ? Withheld(words) : null;
        return body with
        {
            Content = embeds is { Count: > 0 } ? content : content + told,
            Embeds = embeds is { Count: > 0 } ? [.. embeds.SkipLast(1), embeds[^1] with { Description = embeds[^1].Description + told }] : embeds,
            Components = body.Components is { } rows ? [.. rows.Select(row => row with { Components = [.. row.Components!.Where(part => part.Url is null).Select(Without)] }).Where(row => row.Components!.Count > 0)] : null,
        };
    }

    /// <summary>What is pressed stays; a menu's choices are called by customers' words.</summary>
    private static Component Without(Component part) => part with
    {
        Label = part.Label is { } label ? Withheld(label) : null,
        Options = part.Options is { } options ? [.. options.Select(option => option with { Label = Withheld(option.Label) })] : null,
    };

    private static string Withheld(string text) => Address().Replace(text, Instead);

    /// <summary>
    /// A link of ours; what has a scheme; a host with a dot, with what follows it, and with the name before it in a mail address or handle: the filter reads a host in those too.
    /// <see cref="Escaping"/> puts a backslash before some of the signs in them, a label has none.
    /// </summary>
    [GeneratedRegex(
        @"\[↗ [^\]]*\]\(<[^>]*>\)|[A-Za-z][A-Za-z0-9+.-]*\\?://[^\s<>]+|(?<![\w-])(\\?@)?(?>(\\?[\w+-])+)(\\?[.@](?>(\\?[\w+-])+))*\\?\.\p{L}{2,}(\\?[\w-])*(/[^\s<>]*)?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Address();
}
