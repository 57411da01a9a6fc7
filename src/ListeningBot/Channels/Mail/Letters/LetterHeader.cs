using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>The head that Outlook and others set above an earlier letter: "From: ... Sent: ... To: ... Subject: ...", in many languages.</summary>
/// <param name="lines">Of the letter; each is looked at once, however often it is asked for.</param>
internal sealed partial class LetterHeader(IReadOnlyList<string> lines)
{
    private const int Window = 12;
    private readonly string?[] _kinds = new string?[lines.Count];

    /// <summary>A From and two more kinds of line below one another, a subject or an address among them: "From: London, To: Paris, Date: 3 May" is a journey.</summary>
    public bool IsAt(int at)
    {
        if (lines[at].Length >= 10 && Rule().IsMatch(Short(lines[at])))
        {
            at = Enumerable.Range(at + 1, 2).FirstOrDefault(i => i < lines.Count && !string.IsNullOrWhiteSpace(lines[i]), at);
        }
        return KindAt(at) is not null && IsHead(at);
    }

    /// <summary>What stands behind "From:", or null where the line is none.</summary>
    public string? From(int at) => KindAt(at) == "from" ? lines[at][(lines[at].IndexOfAny([':', '：']) + 1)..].Trim() : null;

    private bool IsHead(int at)
    {
        var kinds = new HashSet<string>();
        var hasAddress = false;
        for (var i = at; i < lines.Count && i < at + Window; i++)
        {
            if (KindAt(i) is { } kind)
            {
                kinds.Add(kind);
                hasAddress |= lines[i].Contains('@', StringComparison.Ordinal);
            }
        }
        return kinds.Count >= 3 && kinds.Contains("from") && (hasAddress || kinds.Contains("subject"));
    }

    private string? KindAt(int at) => (_kinds[at] ??= Kind(lines[at]) ?? "") is { Length: > 0 } kind ? kind : null;

    private static string? Kind(string line)
    {
        // Nearly every line of a letter: not worth an expression.
        if (line.Length == 0 || line.AsSpan(0, Math.Min(40, line.Length)).IndexOfAny(':', '：') < 0 || Label().Match(Short(line)) is not { Success: true } match)
        {
            return null;
        }
        return match.Groups["from"].Success ? "from" : match.Groups["subject"].Success ? "subject" : match.Groups["date"].Success ? "date" : "to";
    }

    private static string Short(string line) => line.Length > 100 ? line[..100] : line;

    [GeneratedRegex(@"^\s*(_{10,}|-{10,}|={10,})\s*$", RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^[\s*\u200E\u200F\u202A-\u202E]{0,6}((?<from>from|von|de|da|van|från|fra|lähettäjä|od|от|від|kimden|gönderen|feladó|de la|από|מאת|من|发件人|寄件者|寄件人|差出人|보낸 사람)|(?<subject>subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|тема|konu|tárgy|subiect|θέμα|נושא|الموضوع|主题|主旨|件名|제목)|(?<date>sent|date|gesendet|datum|envoyé|enviado( el)?|fecha|enviada( em)?|data|inviato|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|odesláno|odoslané|дата|отправлено|надіслано|gönderildi|tarih|elküldve|dátum|trimis|στάλθηκε|ημερομηνία|נשלח|تاريخ الإرسال|发送时间|日期|寄件日期|傳送日期|送信日時|日付|보낸 날짜|날짜)|(to|cc|an|à|para|a|aan|till|kopia|til|vastaanottaja|do|dw|komu|кому|kime|címzett|către|προς|אל|إلى|收件人|抄送|收件者|副本|宛先|받는 사람))\s?\*?\s?[:：]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Label();
}
