using System.Text.RegularExpressions;
using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Tells letters that a machine wrote: auto-replies, bounces, receipts, answers to invitations, newsletters, lists, bulk mail, what is marked as spam, and the bot's own notices.</summary>
internal static partial class AutomaticMail
{
    /// <summary>Set on what the bot itself sends to people; never on a canary, which must be taken for a customer's letter.</summary>
    public const string OwnHeader = "X-ListeningBot";

    /// <param name="ownDomain">Our own mail domain: a list within it is a shared address of ours, and who writes to that is a customer.</param>
    /// <param name="isForm">A web form sent it with a customer's words (<see cref="LetterAuthor"/>): forms send in the way of machines.</param>
    public static bool Is(MailHead head, string? ownDomain, string text, bool isForm)
    {
        var isOwnList = IsOwnList(head, ownDomain);
        return head.Fields.Has(OwnHeader) || IsReport(head) || IsMailSystem(head.From) || Replies(head) || IsCalendarAnswer(head.Body, 0)
            || (!isForm && (SaysSo(head, isOwnList) || IsNewsletter(head, isOwnList) || IsSpam(head)))
            || IsAutoReplyByItsWords(head, text);
    }

    private static bool Replies(MailHead head)
    {
        var fields = head.Fields;
        return fields["Auto-Submitted"]?.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true
            || fields.Has("X-Autoreply") || fields.Has("X-Autorespond") || fields.Has("X-Auto-Reply") || fields.Has("X-Mail-Autoreply") || fields.Has("X-Failed-Recipients")
            || (fields["Return-Path"] is { } path && path.Replace(" ", "", StringComparison.Ordinal) is "<>");
    }

    private static bool SaysSo(MailHead head, bool isOwnList)
    {
        var fields = head.Fields;
        var submitted = fields["Auto-Submitted"];
        var precedence = fields["Precedence"]?.ToLowerInvariant();
        return (submitted is { Length: > 0 } && !submitted.StartsWith("no", StringComparison.OrdinalIgnoreCase))
            || precedence is "bulk" or "junk" or "auto_reply" or "auto-reply"
            || (!isOwnList && (precedence is "list" || fields.Has("List-Id")))
            || (fields["X-Auto-Response-Suppress"] is { } suppress && Suppressed().IsMatch(suppress));
    }

    /// <summary>A way to unsubscribe is what newsletters have and customers' letters have not; an answer to us is none.</summary>
    private static bool IsNewsletter(MailHead head, bool isOwnList) => !isOwnList && !head.Answers && head.Fields.Has("List-Unsubscribe");

    /// <summary>Who answers us is believed before the filter.</summary>
    private static bool IsSpam(MailHead head) => !head.Answers
        && (head.Fields["X-Spam-Flag"]?.StartsWith("yes", StringComparison.OrdinalIgnoreCase) == true || head.Fields["X-Spam-Status"]?.StartsWith("yes", StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsOwnList(MailHead head, string? ownDomain) =>
        ownDomain is { Length: > 0 } && head.Fields["List-Id"]?.TrimEnd('>', ' ') is { } list
        && list.EndsWith($".{ownDomain}", StringComparison.OrdinalIgnoreCase);

    private static bool IsReport(MailHead head) =>
        head.Body.Type == "multipart/report" || (head.Fields["Content-Type"]?.StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase) ?? false);

    private static bool IsCalendarAnswer(BodyPart part, int depth) =>
        (part.Type == "text/calendar" && "reply".Equals(part.Parameter("method"), StringComparison.OrdinalIgnoreCase))
        || (depth < 20 && !part.Type.StartsWith("message/", StringComparison.Ordinal) && part.Parts.Any(p => IsCalendarAnswer(p, depth + 1)));

    private static bool IsMailSystem(MailAddress? from) =>
        from?.Address.Split('@')[0] is "mailer-daemon" or "postmaster" or "mail-daemon" or "bounce" or "bounces" or "autoreply" or "auto-reply";

    /// <summary>A subject alone is a weak sign: "Read: my third complaint" is a customer's. Together with an answer's marks, or with words that only machines use, it is not.</summary>
    private static bool IsAutoReplyByItsWords(MailHead head, string text) =>
        AutoSubject().IsMatch(head.Subject) && (head.Answers || AutoText().IsMatch(text.Length > 2000 ? text[..2000] : text));

    [GeneratedRegex(@"\b(oof|autoreply|all)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Suppressed();

    [GeneratedRegex(@"^(automatic reply|auto(matic)?[- ]?reply|autoreply|auto:|out of (the )?office( autoreply)?:|automatische antwort|abwesenheitsnotiz|abwesend:|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina:|resposta automática|risposta automatica|fuori sede:|automatisch antwoord|afwezig:|autosvar|automaattinen vastaus|autoodpowiedź|odpowiedź automatyczna|automatická odpověď|автоответ|автоматический ответ|otomatik yanıt|自动回复|自動返信|自動回覆|자동 응답|(mail |message )?deliver(y|able)[ :].{0,40}(fail|status)|undeliver(ed|able)( mail)?\b.{0,20}(:|returned)|returned mail:|unzustellbar:|mail delivery (failed|system|subsystem)|(read|gelesen|lu|leído|letto|lida|gelezen|läst|læst|not read|ungelesen):|(accepted|declined|tentative|zugesagt|abgesagt):)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex AutoSubject();

    [GeneratedRegex(@"out of (the |my )?office|on (annual |parental |sick )?leave|on (vacation|holiday)|limited access to|will (be back|return)|automat(ic|ed|isch|ique|ica|ico|isk)|nicht im (büro|haus)|außer haus|im urlaub|abwesen|wieder (erreichbar|für sie)|absent|de retour|en congé|fuera de la oficina|de vacaciones|fuori (sede|ufficio)|in ferie|de férias|ausente|afwezig|met vakantie|på semester|på ferie|lomalla|urlop|nieobecn|dovolen|отпуск|отсутств|izindeyim|休暇|不在|休假|휴가|(could not|couldn't|cannot|was not|wasn't) be delivered|undeliver|delivery (to|has|status)|was (read|displayed) (on|by)|wurde .{0,60}(gelesen|angezeigt)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex AutoText();
}
