using System.Text.RegularExpressions;
using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Tells letters that a machine wrote: auto-replies, bounces, receipts, lists and bulk mail.</summary>
internal static partial class AutomaticMail
{
    /// <param name="ownDomain">Our own mail domain: a list within it is a shared address of ours, and who writes to that is a customer.</param>
    public static bool Is(MailHead head, string? ownDomain) =>
        SaysSo(head, IsOwnList(head, ownDomain)) || IsReport(head) || IsMailSystem(head.From) || AutoSubject().IsMatch(head.Subject);

    private static bool SaysSo(MailHead head, bool isOwnList)
    {
        var fields = head.Fields;
        var submitted = fields["Auto-Submitted"];
        var precedence = fields["Precedence"]?.ToLowerInvariant();
        var suppress = fields["X-Auto-Response-Suppress"];
        return (submitted is { Length: > 0 } && !submitted.StartsWith("no", StringComparison.OrdinalIgnoreCase))
            || precedence is "bulk" or "junk" or "auto_reply" or "auto-reply"
            || (!isOwnList && (precedence is "list" || fields.Has("List-Id")))
            || fields["Return-Path"] is { } path && path.Replace(" ", "", StringComparison.Ordinal) is "<>"
            || fields.Has("X-Autoreply") || fields.Has("X-Autorespond")
            || (suppress is not null && Suppressed().IsMatch(suppress));
    }

    private static bool IsOwnList(MailHead head, string? ownDomain) =>
        ownDomain is { Length: > 0 } && head.Fields["List-Id"]?.TrimEnd('>', ' ') is { } list
        && list.EndsWith($".{ownDomain}", StringComparison.OrdinalIgnoreCase);

    private static bool IsReport(MailHead head) =>
        head.Body.Type == "multipart/report" || (head.Fields["Content-Type"]?.StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase) ?? false);

    private static bool IsMailSystem(MailAddress? from) =>
        from?.Address.Split('@')[0] is "mailer-daemon" or "postmaster" or "mail-daemon" or "bounce" or "bounces" or "autoreply" or "auto-reply";

    [GeneratedRegex(@"\b(oof|autoreply|all)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Suppressed();

    [GeneratedRegex(@"^(automatic reply|auto(matic)?[- ]?reply|autoreply|auto:|out of (the )?office( autoreply)?:|automatische antwort|abwesenheitsnotiz|abwesend:|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina:|resposta automática|risposta automatica|fuori sede:|automatisch antwoord|afwezig:|autosvar|automaattinen vastaus|autoodpowiedź|automatická odpověď|автоответ|автоматический ответ|otomatik yanıt|自动回复|自動返信|자동 응답|(mail |message )?deliver(y|able)[ :].{0,40}(fail|status)|undeliver(ed|able)( mail)?\b.{0,20}(:|returned)|returned mail:|unzustellbar:|mail delivery (failed|system|subsystem)|read:|gelesen:)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AutoSubject();
}
