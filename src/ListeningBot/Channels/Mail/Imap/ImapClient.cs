using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>What a command brought: the data responses before its end, and how it ended.</summary>
/// <param name="Unreadable">Responses that could not be understood or were too long, and were left out.</param>
internal sealed record ImapAnswer(ImapResponse End, IReadOnlyList<ImapResponse> Data, int Unreadable)
{
    public IEnumerable<ImapResponse> Named(string name) => Data.Where(r => r.Name == name);
}

/// <summary>Sends one command at a time and gathers its answer. Every wait ends: by the answer, a time-out, or cancellation; after that the connection is of no more use.</summary>
internal sealed class ImapClient(Stream stream, MailOptions options, TimeProvider time, ImapLimits limits) : IAsyncDisposable
{
    private readonly ImapReader _reader = new(stream, limits);
    private int _tags;

    /// <summary>The first line that a server says, unasked.</summary>
    public Task<ImapResponse> GreetingAsync(CancellationToken ct) => WaitAsync("its greeting", async token =>
    {
        var greeting = await NextAsync(token);
        return greeting is { Tag: "*", Name: "OK" or "PREAUTH" } ? greeting : throw (greeting?.Name == "BYE" ? MailTrouble.SaidGoodbye(options, greeting.Words) : MailTrouble.NotImap(options, "no IMAP greeting"));
    }, ct);

    /// <summary>Runs a command to its end, whatever that is.</summary>
    /// <param name="continuations">What to send each time the server says "+", line end included.</param>
    public Task<ImapAnswer> SendAsync(string command, CancellationToken ct, params IReadOnlyList<string> continuations) =>
        WaitAsync(Verb(command), token => RunAsync($"L{++_tags}", command, continuations, token), ct);

    private async Task<ImapAnswer> RunAsync(string tag, string command, IReadOnlyList<string> continuations, CancellationToken ct)
    {
        _reader.BeginCommand();
        var data = new List<ImapResponse>();
        var (unreadable, continued) = (0, 0);
        await WriteAsync($"{tag} {command}\r\n", ct);
        while (true)
        {
            switch (await NextAsync(ct))
            {
                case null:
                    unreadable++;
                    break;
                case { } end when end.Tag == tag:
                    return new ImapAnswer(end, data, unreadable);
                case { Tag: "+" }:
                    await WriteAsync(continued < continuations.Count ? continuations[continued++] : "*\r\n", ct);
                    break;
                case { Name: "BYE" } bye when command != "LOGOUT":
                    throw MailTrouble.SaidGoodbye(options, bye.Words);
                case { } response:
                    data.Add(response);
                    break;
            }
        }
    }

    /// <summary>Null for a response that can't be understood.</summary>
    private async ValueTask<ImapResponse?> NextAsync(CancellationToken ct)
    {
        var (bytes, tooLong) = await _reader.ReadAsync(ct);
        try
        {
            return tooLong ? null : ImapResponse.Parse(bytes.Span);
        }
        catch (ImapFormatException)
        {
            return null;
        }
    }

    private async Task WriteAsync(string text, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await stream.FlushAsync(ct);
    }

    private async Task<T> WaitAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw MailTrouble.Silent(options, options.Patience, what);
        }
        catch (IOException error)
        {
            throw MailTrouble.Lost(options, error);
        }
        catch (ImapFormatException error)
        {
            throw MailTrouble.NotImap(options, error.Message);
        }
    }

    /// <summary>The command's name alone: its arguments may hold secrets.</summary>
    private static string Verb(string command)
    {
        var words = command.Split(' ', 3);
        return words[0] == "UID" && words.Length > 1 ? $"UID {words[1]}" : words[0];
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
