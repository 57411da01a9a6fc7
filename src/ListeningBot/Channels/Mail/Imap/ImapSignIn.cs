using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>Signs in by one mechanism, once: several tries lock accounts.</summary>
internal static class ImapSignIn
{
    /// <param name="offered">What the server can do before it knows us.</param>
    /// <param name="token">The access token for XOAUTH2; null to sign in by password.</param>
    /// <returns>What it can do now.</returns>
    public static async Task<IReadOnlySet<string>> RunAsync(ImapClient client, MailOptions options, IReadOnlySet<string> offered, AccessToken? token, CancellationToken ct)
    {
        client.Secrets = Secrets(options, token);
        var answer = await (token is null ? ByPasswordAsync(client, options, offered, ct) : ByTokenAsync(client, options, offered, token.Value, ct));
        if (!answer.End.IsOk)
        {
            var alert = answer.Data.LastOrDefault(r => r.CodeName == "ALERT")?.Words;
            throw MailTrouble.SignInRefused(options, answer.End.CodeName, alert ?? answer.End.Words, token);
        }
        return CapabilitiesIn(answer) ?? await CapabilitiesAsync(client, ct);
    }

    public static async Task<IReadOnlySet<string>> CapabilitiesAsync(ImapClient client, CancellationToken ct) =>
        CapabilitiesIn(await client.SendAsync("CAPABILITY", ct)) ?? new HashSet<string>();

    /// <summary>What stands in the code of a greeting or a good end; null when it names no capabilities.</summary>
    public static IReadOnlySet<string>? CapabilitiesIn(ImapResponse response) =>
        response.CodeName == "CAPABILITY" ? Set(response.CodeValue.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : null;

    private static IReadOnlySet<string>? CapabilitiesIn(ImapAnswer answer) =>
        CapabilitiesIn(answer.End) ?? (answer.Named("CAPABILITY").LastOrDefault() is { } told ? Set(told.Values.Select(v => v.Ascii ?? "")) : null);

    private static HashSet<string> Set(IEnumerable<string> words) => new(words, StringComparer.OrdinalIgnoreCase);

    private static Task<ImapAnswer> ByPasswordAsync(ImapClient client, MailOptions options, IReadOnlySet<string> offered, CancellationToken ct) =>
        offered.Contains("AUTH=PLAIN") ? SendProofAsync(client, "PLAIN", Proof(options), offered, ct)
        : !offered.Contains("LOGINDISABLED") ? LoginAsync(client, options, offered, ct)
        : offered.Contains("AUTH=LOGIN") ? client.SendAsync("AUTHENTICATE LOGIN", ct, $"{Base64(options.User)}\r\n", $"{Base64(options.Password)}\r\n")
        : throw MailTrouble.NoWayToSignIn(options, offered);

    private static Task<ImapAnswer> ByTokenAsync(ImapClient client, MailOptions options, IReadOnlySet<string> offered, string token, CancellationToken ct) =>
        offered.Contains("AUTH=XOAUTH2") ? SendProofAsync(client, "XOAUTH2", TokenProof(options, token), offered, ct) : throw MailTrouble.NoWayToSignIn(options, offered);

    /// <summary>With the command where the server takes it so. The empty line answers what XOAUTH2 says of a token before it refuses it.</summary>
    private static Task<ImapAnswer> SendProofAsync(ImapClient client, string mechanism, string proof, IReadOnlySet<string> offered, CancellationToken ct) =>
        offered.Contains("SASL-IR")
            ? client.SendAsync($"AUTHENTICATE {mechanism} {proof}", ct, "\r\n")
            : client.SendAsync($"AUTHENTICATE {mechanism}", ct, $"{proof}\r\n", "\r\n");

    /// <summary>What the server must not be quoted with: the secret in all forms in which it may have been sent, those first that hold others.</summary>
    public static IReadOnlyList<string> Secrets(MailOptions options, AccessToken? token) =>
        token is null ? [Proof(options), Base64(options.Password), options.Password] : [TokenProof(options, token.Value), token.Value];

    /// <summary>User and password as PLAIN sends them (RFC 4616).</summary>
    private static string Proof(MailOptions options) => Base64($"\0{options.User}\0{options.Password}");

    /// <summary>User and token as XOAUTH2 sends them (developers.google.com/gmail/imap/xoauth2-protocol).</summary>
    private static string TokenProof(MailOptions options, string token) => Base64($"user={options.User}\u0001auth=Bearer {token}\u0001\u0001");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>As literals: a quoted string can't hold letters beyond ASCII. Where the server allows it (RFC 7888) without waiting for its word each time.</summary>
    private static Task<ImapAnswer> LoginAsync(ImapClient client, MailOptions options, IReadOnlySet<string> offered, CancellationToken ct)
    {
        var (user, password) = (Encoding.UTF8.GetByteCount(options.User), Encoding.UTF8.GetByteCount(options.Password));
        var atOnce = offered.Contains("LITERAL+") || (offered.Contains("LITERAL-") && user <= 4096 && password <= 4096);
        return atOnce
            ? client.SendAsync($"LOGIN {{{user}+}}\r\n{options.User} {{{password}+}}\r\n{options.Password}", ct)
            : client.SendAsync($"LOGIN {{{user}}}", ct, $"{options.User} {{{password}}}\r\n", $"{options.Password}\r\n");
    }
}
