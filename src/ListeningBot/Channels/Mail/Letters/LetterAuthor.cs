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
            : NobodysAddress.Is(from.Address) && !head.Fields.Has("List-Unsubscribe") && !head.Fields.Has("List-Id");
    }

    public static MailAddress? Of(MailHead head, bool isForm) => isForm ? head.ReplyTo : head.From;

    private static string DomainOf(MailAddress address) => address.Address[(address.Address.LastIndexOf('@') + 1)..];

    /// <summary>A service sends many customers' words from one address and says nowhere whose they are. On our own domain it is ourselves.</summary>
    public static bool IsNobody(MailAddress from, string? ownDomain) =>
        NobodysAddress.Is(from.Address) && DomainOf(from) is var domain && domain != ownDomain && !domain.EndsWith("." + ownDomain, StringComparison.Ordinal);
}
