using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>
/// A real Dovecot (2.3) of one's own: IMAP over TLS with a certificate of its own making and LMTP, on free loopback ports, all files in a
/// folder that goes away with it. Any user signs in with <see cref="Password"/>. Should the test process die, so does the server.
/// </summary>
public sealed class LocalDovecot : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("dovecot-");
    private Process? _server;

    public string Host => "127.0.0.1";
    public int Port { get; } = Ports.Free();

    /// <summary>Where TLS begins with STARTTLS.</summary>
    public int PlainPort { get; } = Ports.Free();
    public int LmtpPort { get; } = Ports.Free();

    /// <summary>Who is asked whether an access token is good; null: XOAUTH2 is not offered.</summary>
    public Uri? TokenCheck { get; init; }
    public string User => "care@acme.example";
    public string Password => "correct-horse-42";

    /// <summary>How long from now its certificate is good; less than nothing for one that has run out.</summary>
    public TimeSpan CertificateLife { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Fingerprint of its certificate, 64 hex digits.</summary>
    public string CertificateSha256 { get; private set; } = "";

    public string LogText => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    /// <summary>The mailbox's Maildir.</summary>
    public string Maildir => Path.Combine(_home.FullName, "mail", User);

    private string LogFile => Path.Combine(_home.FullName, "dovecot.log");

    /// <summary>Null when a Dovecot that we can drive is installed, else the reason for Assert.Skip.</summary>
    public static string? WhyMissing()
    {
        if (Binary() is not { } binary)
        {
            return "Dovecot is not installed (Debian: apt-get install dovecot-imapd dovecot-lmtpd)";
        }
        var version = Output(binary, "--version");
        return version.StartsWith("2.3.", StringComparison.Ordinal) ? null : $"Dovecot {version} is installed; the test's settings are for 2.3";
    }

    public async Task StartAsync()
    {
        MakeFolders();
        MakeCertificate();
        await File.WriteAllTextAsync(Path.Combine(_home.FullName, "dovecot.conf"), DovecotSettings.Text(_home.FullName, Port, PlainPort, LmtpPort, Password, TokenCheck));
        if (TokenCheck is { } check)
        {
            await File.WriteAllTextAsync(Path.Combine(_home.FullName, "oauth2.conf"), DovecotSettings.TokenCheck(check));
        }
        await StartAgainAsync();
    }

    /// <summary>On the same ports, with the same mail.</summary>
    public async Task StartAgainAsync()
    {
        File.Delete(Path.Combine(_home.FullName, "run", "master.pid"));
        // In a session of its own, so that the group holds the server and all its children. The shell ends them when our end of its input closes, however we end.
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "sh", "-c", "\"$0\" -F -c \"$1\" & pid=$!; read -r line; kill $pid; wait $pid; kill -KILL 0", Binary()!, Path.Combine(_home.FullName, "dovecot.conf") })
        {
            start.ArgumentList.Add(argument);
        }
        _server = Process.Start(start)!;
        await UntilAsync(async () => await AnswersAsync(Port) && await AnswersAsync(LmtpPort), "start");
    }

    /// <summary>Starts again when stopped.</summary>
    public Task ResumeAsync() => _server is null ? StartAgainAsync() : Task.CompletedTask;

    /// <param name="kill">All its processes at once, as a crash; else it may take its leave.</param>
    public async Task StopAsync(bool kill)
    {
        if (_server is { } server)
        {
            _server = null;
            if (kill)
            {
                using var killing = Process.Start("kill", ["-KILL", "--", $"-{server.Id}"]);
                await killing.WaitForExitAsync();
            }
            server.StandardInput.Close();
            await server.WaitForExitAsync();
            server.Dispose();
            await UntilAsync(async () => !await AnswersAsync(Port) && !await AnswersAsync(LmtpPort), "stop");
        }
    }

    /// <summary>Holds all its processes where they are: the system goes on answering for them on TCP, and nobody speaks IMAP.</summary>
    public Task HoldAsync() => SignalAsync("STOP");

    /// <summary>Lets them go on.</summary>
    public Task LetGoAsync() => SignalAsync("CONT");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", $"-{_server!.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Hands a letter in by LMTP, as a mail relay would.</summary>
    /// <param name="rfc822">Header, empty line, text; any line ends; characters beyond 255 as UTF-8.</param>
    public Task DeliverAsync(string rfc822, string envelopeFrom = "mia@example.org") => Lmtp.DeliverAsync(LmtpPort, User, envelopeFrom, rfc822);

    /// <summary>Puts a letter into the folder "Gesendet", which the server marks as that of sent mail.</summary>
    public async Task SendAsync(string rfc822)
    {
        var start = new ProcessStartInfo("doveadm") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-c", Path.Combine(_home.FullName, "dovecot.conf"), "save", "-u", User, "-m", "Gesendet" })
        {
            start.ArgumentList.Add(argument);
        }
        using var doveadm = Process.Start(start)!;
        await doveadm.StandardInput.WriteAsync(rfc822.ReplaceLineEndings("\r\n"));
        doveadm.StandardInput.Close();
        var error = await doveadm.StandardError.ReadToEndAsync();
        await doveadm.WaitForExitAsync();
        if (doveadm.ExitCode != 0)
        {
            throw new InvalidOperationException($"doveadm: {error}");
        }
    }

    /// <summary>Puts letters straight into the mailbox: quick for thousands, and with a date of arrival.</summary>
    public void Put(IEnumerable<byte[]> letters, DateTimeOffset received, string folder = "new")
    {
        var number = 0;
        foreach (var letter in letters)
        {
            var name = $"{received.ToUnixTimeSeconds()}.M{number++:000000}P{Guid.NewGuid():N}.local";
            var file = Path.Combine(Maildir, "tmp", name);
            File.WriteAllBytes(file, letter);
            File.SetLastWriteTimeUtc(file, received.UtcDateTime);
            File.Move(file, Path.Combine(Maildir, folder, name));
        }
    }

    /// <summary>Forgets all uids, as a restored backup would; call while stopped.</summary>
    public void NumberAnew()
    {
        foreach (var file in Directory.GetFiles(Maildir, "dovecot*").Where(f => Path.GetFileName(f) is var name && (name == "dovecot-uidlist" || name.StartsWith("dovecot.index", StringComparison.Ordinal) || name.StartsWith("dovecot.list", StringComparison.Ordinal))))
        {
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(kill: true);
        _home.Delete(recursive: true);
    }

    /// <summary>The server's own users must get in, and write where the mail is.</summary>
    private void MakeFolders()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }
        File.SetUnixFileMode(_home.FullName, (UnixFileMode)0b111_101_101);
        _home.CreateSubdirectory("run");
        _home.CreateSubdirectory("state");
        File.SetUnixFileMode(_home.CreateSubdirectory("mail").FullName, (UnixFileMode)0b111_111_111);
    }

    private void MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-30), now + CertificateLife);
        File.WriteAllText(Path.Combine(_home.FullName, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_home.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        CertificateSha256 = certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    private async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var time = TimeProvider.System;
        for (var began = time.GetTimestamp(); !await holds();)
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"Dovecot did not {what}: {LogText}");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? Binary() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/usr/local/sbin")
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, "dovecot")).FirstOrDefault(File.Exists);

    private static string Output(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
