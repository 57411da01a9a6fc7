using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>A mail address with the name shown beside it.</summary>
internal sealed record MailAddress(string? Name, string Address);

/// <summary>What is known of a letter without its text.</summary>
/// <param name="Received">When the server got it.</param>
/// <param name="Written">When the sender says it was written.</param>
/// <param name="MessageId">As it stands, brackets and all; null when missing.</param>
internal sealed record MailHead(uint Uid, DateTimeOffset? Received, DateTimeOffset? Written, string Subject, MailAddress? From, string? MessageId, string? InReplyTo, HeaderFields Fields, BodyPart Body)
{
    /// <summary>The header fields that the server is asked for, beside the envelope.</summary>
    public const string WantedFields = "Auto-Submitted List-Id Precedence References In-Reply-To Received Return-Path X-Auto-Response-Suppress X-Autoreply X-Autorespond X-Auto-Reply X-Mail-Autoreply X-Failed-Recipients X-Spam-Flag X-Spam-Status X-ListeningBot List-Unsubscribe Content-Type Content-Transfer-Encoding";

    private static readonly string[] s_collectors = ["with POP3", "with POP ", "with IMAP", "fetchmail", "getmail", "mpop"];

    /// <summary>
    /// When the last server on its way got it, as that wrote into the letter: a mailbox that is moved to another server keeps this, where <see cref="Received"/> may become the day of the move.
    /// What was collected from another mailbox came when that one got it.
    /// </summary>
    public DateTimeOffset? Delivered => Arrival is { } stamp && stamp.LastIndexOf(';') is var at and >= 0 ? MailDate.Parse(stamp[(at + 1)..]) : null;

    private string? Arrival
    {
        get
        {
            var hops = Fields.All("Received").ToList();
            return hops.ElementAtOrDefault(hops.FindLastIndex(hop => s_collectors.Any(name => hop.Contains(name, StringComparison.OrdinalIgnoreCase))) + 1);
        }
    }

    /// <summary>Where answers are wanted; the sender where the letter does not say.</summary>
    public MailAddress? ReplyTo { get; init; }

    /// <summary>The first whom it is written to.</summary>
    public MailAddress? To { get; init; }

    /// <summary>All whom it is sent to, also as a copy, and unseen by the others where the letter still says so (in sent mail).</summary>
    public IReadOnlyList<MailAddress> Recipients { get; init; } = [];

    /// <summary>The letter says that it answers another.</summary>
    public bool Answers => InReplyTo is { Length: > 0 } || Fields.Has("References");

    /// <summary>Reads the list of a FETCH response; null when it holds no whole head (an unasked change of flags).</summary>
    public static MailHead? Read(ImapValue fetched)
    {
        var data = FetchData.Read(fetched);
        if (data.Uid is not { } uid || data["ENVELOPE"] is not { IsList: true } envelope || data["BODYSTRUCTURE"] is not { IsList: true } structure)
        {
            return null;
        }
        var fields = HeaderFields.Parse(data.Section ?? []);
        return new MailHead(
            uid,
            MailDate.Parse(data["INTERNALDATE"]?.Ascii),
            MailDate.Parse(envelope.At(0).Ascii),
            Text.OneLine(EncodedWords.Decode(envelope.At(1).Bytes ?? []), 1000),
            First(envelope.At(2)) ?? First(envelope.At(3)),
            envelope.At(9).Ascii,
            envelope.At(8).Ascii,
            fields,
            WithEncoding(BodyPart.Read(structure), fields["Content-Transfer-Encoding"]))
        {
            ReplyTo = First(envelope.At(4)),
            To = First(envelope.At(5)),
            Recipients = [.. new[] { 5, 6, 7 }.SelectMany(list => All(envelope.At(list)))],
        };
    }

    /// <summary>Where a letter names an encoding but no type, servers tell the default one.</summary>
    private static BodyPart WithEncoding(BodyPart body, string? said) =>
        said is not null && body.Parts.Count == 0 && body.Encoding is "" or "7bit" ? body with { Encoding = said.ToLowerInvariant() } : body;

    private static MailAddress? First(ImapValue addresses) => All(addresses).FirstOrDefault();

    /// <summary>The real addresses; group names ("undisclosed recipients:;") have no host and are passed over.</summary>
    private static IEnumerable<MailAddress> All(ImapValue addresses) => addresses.Items
        .Where(a => a.At(2).Bytes is { Length: > 0 } && a.At(3).Bytes is { Length: > 0 })
        .Select(a => new MailAddress(Name(a.At(0)), Text.OneLine($"{Charsets.Guess(a.At(2).Bytes!)}@{Charsets.Guess(a.At(3).Bytes!)}", 320).ToLowerInvariant()));

    private static string? Name(ImapValue value) =>
        Text.OneLine(EncodedWords.Decode(value.Bytes ?? []), 200).Trim('"', '\'', ' ') is { Length: > 0 } name ? name : null;
}

/// <summary>The names and values of one FETCH response.</summary>
internal sealed class FetchData
{
    private readonly Dictionary<string, ImapValue> _items = new(StringComparer.OrdinalIgnoreCase);

    public uint? Uid => this["UID"]?.Number;
    public ImapValue? this[string name] => _items.GetValueOrDefault(name);

    /// <summary>The content of the one "BODY[...]" that was asked for; null when it did not come, and for NIL.</summary>
    public byte[]? Section { get; private init; }

    /// <summary>It came, if only as NIL.</summary>
    public bool HasSection { get; private init; }

    public static FetchData Read(ImapValue fetched)
    {
        var pairs = fetched.Items.Chunk(2).Where(pair => pair.Length == 2 && pair[0].Ascii is not null).ToList();
        var section = pairs.FirstOrDefault(pair => pair[0].Ascii!.StartsWith("BODY[", StringComparison.OrdinalIgnoreCase));
        var data = new FetchData { Section = section?[1].Bytes, HasSection = section is not null };
        foreach (var pair in pairs)
        {
            data._items[pair[0].Ascii!] = pair[1];
        }
        return data;
    }
}
