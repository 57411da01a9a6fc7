using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Whether a letter brings words of another than the one who sends it.</summary>
internal enum LetterForm
{
    /// <summary>Who sent it wrote it.</summary>
    None,

    /// <summary>Some address sent it that wants answers to go to somebody quite different: most likely a form, perhaps a customer with two mailboxes.</summary>
    Relayed,

    /// <summary>A web form: sent from ourselves to ourselves, or from nobody's address.</summary>
    Sure,
}

/// <summary>Who wrote a letter. A web form sends every customer's words from one address: there the customer is whom it wants answered.</summary>
internal static class LetterAuthor
{
    /// <summary>Domains in which everybody may have a mailbox: who else is there is not of our house.</summary>
    private static readonly string[] Everybodys =
        ["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "icloud.com", "me.com", "aol.com", "proton.me", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "orange.fr", "free.fr", "libero.it"];

    /// <summary>What forms and offices are called, and no person.</summary>
    private static readonly string[] Roles = ["info", "mail", "mailer", "contact", "kontakt", "form", "forms", "office", "sales", "shop", "store", "support", "service", "hello", "team", "admin", "web", "website"];

    /// <param name="ownDomain">Our own mail domain; null where the mailbox's user name doesn't say: then it is that of the first whom the letter is written to.</param>
    /// <param name="isOurs">An address of ours, in whatever domain.</param>
    public static LetterForm FormOf(MailHead head, string? ownDomain, Predicate<MailAddress> isOurs)
    {
        if (head.From is not { } from || head.ReplyTo is not { } reply || reply.Address == from.Address || isOurs(reply) || (DomainOf(reply) == DomainOf(from) && !(isOurs(from) && IsEverybodys(DomainOf(from)))))
        {
            return LetterForm.None;
        }
        var isList = head.Fields.Has("List-Unsubscribe") || head.Fields.Has("List-Id");
        var own = ownDomain ?? (isList || head.To is null ? null : DomainOf(head.To));
        // Our own answers may name a help desk for answers: only what is written to ourselves is a form's.
        if (isOurs(from) || IsWithin(from, own))
        {
            return head.To is { } to && (isOurs(to) || IsWithin(to, ownDomain) || IsWithin(to, DomainOf(from))) && !IsWithin(reply, own) ? ownDomain is null && !isOurs(from) && !isOurs(to) ? LetterForm.Relayed : LetterForm.Sure : LetterForm.None;
        }
        return isList || IsWithin(reply, own) ? LetterForm.None
            : NobodysAddress.Is(from.Address) ? LetterForm.Sure
            : NobodysAddress.Is(reply.Address) || IsWithin(reply, DomainOf(from)) || IsSamePerson(from, reply) ? LetterForm.None
            : LetterForm.Relayed;
    }

    /// <summary>Where the form knows the name it stands beside either address; that of a shop or a service is nobody's.</summary>
    public static MailAddress? Of(MailHead head, LetterForm form) => form == LetterForm.None || head.ReplyTo is not { } reply ? head.From
        : reply.Name is null && head.From?.Name is { } name && WordsOf(name).Overlaps(WordsOf(LocalOf(reply))) ? reply with { Name = name }
        : reply;

    /// <summary>A service sends many customers' words from one address and says nowhere whose they are. On our own domain it is ourselves.</summary>
    public static bool IsNobody(MailAddress from, string? ownDomain) =>
        NobodysAddress.Is(from.Address) && DomainOf(from) is var domain && domain != ownDomain && !domain.EndsWith("." + ownDomain, StringComparison.Ordinal);

    private static bool IsEverybodys(string? domain) => domain is not null && Everybodys.Contains(domain, StringComparer.Ordinal);

    private static string DomainOf(MailAddress address) => address.Address[(address.Address.LastIndexOf('@') + 1)..];

    private static string LocalOf(MailAddress address) => address.Address[..Math.Max(0, address.Address.LastIndexOf('@'))];

    /// <summary>One of the two domains is, or lies below, the other (shop@www.acme.com beside care@acme.com), and it is a house's.</summary>
    private static bool IsWithin(MailAddress address, string? own) =>
        own is { Length: > 0 } && !IsEverybodys(own) && DomainOf(address) is var domain && (domain == own || domain.EndsWith("." + own, StringComparison.Ordinal) || own.EndsWith("." + domain, StringComparison.Ordinal));

    /// <summary>mia.lang@work and mia@home, "Mia Lang" mlang84@home and mia.lang@work: she stays known by the address that she writes from. A relay's address holds nothing of the name beside it.</summary>
    private static bool IsSamePerson(MailAddress from, MailAddress reply) => WordsOf(LocalOf(from)).Overlaps(WordsOf(LocalOf(reply))) || (IsNamedLike(from, from.Name) && IsNamedLike(reply, from.Name));

    private static bool IsNamedLike(MailAddress address, string? name) => name is not null && WordsOf(name).Any(word => LocalOf(address).Contains(word, StringComparison.Ordinal));

    private static HashSet<string> WordsOf(string name) =>
        [.. string.Concat(name.Select(c => char.IsLetter(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ').Where(word => word.Length >= 3).Except(Roles)];
}
