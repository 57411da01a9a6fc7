using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>A letter's lines, parted.</summary>
/// <param name="Own">What the writer wrote for this letter.</param>
/// <param name="Passed">What the writer passes on for us to read; empty unless something is forwarded.</param>
internal sealed record LetterLines(List<string> Own, List<string> Passed);

/// <summary>Cuts the earlier letters that mail programs carry along below or between the writer's own words.</summary>
internal static partial class QuotedHistory
{
    /// <param name="keeps">Nothing is history: the letter forwards, or it answers nobody. Earlier letters in it are what it is about.</param>
    public static LetterLines Cut(IReadOnlyList<string> lines, bool keeps)
    {
        var (own, length) = (new List<string>(), 0);
        var header = new LetterHeader(lines);
        // What lies behind the cap is never shown.
        for (var i = 0; i < lines.Count && length <= LetterText.MaxChars; i++)
        {
            if ((lines[i].Length > 7 && ForwardMark().IsMatch(Short(lines[i]))) || (keeps && Begins(lines, i, header)))
            {
                return new LetterLines(own, [.. lines.Skip(i)]);
            }
            if (IsHistoryBelow(lines, i, header))
            {
                break;
            }
            if (Attribution.At(lines, i) is { } attribution)
            {
                if (!attribution.IsQuoteBelow)
                {
                    break;
                }
                i = attribution.After - 1;
            }
            else if (!IsQuote(lines[i]))
            {
                own.Add(lines[i]);
                length += lines[i].Length;
            }
        }
        return new LetterLines(own, []);
    }

    public static bool IsQuote(string line) => line.Length > 0 && line[0] is '>' or LetterMarks.Quote or LetterMarks.Attribution;

    private static bool Begins(IReadOnlyList<string> lines, int at, LetterHeader header) => IsQuote(lines[at]) || IsHistoryBelow(lines, at, header) || Attribution.At(lines, at) is not null;

    private static bool IsHistoryBelow(IReadOnlyList<string> lines, int at, LetterHeader header) =>
        LetterMarks.Has(lines[at], LetterMarks.History) || (lines[at].Length is > 6 and < 160 && Separator().IsMatch(lines[at])) || header.IsAt(at);

    private static string Short(string line) => line.Length > 200 ? line[..200] : line;

    /// <summary>"-----Original Message-----" in the languages of the wide-spread mail programs; Zoho's "---- On Mon, ... wrote ----".</summary>
    [GeneratedRegex(@"^\W{2,}\s*((original|original (message|appointment|e-?mail|nachricht)|reply message|ursprüngliche (nachricht|mail)|originalnachricht|message d'origine|message (initial|original)|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|opprinnelig melding|ursprungligt meddelande|originalmeddelande|oprindelig (meddelelse|besked)|alkuperäinen viesti|(wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości)|původní (zpráva|e-?mail)|pôvodná správa|eredeti üzenet|mesaj original|αρχικό μήνυμα|исходное сообщение|пересылаемое сообщение|початкове повідомлення|orijinal (mesaj|ileti)|原始邮件|原始郵件|原邮件|元のメッセージ|원본 메시지|original-nachricht)\s*\W{2,}|-\s*(on|am|le|el|il|op|em) .{6,140}(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu)\s?-{2,}\s*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\uE003?\s*(-{5,}\s?(forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem (encaminhada|reencaminhada)|doorgestuurd bericht|vidarebefordrat meddelande|videresendt (meddelelse|besked)|przekazana wiadomość|przesłana wiadomość|пересылаемое сообщение|iletilen mesaj|转发的邮件|轉寄的郵件|転送されたメッセージ|전달된 메시지)|(begin forwarded message|anfang der weitergeleiteten nachricht|début du message (réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (encaminhada|reencaminhada)|begin doorgestuurd bericht|vidarebefordrat brev|videresendt besked|转发的邮件|開始轉寄郵件|転送されたメッセージ|начало переадресованного сообщения)\s?[:：])", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex ForwardMark();
}
