using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>What was read of letters' texts.</summary>
/// <param name="Own">By uid; empty for a letter that has none, null for one whose text defeats its reader.</param>
/// <param name="NotGiven">Letters of which the server gave nothing for a part that was asked for.</param>
/// <param name="Nil">Letters of which it said that there is no such part.</param>
internal sealed record TextsRead(IReadOnlyDictionary<uint, string?> Own, IReadOnlySet<uint> NotGiven, IReadOnlySet<uint> Nil);

/// <summary>Fetches the text of many letters in few commands: letters of the same build are asked for together.</summary>
internal static class LetterTexts
{
    /// <summary>Of a part of plain text, in transfer encoding.</summary>
    public const int MaxPlainBytes = 65_536;

    /// <summary>HTML letters often begin with tens of kilobytes of style.</summary>
    public const int MaxHtmlBytes = 262_144;

    public static async Task<TextsRead> ReadAsync(Mailbox mailbox, IReadOnlyList<MailHead> heads, CancellationToken ct)
    {
        var (notGiven, nil) = (new HashSet<uint>(), new HashSet<uint>());
        var wanted = heads.ToDictionary(head => head, head => TextParts.Choose(head.Body, LetterText.IsForward(head.Subject)));
        var texts = await ReadAsync(mailbox, wanted, notGiven, nil, ct);
        var second = heads.Where(head => texts[head.Uid] is { } text && LetterStub.Is(text))
            .Select(head => (head, parts: Others(head.Body, wanted[head])))
            .Where(pair => pair.parts.Count > 0)
            .ToDictionary(pair => pair.head, pair => pair.parts);
        var own = second.Keys.ToDictionary(head => head.Uid, head => texts[head.Uid]);
        foreach (var (uid, text) in await ReadAsync(mailbox, second, notGiven, nil, ct))
        {
            texts[uid] = text is "" ? texts[uid] : text;
        }
        foreach (var (head, parts) in second.Where(pair => IsPassed(pair.Key.Body, pair.Value)))
        {
            texts[head.Uid] = texts[head.Uid] is { } passed && own[head.Uid] is { Length: > 0 } said && said != passed ? $"{said}\n\n{passed}" : texts[head.Uid];
        }
        return new TextsRead(heads.ToDictionary(head => head.Uid, head => texts[head.Uid] is "" ? LetterStub.Instead(head.Body) : texts[head.Uid]), notGiven, nil);
    }

    /// <summary>Where the text stands when it is not where it should: in the HTML form, or in a letter within the letter.</summary>
    private static IReadOnlyList<BodyPart> Others(BodyPart body, IReadOnlyList<BodyPart> read) =>
        TextParts.Html(body) is { } html && !read.Contains(html) ? [html]
        : TextParts.Passed(body) is { Count: > 0 } passed && !read.Contains(passed[0]) ? passed
        : [];

    /// <summary>Another letter, which takes nothing from what is said above it; not this one in its HTML form.</summary>
    private static bool IsPassed(BodyPart body, IReadOnlyList<BodyPart> parts) => TextParts.Html(body) != parts[0];

    private static async Task<Dictionary<uint, string?>> ReadAsync(Mailbox mailbox, IReadOnlyDictionary<MailHead, IReadOnlyList<BodyPart>> wanted, HashSet<uint> notGiven, HashSet<uint> nil, CancellationToken ct)
    {
        var contents = new Dictionary<(uint Uid, string Section), byte[]>();
        var asks = wanted.SelectMany(w => w.Value.Select(part => (w.Key.Uid, part.Section, Max: part.Type == "text/html" ? MaxHtmlBytes : MaxPlainBytes)));
        foreach (var ask in asks.GroupBy(a => (a.Section, a.Max)))
        {
            var uids = ask.Select(a => a.Uid).Order().ToList();
            var parts = await mailbox.PartsAsync(uids, ask.Key.Section, ask.Key.Max, ct);
            notGiven.UnionWith(uids.Except(parts.Keys));
            foreach (var uid in uids.Intersect(parts.Keys))
            {
                if (parts[uid] is { } content)
                {
                    contents[(uid, ask.Key.Section)] = content;
                }
                else
                {
                    nil.Add(uid);
                }
            }
        }
        return wanted.ToDictionary(w => w.Key.Uid, w => Guarded(() => Together(w.Key, w.Value, contents)));
    }

    /// <summary>One letter's text must not stop the others: the caller keeps it aside.</summary>
    private static string? Guarded(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static string Together(MailHead head, IReadOnlyList<BodyPart> parts, Dictionary<(uint Uid, string Section), byte[]> contents)
    {
        var pieces = parts.Where(part => contents.ContainsKey((head.Uid, part.Section)))
            .Select(part => LetterBody.Read(part, contents[(head.Uid, part.Section)], head.Subject, head.Answers))
            .Where(text => text.Length > 0);
        return string.Join("\n\n", pieces);
    }
}
