using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Cuts the earlier letters that mail programs carry along below or between the writer's own words.</summary>
internal static partial class QuotedHistory
{
    private const int AttributionLines = 4;

    /// <summary>The lines that the writer wrote for this letter.</summary>
    public static List<string> Cut(IReadOnlyList<string> lines)
    {
        var own = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (IsSeparator(lines[i]) || IsHeaderBlock(lines, i))
            {
                break;
            }
            if (AttributionAt(lines, i) is { } after)
            {
                if (!QuoteFollows(lines, after))
                {
                    break;
                }
                i = after - 1;
            }
            else if (!IsQuote(lines[i]))
            {
                own.Add(lines[i]);
            }
        }
        return own;
    }

    private static bool IsQuote(string line) => line.StartsWith('>');

    private static bool QuoteFollows(IReadOnlyList<string> lines, int at) =>
        lines.Skip(at).Take(3).FirstOrDefault(l => !string.IsNullOrWhiteSpace(l)) is { } next && IsQuote(next);

    /// <summary>"-----Original Message-----" in the languages of the wide-spread mail programs.</summary>
    private static bool IsSeparator(string line) => line.Length < 120 && Separator().IsMatch(line);

    /// <summary>Three or more of From, Sent, To, Subject below one another, the first of them a From, perhaps below a rule.</summary>
    private static bool IsHeaderBlock(IReadOnlyList<string> lines, int at)
    {
        if (Rule().IsMatch(lines[at]))
        {
            at = Enumerable.Range(at + 1, 2).FirstOrDefault(i => i < lines.Count && lines[i].Length > 0, at);
        }
        if (!FromLabel().IsMatch(Short(lines[at])))
        {
            return false;
        }
        return lines.Skip(at + 1).Take(8).Count(line => AnyLabel().IsMatch(Short(line))) >= 2;
    }

    /// <summary>"On 2 Nov 2026, Ann wrote:", perhaps broken over some lines: the index after it, or null.</summary>
    private static int? AttributionAt(IReadOnlyList<string> lines, int at)
    {
        if (!AttributionStart().IsMatch(Short(lines[at])))
        {
            return null;
        }
        var text = "";
        for (var i = at; i < lines.Count && i < at + AttributionLines; i++)
        {
            text = $"{text} {Short(lines[i]).Trim()}".Trim();
            if (text.Length < 400 && Attribution().IsMatch(text))
            {
                return i + 1;
            }
        }
        return null;
    }

    private static string Short(string line) => line.Length > 300 ? line[..300] : line;

    [GeneratedRegex(@"^\W{2,}\s*(original message|original appointment|reply message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht von|message d'origine|message original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|opprinnelig melding|ursprungligt meddelande|oprindelig meddelelse|alkuperäinen viesti|wiadomość oryginalna|původní zpráva|исходное сообщение|пересылаемое сообщение|orijinal mesaj|原始邮件|原始郵件|元のメッセージ|원본 메시지)\s*\W{2,}$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*(_{20,}|-{20,}|={20,})\s*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\s*\*?(from|von|de|da|van|från|fra|lähettäjä|od|от|kimden|发件人|寄件者|差出人|보낸 사람)\s?\*?\s?[:：]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FromLabel();

    [GeneratedRegex(@"^\s*\*?(sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado( el)?|fecha|para|asunto|enviada em|data|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|lähetetty|vastaanottaja|aihe|wysłano|do|temat|odesláno|komu|předmět|отправлено|дата|кому|тема|gönderildi|kime|konu|发送时间|收件人|主题|送信日時|宛先|件名|보낸 날짜|받는 사람|제목)\s?\*?\s?[:：]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AnyLabel();

    [GeneratedRegex(@"^\s*(on|am|le|el|em|il|op|den|på|ma|pe|dnia|dne|w dniu|\d{1,4}[-./年]|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|\p{L}+, \d|.{1,80}<\S+@\S+>)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AttributionStart();

    [GeneratedRegex(@"(\d.*|@.*)(wrote|schrieb|schrieb am .*|a écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti|napisał(\(a\))?|napsal|написал(а|\(а\))?|пишет|yazdı|写道|寫道|のメール|작성)(\s.{0,120})?\s?[:：]\s*$|^(am .* schrieb|op .* schreef|den .* skrev).{0,160}[:：]\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Attribution();
}
