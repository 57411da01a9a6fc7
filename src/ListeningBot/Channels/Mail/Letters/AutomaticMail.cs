using System.Text.RegularExpressions;
using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Tells letters that a machine wrote: auto-replies, bounces, receipts, answers to invitations, newsletters, lists, bulk mail, what is marked as spam, and the bot's own notices.</summary>
internal static partial class AutomaticMail
{
    /// <summary>Set on what the bot itself sends to people; never on a canary, which must be taken for a customer's letter.</summary>
    public const string OwnHeader = "X-ListeningBot";

    /// <param name="ownDomain">Our own mail domain: a list within it is a shared address of ours, and who writes to that is a customer.</param>
    /// <param name="form">A web form sent it with a customer's words (<see cref="LetterAuthor"/>): forms send in the way of machines. What answers us comes from no form that is not sure to be one.</param>
    public static bool Is(MailHead head, string? ownDomain, string text, LetterForm form)
    {
        var isOwnList = IsOwnList(head, ownDomain);
        return head.Fields.Has(OwnHeader) || IsReport(head) || Replies(head) || IsCalendarAnswer(head.Body, 0)
            || ((form == LetterForm.None || (form == LetterForm.Relayed && head.Answers)) && SaysSo(head))
            || (form != LetterForm.Sure && (IsMailSystem(head.From) || IsBulk(head, isOwnList) || IsNewsletter(head, isOwnList) || IsSpam(head)))
            || IsAutoReplyByItsWords(head, text);
    }

    private static bool Replies(MailHead head)
    {
        var fields = head.Fields;
        return fields["Auto-Submitted"]?.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true
            || fields.Has("X-Autoreply") || fields.Has("X-Autorespond") || fields.Has("X-Auto-Reply") || fields.Has("X-Mail-Autoreply") || fields.Has("X-Failed-Recipients")
            || (fields["Return-Path"] is { } path && path.Replace(" ", "", StringComparison.Ordinal) is "<>");
    }

    private static bool SaysSo(MailHead head)
    {
        var submitted = head.Fields["Auto-Submitted"];
        return (submitted is { Length: > 0 } && !submitted.StartsWith("no", StringComparison.OrdinalIgnoreCase))
            || (head.Fields["X-Auto-Response-Suppress"] is { } suppress && Suppressed().IsMatch(suppress));
    }

    private static bool IsBulk(MailHead head, bool isOwnList)
    {
        var precedence = head.Fields["Precedence"]?.ToLowerInvariant();
        return precedence is "bulk" or "junk" or "auto_reply" or "auto-reply" || (!isOwnList && (precedence is "list" || head.Fields.Has("List-Id")));
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

    /// <summary>
    /// A subject alone is a weak sign: "Read: my third complaint" is a customer's. Together with an answer's marks, or with words that only machines use, it is not.
    /// What a shop's customers write of parcels reads like a bounce: "delivery failed" needs a bounce's own words also in an answer.
    /// </summary>
    private static bool IsAutoReplyByItsWords(MailHead head, string text)
    {
        var (subject, beginning) = (head.Subject, text.Length > 2000 ? text[..2000] : text);
        return (AbsenceSubject().IsMatch(subject) && (head.Answers || AbsenceText().IsMatch(beginning)))
            || (ReceiptSubject().IsMatch(subject) && (head.Answers || ReceiptText().IsMatch(beginning)))
            || (BounceSubject().IsMatch(subject) && (BounceText().IsMatch(beginning) || (MailsSubject().IsMatch(subject) && (head.Answers || NotDelivered().IsMatch(beginning)))));
    }

    [GeneratedRegex(@"\b(oof|autoreply|all)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Suppressed();

    [GeneratedRegex(@"^(automatic reply|auto(matic)?[- ]?reply|autoreply|auto:|out of (the )?office( autoreply)?:|automatische antwort|abwesenheitsnotiz|abwesend:|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina:|resposta automática|risposta automatica|fuori sede:|automatisch antwoord|afwezig:|autosvar|automaattinen vastaus|autoodpowiedź|odpowiedź automatyczna|automatická odpověď|автоответ|автоматический ответ|otomatik yanıt|自动回复|自動返信|自動回覆|자동 응답)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex AbsenceSubject();

    [GeneratedRegex(@"out of (the |my )?office|on (annual |parental |sick )?leave|on (vacation|holiday)|limited access to|will (be back|return)|automat(ic|ed|isch|ique|ica|ico|isk)|nicht im (büro|haus)|außer haus|im urlaub|abwesen|wieder (erreichbar|für sie)|absent|de retour|en congé|fuera de la oficina|de vacaciones|fuori (sede|ufficio)|in ferie|de férias|ausente|afwezig|met vakantie|på semester|på ferie|lomalla|urlop|nieobecn|dovolen|отпуск|отсутств|izindeyim|休暇|不在|休假|휴가", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex AbsenceText();

    [GeneratedRegex(@"^((read|gelesen|lu|leído|letto|lida|gelezen|läst|læst|not read|ungelesen):|(accepted|declined|tentative|zugesagt|abgesagt):)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex ReceiptSubject();

    [GeneratedRegex(@"was (read|displayed) (on|by)|wurde .{0,60}(gelesen|angezeigt)|this (is an|(e-?mail|message|receipt) (was|is|has been)( created| generated| sent)?) automatic|(diese (e-?mail|nachricht|mitteilung) (wurde|ist)|dies ist eine) automatisch", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex ReceiptText();

    [GeneratedRegex(@"^((mail |message )?deliver(y|able)[ :].{0,40}(fail|status)|undeliver(ed|able)( mail)?\b.{0,20}(:|returned)|returned mail:|unzustellbar:|mail delivery (failed|system|subsystem))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex BounceSubject();

    /// <summary>Of a mail, and of no parcel.</summary>
    [GeneratedRegex(@"^((mail|message) deliver|undelivered mail|returned mail:)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex MailsSubject();

    /// <summary>Of a parcel too: a sign only below a subject that speaks of mail.</summary>
    [GeneratedRegex(@"(could not|couldn't|cannot|was not|wasn't) (be )?delivered|undeliver", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex NotDelivered();

    [GeneratedRegex(@"\b((your|this|following) (e-?mail|mail|message)|a message that you sent)( (to|with) .{0,80}?)? ((could not|couldn't|cannot|can't) be|(was|has|is) not( been)?|wasn't|hasn't been) delivered|(following|your|this) (e-?mail|mail|message)( to .{0,80}?)? (is|was|were) undeliver|(wasn't able|unable) to deliver (your|the following) (e-?mail|mail|message)|delivery status notification|delivery has failed to these|delivery to the following (recipient|e-?mail)|undelivered mail returned|this is a permanent (error|failure)|permanent fatal error|this (is an|(e-?mail|message|report) (was|is|has been)( created| generated)?) automatic|(diese (e-?mail|nachricht|mitteilung) (wurde|ist)|dies ist eine) automatisch|(ihre|die folgende|diese) (e-?mail|nachricht)( an .{0,80}?)? (konnte|wurde)( .{0,80}?)? nicht (zugestellt|übermittelt)|(\b5\d\d[ -]#?|#|status: ?)5\.\d{1,2}\.\d{1,3}\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex BounceText();
}
