using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Core.Text;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Cuts what stands around a letter's words: the signature, "Sent from my phone", the contact data below a name, the lawyers' words, a mail server's warning above.</summary>
internal static partial class LetterEnd
{
    private const int LongestSignature = 12;
    private const int LongestLine = 120;
    private const int LongestNotice = 20;

    public static List<string> Cut(List<string> lines) =>
        WithoutContactData(WithoutSignature(WithoutDisclaimer(WithoutAddedLines(lines))));

    private static bool IsEmpty(string line) => string.IsNullOrWhiteSpace(line);

    /// <summary>Single lines that programs add: only where they end a paragraph, so that no sentence of the writer's that goes on below is torn.</summary>
    private static List<string> WithoutAddedLines(List<string> lines) =>
        [.. lines.Where((line, i) => line.Length > 2 * LongestLine || !((i + 1 >= lines.Count || IsEmpty(lines[i + 1])) && IsAdded(line)) && !(i < 6 && IsWarning(line)))];

    /// <summary>A server speaks of a letter's way, and never of itself: "I got a message from outside" is the writer's.</summary>
    private static bool IsWarning(string line) => Warning().IsMatch(line) && !Myself().IsMatch(line);

    private static bool IsAdded(string line) =>
        (line.Length <= LongestLine && (PhoneLine().IsMatch(line) || IsSentWith(line))) || SmallPrint().IsMatch(line);

    private static bool IsSentWith(string line) => SentWith().Match(line) is { Success: true } sent && Device().IsMatch(line[sent.Length..]);

    /// <summary>Below "-- ", or what HTML marks so. What is long there is no signature: the dashes part a list.</summary>
    private static List<string> WithoutSignature(List<string> lines)
    {
        if (lines.Count(line => LetterMarks.Has(line, LetterMarks.Signature)) is > 0 and <= LongestSignature)
        {
            lines = [.. lines.Where(line => !LetterMarks.Has(line, LetterMarks.Signature))];
        }
        for (var at = lines.FindIndex(IsDashes); at >= 0; at = lines.FindIndex(at + 1, IsDashes))
        {
            if (lines.Skip(at + 1).Where(line => !IsEmpty(line)) is var below && below.Take(LongestSignature + 1).Count() <= LongestSignature && (lines[at] == "-- " ? below.All(IsNotLong) : below.All(IsShort)))
            {
                return lines[..at];
            }
        }
        return lines;
    }

    private static bool IsDashes(string line) => line is "-- " or "--";

    private static bool IsNotLong(string line) => line.Length <= LongestLine;

    private static bool IsShort(string line) => line.Length <= 60 && line.AsSpan().Count(' ') < 8;

    /// <summary>From the first such paragraph after the beginning on; a letter that begins with it is not cut.</summary>
    private static List<string> WithoutDisclaimer(List<string> lines)
    {
        var first = lines.FindIndex(line => !IsEmpty(line));
        var at = first < 0 ? -1 : Enumerable.Range(first + 1, lines.Count - first - 1).FirstOrDefault(i => BeginsNotice(lines[i]) && IsDisclaimer(NoticeAt(lines, i)), -1);
        return at < 0 ? lines : lines[..at];
    }

    private static bool BeginsNotice(string line) => Disclaimer().IsMatch(line.Length > 600 ? line[..600] : line);

    /// <summary>It names its secrecy, speaks like a lawyer twice and not of itself: "this message is about my data that you disclosed in error" is a complaint.</summary>
    private static bool IsDisclaimer(string notice) =>
        Secrecy().IsMatch(notice) && !Myself().IsMatch(notice) && LegalWord().EnumerateMatches(notice) is var words && words.MoveNext() && words.MoveNext();

    /// <summary>The paragraph that begins here. What begins in the same way is another one, unless this one named its secrecy: then it goes on there, also below an empty line.</summary>
    private static string NoticeAt(List<string> lines, int at)
    {
        var notice = new StringBuilder(Short(lines[at]));
        var isSecret = Secrecy().IsMatch(Short(lines[at]));
        for (var i = at + 1; i < lines.Count && i < at + LongestNotice && GoesOn(lines, i, isSecret); i++)
        {
            notice.Append(' ').Append(Short(lines[i]));
            isSecret = isSecret || Secrecy().IsMatch(Short(lines[i]));
        }
        return notice.ToString();
    }

    private static bool GoesOn(List<string> lines, int at, bool isSecret) =>
        isSecret ? !IsEmpty(lines[at]) || (at + 1 < lines.Count && BeginsNotice(lines[at + 1])) : !IsEmpty(lines[at]) && !BeginsNotice(lines[at]);

    private static string Short(string line) => line.Length > 2000 ? line[..2000] : line;

