using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>Delivers one letter (RFC 2033).</summary>
internal static class Lmtp
{
    public static async Task DeliverAsync(int port, string to, string from, string rfc822)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.UTF8);
        await ExpectAsync(answers, '2', "greeting");
        foreach (var command in new[] { "LHLO test", $"MAIL FROM:<{from}>", $"RCPT TO:<{to}>", "DATA" })
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
            await ExpectAsync(answers, command == "DATA" ? '3' : '2', command);
        }
        var lines = rfc822.ReplaceLineEndings("\n").Split('\n').Select(line => line.StartsWith('.') ? "." + line : line);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n.\r\n"));
        await ExpectAsync(answers, '2', "the letter");
        await stream.WriteAsync("QUIT\r\n"u8.ToArray());
    }

    private static async Task ExpectAsync(StreamReader answers, char kind, string after)
    {
        string? line;
        do
        {
            line = await answers.ReadLineAsync();
        }
        while (line is { Length: > 3 } && line[3] == '-');
        if (line is null || line[0] != kind)
        {
            throw new InvalidOperationException($"LMTP answered {after}: {line}");
        }
    }
}
