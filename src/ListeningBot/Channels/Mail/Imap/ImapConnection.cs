using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>Opens the byte stream to the mail server: TCP, then TLS with a verified or pinned certificate, at once or when the server was asked for it.</summary>
internal static class ImapConnection
{
    /// <summary>Throws a ChannelException with the cure.</summary>
    public static async Task<Stream> OpenAsync(MailOptions options, TimeProvider time, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ReachAsync(socket, options, time, ct);
            LineProbe.Begin(socket);
            return options.Security switch
            {
                MailSecurity.Tls => await WithTlsAsync(new NetworkStream(socket, ownsSocket: true), options, ct),
                MailSecurity.StartTls => new NetworkStream(socket, ownsSocket: true),
                _ => Plain(socket, options),
            };
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw MailTrouble.NotReached(options, error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>However busy the server is, its system answers this at once.</summary>
    private static async Task ReachAsync(Socket socket, MailOptions options, TimeProvider time, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(options.Answer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw MailTrouble.Silent(options, options.Answer, "connecting");
        }
    }

    /// <summary>The name may have been checked already; what counts is where it led.</summary>
    private static NetworkStream Plain(Socket socket, MailOptions options)
    {
        var isLocal = socket.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        return isLocal
            ? new NetworkStream(socket, ownsSocket: true)
            : throw new Core.Pipeline.ChannelException($"{options.Host} is not on this machine: without TLS the password would be readable on the way. Set Security to Tls or StartTls.") { NeedsOperator = true };
    }

    public static async Task<Stream> WithTlsAsync(Stream plain, MailOptions options, CancellationToken ct)
    {
        Core.Pipeline.ChannelException? refused = null;
        var tls = new SslStream(plain);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.Host,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) => (refused = Judge(options, certificate, chain, errors)) is null,
                },
                ct);
            return tls;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            await tls.DisposeAsync();
            throw refused ?? MailTrouble.NoTls(options, error);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>Null when the certificate is to be trusted. A pinned one is trusted for what it is, whatever its name or authority.</summary>
    private static Core.Pipeline.ChannelException? Judge(MailOptions options, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var shown = certificate?.GetCertHashString(HashAlgorithmName.SHA256) ?? "";
        if (options.Pin is { } pin ? shown == pin : errors == SslPolicyErrors.None)
        {
            return null;
        }
        var flags = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return MailTrouble.BadCertificate(options, errors, flags, shown);
    }
}