    /// <summary>Below "Kind regards" and the name: telephone, address, web page, up to a postscript.</summary>
    private static List<string> WithoutContactData(List<string> lines)
    {
        var closing = lines.FindLastIndex(line => ClosingFormulas.Closes(line) || (line.Length <= 60 && Thanks().IsMatch(line)));
        var name = closing < 0 ? -1 : lines.FindIndex(closing + 1, line => !IsEmpty(line));
        if (name < 0)
        {
            return lines;
        }
        var end = lines.FindIndex(name + 1, line => !IsEmpty(line) && IsSentence(line));
        end = end < 0 ? lines.Count : end;
        var data = lines.Skip(name + 1).Take(end - name - 1).Where(line => !IsEmpty(line)).ToList();
        return data.Count <= LongestSignature && data.Exists(ContactLine().IsMatch) ? [.. lines.Take(name + 1), .. end < lines.Count ? [""] : (string[])[], .. lines.Skip(end)] : lines;
    }

    private static bool IsSentence(string line) =>
        line.Length > 80 || Postscript().IsMatch(line) || (!ContactLine().IsMatch(line) && ((line.TrimEnd() is [.., '.' or '!' or '?' or '。' or '！'] && line.AsSpan().Count(' ') >= 3) || IsSpoken(line)));

    /// <summary>Five words or more, most of them in small letters, as no name, street or company is written; or somebody who speaks of himself.</summary>
    private static bool IsSpoken(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: >= 5 } words && (words.Count(word => char.IsLetter(word[0]) && !char.IsUpper(word[0])) >= 3 || Myself().IsMatch(line));

