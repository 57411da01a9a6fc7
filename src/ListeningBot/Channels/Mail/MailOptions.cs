using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using ListeningBot.Configuration;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.Mail;

/// <summary>How the line to the mail server is kept from listeners.</summary>
public enum MailSecurity
{
    /// <summary>TLS from the first byte, certificate verified.</summary>
    Tls,

    /// <summary>The connection begins without TLS and goes on with it before anything is said; certificate verified. Never without.</summary>
    StartTls,

    /// <summary>Nothing; only for a server on this machine.</summary>
    None,
}

/// <summary>How the bot proves to the mail server who it is.</summary>
public enum MailSignIn
{
    /// <summary>By the mailbox's password.</summary>
    Password,

    /// <summary>By OAuth at Microsoft 365 or Outlook.com.</summary>
    Microsoft,

    /// <summary>By OAuth at Google Mail or Workspace.</summary>
    Google,

    /// <summary>By OAuth at the service that TokenAddress names.</summary>
    OAuth,
}

/// <summary>One mailbox, read by IMAP and never changed.</summary>
public sealed record MailOptions
{
    /// <summary>The IMAP server: "imap.example.com".</summary>
    [Description("The IMAP server: imap.example.com")]
    public string Host { get; init; } = "";

    /// <summary>Default 993; with <see cref="MailSecurity.StartTls"/> it is usually 143.</summary>
    [Description("Default: 993; with StartTls it is usually 143.")]
    [Range(1, 65535)]
    public int Port { get; init; } = 993;

    /// <summary>Default <see cref="MailSecurity.Tls"/>.</summary>
    [Description("StartTls begins without TLS, usually on port 143, and never goes on without it. None is only for a server on this machine.")]
    public MailSecurity Security { get; init; } = MailSecurity.Tls;

    /// <summary>Usually the whole mail address.</summary>
    [Description("Usually the whole mail address.")]
    public string User { get; init; } = "";

    /// <summary>Default <see cref="MailSignIn.Password"/>. The others want ClientId and RefreshToken.</summary>
    [Description("By the mailbox's password, or by OAuth (XOAUTH2) at Microsoft, Google or the service that TokenAddress names.")]
    public MailSignIn SignIn { get; init; } = MailSignIn.Password;

    /// <summary>The mailbox's password; an app password where the service has those.</summary>
    [Secret]
    [Description("Better in the environment or a credentials folder than here.")]
    public string Password { get; init; } = "";

    /// <summary>The application's id at the OAuth service.</summary>
    [Description("The application's id at the OAuth service.")]
    public string ClientId { get; init; } = "";

    /// <summary>The application's secret at the OAuth service, where it has one.</summary>
    [Secret]
    [Description("Its secret. Better in the environment or a credentials folder than here.")]
    public string ClientSecret { get; init; } = "";

    /// <summary>What the OAuth service gave when the mailbox's owner consented. One that the service hands out in its place is kept beside the store.</summary>
    [Secret]
    [Description("What the OAuth service gave when the mailbox's owner consented. Better in the environment or a credentials folder than here.")]
    public string RefreshToken { get; init; } = "";

    /// <summary>Where access tokens are asked for. Default: the service's own; of Microsoft "https://login.microsoftonline.com/common/oauth2/v2.0/token".</summary>
    [Description("Where access tokens are asked for. Default: the service's own.")]
    public Uri? TokenAddress { get; init; }

    /// <summary>What to ask for in an access token. Default for Microsoft: reading by IMAP; else nothing is said, and it is what the owner consented to.</summary>
    [Description("What to ask for in an access token. Default: for Microsoft reading by IMAP, else nothing is said.")]
    public string? Scope { get; init; }

    /// <summary>The folder of which new letters are heard at once; default "INBOX". Levels are parted as the server does it: "INBOX/Support".</summary>
    [Description("The folder of which new letters are heard at once. Default: INBOX.")]
    public string Folder { get; init; } = "INBOX";

    /// <summary>Further folders to read, looked at every 45 s at the latest where the server can push; default none.</summary>
    [Description("Further folders to read.")]
    [MaxLength(20)]
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Folders with what we have sent: answers there mark their cases answered. Default: those that the server marks as such.</summary>
    [Description("Folders with what we have sent: answers there mark their cases answered. Default: those that the server marks as such.")]
    [MaxLength(20)]
    public IReadOnlyList<string> SentFolders { get; init; } = [];

    /// <summary>False: sent mail is not read. Default true.</summary>
    [Description("false: sent mail is not read.")]
    public bool ReadSent { get; init; } = true;

