using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>
/// A small IMAP server with a few letters, without TLS, that can be told to answer as odd servers do. Real mailboxes are tried
/// against Dovecot; this is for what Dovecot does not do.
/// </summary>
internal sealed class LocalImap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _commands = [];

    public LocalImap()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public string Greeting { get; set; } = "* OK hello";
    public string Capabilities { get; set; } = "IMAP4rev1 AUTH=PLAIN SASL-IR";

    /// <summary>Said after a sign-in's proof, before its end; null: nothing.</summary>
    public string? Challenge { get; set; }
    public uint Validity { get; set; } = 7;
    public SortedDictionary<uint, string> Letters { get; } = [];

    /// <summary>Asked first: the whole answer but the tag, which it writes as "TAG"; an empty one closes the connection; null: as usual.</summary>
    public Func<string, string?> Instead { get; set; } = _ => null;

    /// <summary>All commands so far, without tags, literals in place.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_commands)
            {
                return [.. _commands];
            }
        }
    }

    /// <summary>What a FETCH says of one letter.</summary>
    public string Head(uint uid) =>
        $"* {uid} FETCH (UID {uid} INTERNALDATE \"02-Nov-2026 09:00:00 +0000\" ENVELOPE (NIL \"letter {uid}\" ((NIL NIL \"mia\" \"example.org\")) NIL NIL NIL NIL NIL NIL \"<l{uid}@x>\") BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" {Letters[uid].Length} 1) BODY[HEADER.FIELDS (X)] \"\")\r\n";

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server was taken away.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            using var lines = new StreamReader(stream, Encoding.Latin1);
            await SayAsync(stream, Greeting + "\r\n");
            var tag = "";
            while (await lines.ReadLineAsync(_end.Token) is { } line)
            {
                tag = line == "DONE" ? tag : line.Split(' ')[0];
                var command = await WholeAsync(stream, lines, line[(line.IndexOf(' ') + 1)..]);
                lock (_commands)
                {
                    _commands.Add(command);
                }
                var answer = Instead(command) ?? Usual(command);
                if (answer.Length == 0)
                {
                    return;
                }
                await SayAsync(stream, answer.Replace("TAG", tag, StringComparison.Ordinal));
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone.
        }
    }

    /// <summary>Asks for literals, and for the proof of a sign-in that did not come with the command; then says what it thinks of that.</summary>
    private async Task<string> WholeAsync(NetworkStream stream, StreamReader lines, string command)
    {
        var sent = command;
        for (var asked = command == "AUTHENTICATE LOGIN" ? 2 : sent.EndsWith('}') || command is "AUTHENTICATE PLAIN" or "AUTHENTICATE XOAUTH2" ? 1 : 0; asked > 0; asked--)
        {
            await SayAsync(stream, sent.EndsWith("+}", StringComparison.Ordinal) ? "" : "+ \r\n");
            sent = await lines.ReadLineAsync() ?? "";
            command = $"{command} {sent}";
            asked += sent.EndsWith('}') ? 1 : 0;
        }
        if (Challenge is { } challenge && command.StartsWith("AUTHENTICATE", StringComparison.Ordinal))
        {
            await SayAsync(stream, $"+ {challenge}\r\n");
            command = $"{command} [{await lines.ReadLineAsync()}]";
        }
        return command;
    }

    private static async Task SayAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    private string Usual(string command)
    {
        var words = command.Split(' ');
        return words[0] switch
        {
            "CAPABILITY" => $"* CAPABILITY {Capabilities}\r\nTAG OK\r\n",
            "IDLE" => "+ idling\r\n",
            "STATUS" => $"* STATUS {words[1]} (MESSAGES {Letters.Count} UIDNEXT {Letters.Keys.LastOrDefault() + 1} UIDVALIDITY {Validity})\r\nTAG OK\r\n",
            "EXAMINE" => $"* {Letters.Count} EXISTS\r\n* OK [UIDVALIDITY {Validity}]\r\n* OK [UIDNEXT {Letters.Keys.LastOrDefault() + 1}]\r\nTAG OK [READ-ONLY] done\r\n",
            "UID" when words[1] == "SEARCH" => $"* SEARCH {string.Join(' ', words[2] == "UID" ? Asked(words[3]) : Letters.Keys)}\r\nTAG OK\r\n",
            "UID" when command.Contains("ENVELOPE") => $"{string.Concat(Asked(words[2]).Select(Head))}TAG OK\r\n",
            "UID" when command.Contains("BODY.PEEK") => $"{string.Concat(Asked(words[2]).Select(uid => $"* {uid} FETCH (UID {uid} BODY[1]<0> {{{Letters[uid].Length}}}\r\n{Letters[uid]})\r\n"))}TAG OK\r\n",
            "UID" => $"{(Letters.Count == 0 ? "" : $"* 1 FETCH (UID {Letters.Keys.Last()})\r\n")}TAG OK\r\n",
            _ => "TAG OK done\r\n",
        };
    }

    private IEnumerable<uint> Asked(string set) => set.Split(',').Select(run => run.Split(':')).SelectMany(ends => Letters.Keys.Where(uid => uid >= uint.Parse(ends[0]) && uid <= uint.Parse(ends[^1]))).ToList();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        _end.Dispose();
    }
}
