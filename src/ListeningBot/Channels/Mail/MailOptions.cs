using System.Net;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Mail;

/// <summary>How the line to the mail server is kept from listeners.</summary>
public enum MailSecurity
{
    /// <summary>TLS from the first byte, certificate verified.</summary>
    Tls,

    /// <summary>Nothing; only for a server on this machine.</summary>
    None,
}

/// <summary>One folder of one mailbox, read by IMAP and never changed.</summary>
public sealed record MailOptions
{
    /// <summary>The IMAP server: "imap.example.com".</summary>
    public string Host { get; init; } = "";

    /// <summary>Default 993.</summary>
    public int Port { get; init; } = 993;

    /// <summary>Default <see cref="MailSecurity.Tls"/>.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.Tls;

    /// <summary>Usually the whole mail address.</summary>
    public string User { get; init; } = "";

    /// <summary>The mailbox's password; an app password where the service has those.</summary>
    [Secret]
    public string Password { get; init; } = "";

    /// <summary>Default "INBOX". Levels are parted as the server does it: "INBOX/Support".</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>How often to look for new mail; default one minute.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>SHA-256 of the one certificate to trust, for a server with a certificate of its own making; colons and spaces are allowed. Default: any that a public authority vouches for.</summary>
    public string? CertificateSha256 { get; init; }

    /// <summary>How a canary gets into the mailbox; none by default.</summary>
    public MailCanaryOptions? Canary { get; init; }

    /// <summary>How long the server may take to connect, and to answer one command whole. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Keeps the password out of logs.</summary>
    public override string ToString() => $"{User} at {Host}:{Port}, folder {Folder}";

    /// <summary>The pinned fingerprint as 64 upper-case hex digits, or null.</summary>
    internal string? Pin => string.IsNullOrWhiteSpace(CertificateSha256)
        ? null
        : CertificateSha256.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    internal static IEnumerable<OptionProblem> Validate(MailOptions options) =>
        [.. Server(options), .. Account(options), .. Reading(options), .. MailCanaryOptions.Validate(options)];

    private static IEnumerable<OptionProblem> Server(MailOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            yield return new(nameof(Host), options.Host.Length == 0 ? "is missing" : $"is not a host name: \"{Text.OneLine(options.Host, 80)}\"", "Give the name of your IMAP server, such as imap.example.com, without imap:// and without a port.");
        }
        if (options.Port is < 1 or > 65535)
        {
            yield return new(nameof(Port), $"is not a port: {options.Port}", "Use 993, unless your mail service says otherwise.");
        }
        if (!Enum.IsDefined(options.Security))
        {
            yield return new(nameof(Security), "is not known", "Use Tls, or None for a server on this machine.");
        }
        if (options.Security == MailSecurity.None && !IsLoopback(options.Host))
        {
            yield return new(nameof(Security), $"would send the password unprotected to {Text.OneLine(options.Host, 80)}", "Remove it, so that TLS is used; None is only for a server on this machine.");
        }
        if (options.Pin is { } pin && (pin.Length != 64 || !pin.All(char.IsAsciiHexDigit)))
        {
            yield return new(nameof(CertificateSha256), "is not a SHA-256 fingerprint", "Give 64 hex digits, as shown by: openssl x509 -in cert.pem -noout -fingerprint -sha256");
        }
    }

    private static IEnumerable<OptionProblem> Account(MailOptions options)
    {
        foreach (var (option, value, what) in new[] { (nameof(User), options.User, "the mailbox's user name, usually its whole address"), (nameof(Password), options.Password, "the mailbox's password, or an app password") })
        {
            if (value.Length == 0)
            {
                yield return new(option, "is missing", $"Give {what}.");
            }
            else if (value.Any(char.IsControl))
            {
                yield return new(option, "holds a line break or another control character", "Copy it again without the line's end.");
            }
        }
    }

    private static IEnumerable<OptionProblem> Reading(MailOptions options)
    {
        if (options.Folder.Length is 0 or > 500 || options.Folder.Any(char.IsControl))
        {
            yield return new(nameof(Folder), options.Folder.Length == 0 ? "is empty" : "is not a folder's name", "Use INBOX, or the folder's name as your mail program shows it.");
        }
        if (options.Every < TimeSpan.FromSeconds(5) || options.Every > TimeSpan.FromDays(1))
        {
            yield return new(nameof(Every), $"is {options.Every}", "Give a pause between 00:00:05 and 1.00:00:00; 00:01:00 suits most.");
        }
    }

    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
