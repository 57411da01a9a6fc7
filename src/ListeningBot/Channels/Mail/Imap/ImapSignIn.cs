using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>Signs in by one mechanism, once: several tries lock accounts.</summary>
internal static class ImapSignIn
{
    public static async Task RunAsync(ImapClient client, MailOptions options, ImapResponse greeting, CancellationToken ct)
    {
        var capabilities = await CapabilitiesAsync(client, greeting, ct);
        var answer = capabilities.Contains("AUTH=PLAIN") ? await PlainAsync(client, options, capabilities.Contains("SASL-IR"), ct)
            : capabilities.Contains("LOGINDISABLED") ? throw MailTrouble.NoWayToSignIn(options, capabilities.Where(c => c.StartsWith("AUTH=", StringComparison.Ordinal)))
            : await LoginAsync(client, options, ct);
        if (!answer.End.IsOk)
        {
            var alert = answer.Data.LastOrDefault(r => r.CodeName == "ALERT")?.Words;
            throw MailTrouble.SignInRefused(options, answer.End.CodeName, alert ?? answer.End.Words);
        }
    }

    private static async Task<HashSet<string>> CapabilitiesAsync(ImapClient client, ImapResponse greeting, CancellationToken ct)
    {
        var words = greeting.CodeName == "CAPABILITY"
            ? greeting.CodeValue.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : (await client.SendAsync("CAPABILITY", ct)).Named("CAPABILITY").SelectMany(r => r.Values).Select(v => v.Ascii ?? "");
        return new HashSet<string>(words, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>User and password as PLAIN sends them (RFC 4616).</summary>
    internal static string Proof(MailOptions options) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{options.User}\0{options.Password}"));

    private static Task<ImapAnswer> PlainAsync(ImapClient client, MailOptions options, bool atOnce, CancellationToken ct)
    {
        var proof = Proof(options);
        return atOnce ? client.SendAsync($"AUTHENTICATE PLAIN {proof}", ct) : client.SendAsync("AUTHENTICATE PLAIN", ct, $"{proof}\r\n");
    }

    /// <summary>As literals: a quoted string can't hold letters beyond ASCII.</summary>
    private static Task<ImapAnswer> LoginAsync(ImapClient client, MailOptions options, CancellationToken ct) =>
        client.SendAsync(
            $"LOGIN {{{Encoding.UTF8.GetByteCount(options.User)}}}",
            ct,
            $"{options.User} {{{Encoding.UTF8.GetByteCount(options.Password)}}}\r\n",
            $"{options.Password}\r\n");
}
