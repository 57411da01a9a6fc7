using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Who wrote a letter. A web form sends every customer's words from one address, ours or "no-reply": there the customer is whom it wants answered.</summary>
internal static class LetterAuthor
{
    /// <param name="ownDomain">Our own mail domain, or null.</param>
    public static bool IsForm(MailHead head, string? ownDomain)
    {
        if (head.From is not { } from || head.ReplyTo is not { } reply || DomainOf(reply) == DomainOf(from))
        {
            return false;
        }
        // Our own answers may name a help desk for answers: only what is written to ourselves is a form's.
        return ownDomain is not null && DomainOf(from) == ownDomain
            ? head.To is { } to && DomainOf(to) == ownDomain && DomainOf(reply) != ownDomain
            : IsNobody(from) && !head.Fields.Has("List-Unsubscribe") && !head.Fields.Has("List-Id");
    }

    public static MailAddress? Of(MailHead head, bool isForm) => isForm ? head.ReplyTo : head.From;

    private static string DomainOf(MailAddress address) => address.Address[(address.Address.LastIndexOf('@') + 1)..];

    private static bool IsNobody(MailAddress from) => from.Address.Split('@')[0].Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal) is var name
        && (name.StartsWith("noreply", StringComparison.Ordinal) || name.StartsWith("donotreply", StringComparison.Ordinal) || name.EndsWith("noreply", StringComparison.Ordinal) || name is "nobody" or "wordpress" or "webform" or "contactform" or "kontaktformular" or "formular" or "formsubmit");
}