    /// <summary>How often to look at all folders where the server can't push; default one minute.</summary>
    [Description("How often to look at all folders where the server can't push.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>SHA-256 of the one certificate to trust, for a server with a certificate of its own making; colons and spaces are allowed. Default: any that a public authority vouches for.</summary>
    [Description("Trust this one certificate only: its SHA-256 fingerprint.")]
    public string? CertificateSha256 { get; init; }

    /// <summary>How a canary gets into the mailbox; none by default.</summary>
    [Description("How a canary gets into the mailbox: sent through a mail server, as a customer's letter is.")]
    public MailCanaryOptions? Canary { get; init; }

    /// <summary>How long the server may take to connect, and to answer one command whole. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a sound line may take for what costs the server nothing. With <see cref="Silence"/> a dead one is found within ten seconds; a slow one is given longer after the second time (<see cref="Imap.ProbePatience"/>). Not to be configured.</summary>
    internal TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long to wait for the server's word before it is asked whether it is still there. Not to be configured.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>So long nothing may come while a command is being answered: then operators are told, and it is waited for all the same. Not to be configured.</summary>
    internal static readonly TimeSpan Unheard = TimeSpan.FromSeconds(8);

    /// <summary>How long to wait for the server's word before all folders are looked at. Not to be configured.</summary>
    internal static readonly TimeSpan Renewal = TimeSpan.FromSeconds(45);

    /// <summary>Whose letters are our own, by the watches. Not to be configured here.</summary>
    internal Ours Ours { get; init; } = Ours.Nobody;

    private const int MostFolders = 20;

    /// <summary>Keeps secrets out of logs.</summary>
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
            yield return new(nameof(Security), "is not known", "Use Tls, StartTls, or None for a server on this machine.");
        }
        if (options is { Security: MailSecurity.StartTls, Port: 993 })
        {
            yield return new(nameof(Port), "is 993, where TLS begins with the first byte", "Use Port 143 with StartTls, or Security Tls with 993.");
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
        var byToken = options.SignIn != MailSignIn.Password;
        (string Option, string Value, bool Needed, string What)[] given =
        [
            (nameof(User), options.User, true, "the mailbox's user name, usually its whole address"),
            (nameof(Password), options.Password, !byToken, "the mailbox's password, or an app password"),
            (nameof(ClientId), options.ClientId, byToken, "the application's id, as the OAuth service shows it"),
            (nameof(ClientSecret), options.ClientSecret, options.SignIn == MailSignIn.Google, "the application's secret, as Google shows it"),
            (nameof(RefreshToken), options.RefreshToken, byToken, "the refresh token that the OAuth service gave for this mailbox"),
        ];
        foreach (var (option, value, needed, what) in given)
        {
            if (value.Length == 0 && needed)
            {
                yield return new(option, "is missing", $"Give {what}.");
            }
            else if (value.Any(char.IsControl))
            {
                yield return new(option, "holds a line break or another control character", "Copy it again without the line's end.");
            }
        }
        if (!Enum.IsDefined(options.SignIn))
        {
            yield return new(nameof(SignIn), "is not known", "Use Password, Microsoft, Google or OAuth.");
        }
        if (options is { SignIn: MailSignIn.OAuth, TokenAddress: null })
        {
            yield return new(nameof(TokenAddress), "is missing", "Give the address where the OAuth service hands out access tokens.");
        }
        if (options.TokenAddress is { } address && !(address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            yield return new(nameof(TokenAddress), "would send the token unprotected, or is no address", "Give the address that begins with https://.");
        }
    }

    private static bool IsFolder(string name) => name.Length is > 0 and <= 500 && !name.Any(char.IsControl);

    private static IEnumerable<OptionProblem> Reading(MailOptions options)
    {
        if (!IsFolder(options.Folder))
        {
            yield return new(nameof(Folder), options.Folder.Length == 0 ? "is empty" : "is not a folder's name", "Use INBOX, or the folder's name as your mail program shows it.");
        }
        foreach (var (option, folders) in new[] { (nameof(Folders), options.Folders), (nameof(SentFolders), options.SentFolders) })
        {
            if (folders.Count > MostFolders || !folders.All(IsFolder))
            {
                yield return new(option, folders.Count > MostFolders ? $"names {folders.Count} folders" : "holds what is not a folder's name", $"Name at most {MostFolders} folders as your mail program shows them.");
            }
        }
        if (options.SentFolders.Intersect([options.Folder, .. options.Folders], StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
        {
            yield return new(nameof(SentFolders), $"holds \"{Text.OneLine(both, 80)}\", where customers' letters are read: all there would count as written by you", "Name only folders with what you have sent.");
        }
        if (options.Every < TimeSpan.FromSeconds(5) || options.Every > TimeSpan.FromDays(1))
        {
            yield return new(nameof(Every), $"is {options.Every}", "Give a pause between 00:00:05 and 1.00:00:00; 00:01:00 suits most.");
        }
    }

    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