    [GeneratedRegex(@"^\s*(sent from (my|the) \S+( \S+)?( \S+)?( \S+)?|sent from (outlook|yahoo|mail|proton|aol|samsung|windows).*|(get|download) outlook for \S+( \S+)?|holen sie sich outlook für .*|télécharger outlook pour .*|obten(er|ga) outlook para .*|obter o? ?outlook para .*|scarica outlook per .*|download outlook voor .*|outlook voor .+ downloaden|hämta outlook för .*|hent outlook til .*|pobierz program outlook dla .*|(von|gesendet von) meine[mr] .*(android|phone|handy|tablet|pad|telefon|gerät|galaxy|samsung|huawei|xiaomi|mail|app).* gesendet|von meine[mr]\S* \S+( \S+)? gesendet|gesendet von (mail|outlook|yahoo|meine[mr]) .*|envoyé (de|depuis) mon \S.*|enviado (desde|do|de) (mi|meu) \S.*|enviado desde (correo|outlook|yahoo).*|verstuurd vanaf mijn \S.*|verzonden vanaf mijn \S.*|skickat från min \S.*|sendt fra min \S.*|lähetetty .+sta|wysłan[eo] z (iphone'a|telefonu|mojego|urządzenia|ipada|systemu|programu).*|iphone'umdan gönderildi|iphoneから送信|ipadから送信|androidから送信|发自我的\s?\S+|從我的\s?\S+\s?傳送|나의 iphone에서 보냄|내 iphone에서 보냄)(\s?<?https?://\S+)?[.!]?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex PhoneLine();

    [GeneratedRegex(@"^\s*(sent (with|via|using)|(diese nachricht wurde )?(gesendet|versendet|von meinem \S+( \S+)?) (mit|aus)|envoyé à partir d(e|u|['’])|inviato da(l mio)?|verzonden (vanaf|met|via)|отправлено (с|из)|надіслано (з|із)|odesláno z|elküldve)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex SentWith();

    /// <summary>What letters are sent with: programs, devices and mail services; never a carrier, a cable or a town.</summary>
    [GeneratedRegex(@"^\W{0,3}((the|my|der|dem|de|het|mijn|mon|l'|d'un|dal|mio|моего|моей|мобильн\S+|приложения|устройства|мого|mého|az?|aplikace)\s){0,3}\W?(iphone|ipad|ipod|айфон|android|андроид|samsung|galaxy|huawei|xiaomi|redmi|pixel|fairphone|nokia|motorola|oneplus|blackberry|windows|gmx|web\.de|freenet|t-?online|telekom|ionos|posteo|outlook|hotmail|yahoo|gmail|aol|icloud|proton|tutanota|tuta\b|spark\b|superhuman|mailbird|airmail|bluemail|hushmail|mymail|mail\.(ru|com)|mail app|hey\b|canary|zoho|libero|k-9|thunderbird|telefon\S*\s*$|handy\s*$|smartphone\s*$|tablet\s*$|téléphone|телефон|смартфон|планшет|почты|яндекс|рамблер)[^!?]{0,60}[.!]?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Device();

    [GeneratedRegex(@"^\W*(please consider the environment.*print|think before you print|bitte (denken|prüfen) sie\b.*(umwelt.*druck|\b(e-?mail|nachricht|mail)\b.*druck|ausdruck.*\b(e-?mail|mail|nachricht)\b)|pensez à l'environnement.*imprim|(virenfrei|virus-free|sans virus|libre de virus|virus-vrij)\.|(this|diese) e-?mail (has been checked for viruses|wurde von avast)|\[cid:[^\]]+\]\s*$)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex SmallPrint();

    /// <summary>What a company's mail server sets above a letter from outside.</summary>
    [GeneratedRegex(@"^\W*(caution|warning|external|achtung|extern)\b.*(e-?mail|message|sender|nachricht|absender)\b.*(originate[sd] |from outside|outside (of )?(the|our|your) (organi[sz]ation|company|network)|external (sender|source|e-?mail)|is external|not from within|(von|aus) außerhalb|außerhalb (der|unserer|des|unseres)|extern\w* (absender|quelle|e-?mail)|(von|aus) extern)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Warning();

    [GeneratedRegex(@"^\W*((this|the information in this|the contents of this|the information contained in this) (e-?mail|message|communication|transmission)\b|confidentiality (notice|note)\b|disclaimer\s*:|if you are not the intended recipient|(diese|der inhalt dieser) (e-?mail|nachricht)\b|vertraulichkeitshinweis|ce (message|courriel|mail)\b|este (mensaje|correo|mensagem|e-?mail)\b|esta mensagem\b|(questo messaggio|le informazioni contenute|questa e-?mail)\b|(dit bericht|deze e-?mail)\b|(detta|den här) (e-?post|meddelande)|denne (e-?mail|mail|e-?post)|(ta|niniejsza) wiadomość)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Disclaimer();

    /// <summary>What only such a notice says of itself: "an unauthorised charge", "the intended address" are customers' words.</summary>
    [GeneratedRegex(@"(confidential|privileged|intended (solely|only|exclusively|recipient|addressee)|(only|solely|exclusively) intended|only for the (intended|use)|unauthori[sz]ed (review|disclosure|dissemination|distribution|copying|use of th)|vertraulich|rechtlich geschützt|nicht der (richtige|beabsichtigte|vorgesehene|bestimmte|angegebene)|nicht für sie bestimmt|ausschließlich für d|unbefugte (kopier|weiter|verbreit|offenleg|vervielf)|confidentiel|pas le destinataire|confidencial|no es el destinatario|não for o destinatário|riservat|confidenzial|non siete il destinatario|vertrouwelijk|uitsluitend bestemd|niet voor u bestemd|konfidentiel|inte är (den )?avsedd|fortrolig|poufn|nie jest(eś)? (jej )?(zamierzonym )?adresat)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Secrecy();

    /// <summary>Somebody who speaks of himself, as no server and no lawyer does.</summary>
    [GeneratedRegex(@"\b((?-i:I)|my|ich|mein(e[mnrs]?)?|je|j'ai|mon|mes|ik|mijn|yo|mis?|mio|mia|miei|meu|minha|eu|jag|mitt|mina|jeg|mój|moj[aeą]|я|мой|моя|мо[её]|мне)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Myself();

    [GeneratedRegex(@"(confidential|privileged|recipient|addressee|unauthori[sz]ed|disseminat|disclos|\bdelet|notify the sender|in error|vertraulich|empfänger|adressat|unbefugt|irrtümlich|lösch|vernichte|confidentiel|destinataire|par erreur|détrui|confidencial|destinatari|por error|por engano|elimin|apagu?e|riservat|confidenzial|per errore|cancell|vertrouwelijk|geadresseerde|bestemd|verwijder|konfidentiel|mottagare|modtager|fortrolig|poufn|adresat|usun)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex LegalWord();

    /// <summary>These close a letter too; elsewhere they may be words like any other.</summary>
    [GeneratedRegex(@"^\W*(cheers|(many )?thanks|thank you|lg|vg)\W*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\W*(tel|phone|telefon|téléphone|teléfono|telefono|telefoon|mobile?|mob|handy|cell|fax|t|m|f|p|тел|電話|电话)\b.{0,12}[\d(+]|^\W*\+?\(?\d[\d\s()/.-]{6,}\W*$|^\W*(e-?mail|mail|web|www|internet|url)\b\S*\s?[:.]|^\s*(https?://|www\.)\S+\s*$|^\s*<?\S+@\S+\.\S+>?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex ContactLine();

    [GeneratedRegex(@"^\W*(p\.?\s?s\.?|n\.?b\.?|ps|psst)\b\s?[:.]?\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Postscript();
}
