using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Cuts what stands below a letter: the signature, "Sent from my phone", and the lawyers' words.</summary>
internal static partial class LetterEnd
{
    public static List<string> Cut(List<string> lines) => WithoutDisclaimer(WithoutPhoneLine(WithoutSignature(lines)));

    private static List<string> WithoutSignature(List<string> lines)
    {
        var at = lines.FindIndex(line => line is "-- " or "--");
        return at < 0 ? lines : lines[..at];
    }

    private static List<string> WithoutPhoneLine(List<string> lines) => [.. lines.Where(line => line.Length > 120 || !PhoneLine().IsMatch(line))];

    /// <summary>From the first such paragraph after the beginning on; a letter that begins with it is not cut.</summary>
    private static List<string> WithoutDisclaimer(List<string> lines)
    {
        var first = lines.FindIndex(line => !string.IsNullOrWhiteSpace(line));
        var at = lines.FindIndex(first + 1, line => Disclaimer().IsMatch(line.Length > 600 ? line[..600] : line));
        return at < 0 || first < 0 ? lines : lines[..at];
    }

    [GeneratedRegex(@"^\s*(sent from my \S.*|sent from (outlook|yahoo|mail|proton).*|get outlook for (ios|android).*|(von|gesendet von) meine[mr] .* gesendet|von meinem \S+( \S+)? gesendet|gesendet mit .{1,60}|envoyé (de|depuis) mon \S.*|envoyé à partir de .*|enviado (desde|do) (mi|meu) \S.*|inviato da(l mio)? \S.*|verstuurd vanaf mijn \S.*|verzonden (vanaf|met) .{1,60}|skickat från min \S.*|sendt fra min \S.*|lähetetty .* iphonesta|wysłane z (iphone'a|telefonu.*)|отправлено с .{1,60}|iphoneから送信|发自我的\s?\S+|나의 iphone에서 보냄)\.?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PhoneLine();

    [GeneratedRegex(@"^\W*((this|the information in this|the contents of this) (e-?mail|message|communication|transmission)\b.{0,120}(confidential|intended|privileged)|confidentiality (notice|note)\b|disclaimer\s*:|if you are not the intended recipient|(diese|der inhalt dieser) (e-?mail|nachricht)\b.{0,120}(vertraulich|bestimmt)|vertraulichkeitshinweis|ce (message|courriel|mail)\b.{0,120}(confidentiel|destin)|este (mensaje|correo|mensagem|e-?mail)\b.{0,120}(confidencial|destin)|esta mensagem\b.{0,120}(confidencia|destin)|(questo messaggio|le informazioni contenute|questa e-?mail)\b.{0,120}(riservat|confidenzial|destinat)|(dit bericht|deze e-?mail)\b.{0,120}(vertrouwelijk|bestemd)|please consider the environment|bitte (denken sie an|prüfen sie).{0,60}(umwelt|drucken|ausdrucken)|(virenfrei|virus-free|sans virus|libre de virus)\.)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Disclaimer();
}
