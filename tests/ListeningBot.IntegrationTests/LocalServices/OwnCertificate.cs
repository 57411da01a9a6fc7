using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A certificate for services on 127.0.0.1 that the program under test is told to trust, and nobody else.</summary>
internal static class OwnCertificate
{
    public static X509Certificate2 Made()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }

    /// <summary>The environment in which .NET on Linux trusts it.</summary>
    /// <param name="folder">Where its public part is written.</param>
    public static IReadOnlyDictionary<string, string> Trusting(X509Certificate2 certificate, string folder)
    {
        var file = Path.Combine(folder, "authority.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return new Dictionary<string, string> { ["SSL_CERT_FILE"] = file };
    }
}
