using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A mail server that takes letters (RFC 5321) and hands them on; without TLS and sign-in, for this machine alone.</summary>
public sealed class LocalSmtp(Func<string, string, string, Task> deliver) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Takes no letter any more: answers 550.</summary>
    public bool Refuses { get; set; }

    public LocalSmtp Start()
    {
        _listener.Start();
        _serving = ServeAsync();
        return this;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test is over, or the client left.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var lines = new StreamReader(stream, Encoding.Latin1);
        var (from, to) = ("", "");
        await SayAsync(stream, "220 local");
        while (await lines.ReadLineAsync(_stop.Token) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            (from, to) = verb switch { "MAIL" => (AddressIn(line), to), "RCPT" => (from, AddressIn(line)), _ => (from, to) };
            if (verb == "DATA" && !Refuses)
            {
                await SayAsync(stream, "354 go on");
                await deliver(from, to, await LetterAsync(lines));
            }
            await SayAsync(stream, verb == "QUIT" ? "221 bye" : verb == "DATA" && Refuses ? "550 no" : "250 fine");
        }
    }

    private async Task<string> LetterAsync(StreamReader lines)
    {
        var letter = new StringBuilder();
        while (await lines.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            letter.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }
        return letter.ToString();
    }

    private static string AddressIn(string line) => line.Split('<')[1].Split('>')[0];

    private static Task SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }
}
