using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Mail;

/// <summary>The line to the server broke, or the server fell silent: another connection may work.</summary>
internal sealed class LostLineException(string message, Exception? inner = null) : ChannelException(message, inner)
{
    /// <summary>The connection is open for all we know, and nothing comes over it.</summary>
    public bool IsSilent { get; init; }
}

/// <summary>What can go wrong with a mailbox, in words for an operator, each with its cure.</summary>
internal static class MailTrouble
{
    public static ChannelException NotReached(MailOptions options, SocketException error)
    {
        var where = $"{options.Host}:{options.Port}";
        return error.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData => new ChannelException($"The mail server's name {options.Host} is not known. Check the option Host, and that this machine's name resolution works.", error),
            SocketError.TryAgain => new ChannelException($"The mail server's name {options.Host} can't be looked up now. Check this machine's name resolution if it lasts.", error),
            SocketError.ConnectionRefused => new ChannelException($"Nothing answers on {where}. Check the options Host and Port (IMAP over TLS is 993), and that the server runs.", error),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => new ChannelException($"No way through the network to {where}. Check this machine's network and firewall.", error),
            _ => new ChannelException($"No connection to {where} ({error.SocketErrorCode}). Check the network, and that the firewall lets this port out.", error),
        };
    }

    public static ChannelException Silent(MailOptions options, TimeSpan after, string what) =>
        new LostLineException($"{options.Host}:{options.Port} did not answer within {after.TotalSeconds:0} s ({what}). Check that the port {(options.Security == MailSecurity.StartTls ? "has STARTTLS (143 has; 993 wants Security Tls)" : "is for IMAP over TLS")}, that the firewall lets it out, and that the server is well.") { Passes = true, IsSilent = true };

    public static ChannelException Lost(MailOptions options, Exception? error = null) =>
        new LostLineException($"{options.Host}:{options.Port} closed the connection. If it lasts, look into the server's log.", error) { Passes = true };

    public static ChannelException Broken(MailOptions options, uint uid) =>
        new($"The connection to {options.Host} breaks each time the letter with uid {uid} is asked for, and no letter after it shows whether the line or the letter is to blame. If the line is good, move that letter out of the folder.");

    public static ChannelException SaidGoodbye(MailOptions options, string text, IReadOnlyList<string> secrets) =>
        new LostLineException($"{options.Host} ended the connection: \"{Text.OneLine(Without(secrets, text), 200)}\". If it lasts, ask the mail service.");

    /// <summary>Fewer letters at once may be little enough.</summary>
    public static ChannelException TooMuch(MailOptions options, string what) =>
        new LostLineException($"{options.Host}:{options.Port} said too much ({what}), so the connection was given up. If it lasts, look for letters with huge headers in the folder.");

    public static ChannelException NotImap(MailOptions options, string what) =>
        new($"{options.Host}:{options.Port} does not speak IMAP ({what}). Check the options Host and Port: the IMAP server's, not the one for sending mail or for webmail.");

    /// <param name="error">An <see cref="IOException"/> when the line was cut while they agreed on it.</param>
    public static ChannelException NoTls(MailOptions options, Exception error) =>
        new($"No TLS with {options.Host}:{options.Port}. {(options.Security == MailSecurity.StartTls ? "Set Security to Tls with Port 993 if the server has that, and check" : "Check that this port has TLS from the first byte (993 has; 143 has not, it may do with Security StartTls), and")} that no proxy stands between.", error) { Passes = error is IOException };

    public static ChannelException NoStartTls(MailOptions options, string said) =>
        new($"{options.Host}:{options.Port} refused STARTTLS: \"{Text.OneLine(said, 200)}\". Nothing was sent without TLS. Set Security to Tls with Port 993 if the server has that; else somebody on the way may be taking TLS away.") { NeedsOperator = true };

    public static ChannelException SpokeBeforeTls(MailOptions options) =>
        new($"{options.Host}:{options.Port} went on speaking without TLS after STARTTLS: somebody on the way may have added that. The connection was given up, and nothing was sent. Set Security to Tls with Port 993 if the server has that.");

    /// <param name="sha256">The shown certificate's fingerprint: public, and what an operator may pin.</param>
    public static ChannelException BadCertificate(MailOptions options, SslPolicyErrors errors, X509ChainStatusFlags chain, string sha256)
    {
        var pin = $"If it is your own server's certificate, compare its fingerprint there and set CertificateSha256 to {sha256}.";
        var what = errors switch
        {
            _ when options.Pin is not null => $"is not the pinned one. If it was renewed, compare the new fingerprint on the server and set CertificateSha256 to {sha256}.",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "is missing. Check the options Host and Port.",
            _ when chain.HasFlag(X509ChainStatusFlags.NotTimeValid) => "has run out or is not yet valid. Renew it on the server, and check this machine's clock.",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => $"is for another name than {options.Host}. Set Host to the name that the certificate holds. {pin}",
            _ when chain.HasFlag(X509ChainStatusFlags.Revoked) => "was revoked. Put a new one on the server.",
            _ => $"is vouched for by nobody whom this machine trusts. Add its authority to this machine's trusted ones. {pin}",
        };
        return new ChannelException($"The certificate of {options.Host}:{options.Port} {what}") { NeedsOperator = true };
    }

    /// <param name="said">The server's words; secrets are taken out of them, as they are and as they were sent.</param>
    public static ChannelException SignInRefused(MailOptions options, string? code, string said, AccessToken? token)
    {
        var words = Without(ImapSignIn.Secrets(options, token), said);
        var quoted = words.Length == 0 ? "" : $": \"{Text.OneLine(words, 200)}\"";
        var cure = token is null
            ? "Check User and Password; many services want an app password here and IMAP switched on."
            : "Check that User is the mailbox whose owner gave the RefreshToken, that IMAP is switched on for it, and that the consent covers IMAP.";
        return code is "UNAVAILABLE" or "LIMIT" or "INUSE" or "SERVERBUG" || token is { IsFresh: false }
            ? new ChannelException($"{options.Host} takes no sign-in now{quoted}. It is tried again later.")
            : new ChannelException($"{options.Host} refused to sign in {options.User}{quoted}. {cure} It was tried once only, so that the account is not locked.") { NeedsOperator = true };
    }

    /// <summary>Nothing is left where a secret is too short to be told from other words.</summary>
    private static string Without(IReadOnlyList<string> secrets, string said) =>
        secrets.Any(secret => secret.Length <= 3) ? "" : secrets.Aggregate(said, (words, secret) => words.Replace(secret, "***", StringComparison.Ordinal));

    public static ChannelException NoWayToSignIn(MailOptions options, IEnumerable<string> capabilities)
    {
        var offered = Text.OneLine(string.Join(", ", capabilities.Where(c => c.StartsWith("AUTH=", StringComparison.OrdinalIgnoreCase))), 120);
        var what = options.SignIn == MailSignIn.Password
            ? $"{options.Host} takes no password for IMAP (it offers: {offered}). Where that holds XOAUTH2, set SignIn to Microsoft, Google or OAuth; else switch on app passwords for this mailbox."
            : $"{options.Host} does not take XOAUTH2 (it offers: {offered}). Check Host, or set SignIn to Password.";
        return new ChannelException(what) { NeedsOperator = true };
    }

    public static ChannelException NoFolder(MailOptions options, string folder, IReadOnlyList<string> folders)
    {
        var there = folders.Count == 0 ? "none that may be read" : string.Join(", ", folders.Take(20).Select(f => Text.OneLine(f, 60))) + (folders.Count > 20 ? $" and {folders.Count - 20} more" : "");
        return new ChannelException($"There is no folder \"{Text.OneLine(folder, 100)}\" in the mailbox of {options.User}. Give one of those that exist: {there}.") { NeedsOperator = true };
    }

    public static ChannelException Refused(MailOptions options, string command, string said) =>
        new($"{options.Host} refused {command}: \"{Text.OneLine(said, 200)}\". If it lasts, ask the mail service.");
}
