using System.ComponentModel;
using System.Net;
using System.Net.Mail;
using System.Text;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Mail;

/// <summary>How a canary is sent to the watched mailbox: as a customer's letter comes, through a mail server.</summary>
public sealed record MailCanaryOptions
{
    /// <summary>The mail server that takes letters for sending: "smtp.example.com".</summary>
    [Description("The mail server that takes letters for sending: smtp.example.com")]
    public string Host { get; init; } = "";

    /// <summary>Default 587. 465 (TLS from the first byte) is not possible.</summary>
    [Description("Default: 587. 465 is not possible.")]
    public int Port { get; init; } = 587;

    /// <summary>STARTTLS, with the certificate verified. Default true; false only for a server on this machine.</summary>
    [Description("STARTTLS; false only for a server on this machine.")]
    public bool Tls { get; init; } = true;

    /// <summary>Leave empty where the server asks for none.</summary>
    [Description("Empty where the server asks for none.")]
    public string User { get; init; } = "";

    [Secret]
    [Description("Better in the environment or a credentials folder than here.")]
    public string Password { get; init; } = "";

    /// <summary>Whom the letter is from: best an account elsewhere, so that it comes the way that customers' letters do.</summary>
    [Description("Whom the letter is from: best an account elsewhere.")]
    public string From { get; init; } = "";

    /// <summary>The watched address. Default: the channel's User, where that is an address.</summary>
    [Description("The watched address. Default: the channel's User.")]
    public string To { get; init; } = "";

    /// <summary>Keeps the password out of logs.</summary>
    public override string ToString() => $"canary by {Host}:{Port}";

    internal static IEnumerable<OptionProblem> Validate(MailOptions channel)
    {
        if (channel.Canary is not { } canary)
        {
            yield break;
        }
        if (Uri.CheckHostName(canary.Host) == UriHostNameType.Unknown)
        {
            yield return new("Canary:Host", "is missing or no host name", "Give the server that takes mail for sending, such as smtp.example.com.");
        }
        if (canary.Port is < 1 or > 65535 or 465)
        {
            yield return new("Canary:Port", canary.Port == 465 ? "is 465, where TLS begins with the first byte; that is not possible here" : $"is not a port: {canary.Port}", "Use 587.");
        }
        if (!canary.Tls && !MailOptions.IsLoopback(canary.Host))
        {
            yield return new("Canary:Tls", "would send letter and password unprotected", "Take it away; false is only for a server on this machine.");
        }
        if (!MailAddress.TryCreate(canary.From, out _))
        {
            yield return new("Canary:From", "is no mail address", "Give the address that the letter is sent from.");
        }
        if (!MailAddress.TryCreate(canary.AddressOf(channel), out _))
        {
            yield return new("Canary:To", "is no mail address, nor is User", "Give the address that customers write to.");
        }
    }

    internal string AddressOf(MailOptions channel) => To.Length > 0 ? To : channel.User;
}

/// <summary>Sends the letter. It stays in the mailbox: nothing there is ever changed.</summary>
internal sealed class MailCanary(MailOptions channel, MailCanaryOptions options) : ICanaryPath
{
    public async Task SendAsync(string id, string title, string text, CancellationToken ct)
    {
        using var letter = new MailMessage(options.From, options.AddressOf(channel), title, text) { BodyEncoding = Encoding.UTF8, SubjectEncoding = Encoding.UTF8 };
        letter.Headers.Add("X-ListeningBot-Canary", id);
        using var server = new SmtpClient(options.Host, options.Port)
        {
            EnableSsl = options.Tls,
            Credentials = options.User.Length > 0 ? new NetworkCredential(options.User, options.Password) : null,
        };
        try
        {
            await server.SendMailAsync(letter, ct);
        }
        catch (SmtpException e)
        {
            var why = e.InnerException is { } inner ? $"{e.StatusCode}, {inner.GetType().Name}" : e.StatusCode.ToString();
            throw new IOException($"{options.Host}:{options.Port} did not take the letter ({why}). Check the options of Canary: host, port, user and password, and that the server lets {options.From} send.", e);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new IOException($"No TLS with {options.Host}:{options.Port}: its certificate is not trusted. Add its authority to this machine's trusted ones.", e);
        }
    }
}
