using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>What a command brought: the data responses before its end, and how it ended.</summary>
/// <param name="Unreadable">Responses that could not be understood or were too long, and were left out.</param>
internal sealed record ImapAnswer(ImapResponse End, IReadOnlyList<ImapResponse> Data, int Unreadable)
{
    public IEnumerable<ImapResponse> Named(string name) => Data.Where(r => r.Name == name);
}

/// <summary>Sends one command at a time and gathers its answer. Every wait ends: by the answer, a time-out, or cancellation; after a wait that failed the connection is of no more use.</summary>
internal sealed class ImapClient(Stream stream, MailOptions options, TimeProvider time, ImapLimits limits) : IAsyncDisposable
{
    private Stream _stream = stream;
    private ImapReader _reader = new(stream, limits);
    private int _tags;
    private ITimer? _slow;

    /// <summary>The server told how many letters the open folder holds since this was last set to false.</summary>
    public bool HasNews { get; set; }

    /// <summary>Told when nothing has come for long while an answer is waited for.</summary>
    public Action<string> Unheard { get; init; } = _ => { };

    /// <summary>What was sent and must not be told, also when the server repeats it.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];

    /// <summary>The first line that a server says, unasked.</summary>
    public Task<ImapResponse> GreetingAsync(CancellationToken ct) => WaitAsync("its greeting", options.Patience, async (token, _) =>
    {
        var greeting = await NextAsync(token);
        return greeting is { Tag: "*", Name: "OK" or "PREAUTH" } ? greeting : throw (greeting?.Name == "BYE" ? MailTrouble.SaidGoodbye(options, greeting.Words, Secrets) : MailTrouble.NotImap(options, "no IMAP greeting"));
    }, ct);

    /// <summary>Runs a command to its end, whatever that is.</summary>
    /// <param name="continuations">What to send each time the server says "+", line end included.</param>
    public Task<ImapAnswer> SendAsync(string command, CancellationToken ct, params IReadOnlyList<string> continuations) =>
        WaitAsync(Verb(command), options.Patience, (token, _) => RunAsync($"L{++_tags}", command, continuations, token), ct);

    /// <summary>Whether the line still stands: a sound one answers this at once.</summary>
    public Task ProveAsync(ProbePatience probes, CancellationToken ct) => WaitAsync("NOOP", probes.Within, async (token, _) =>
    {
        var asked = time.GetTimestamp();
        var answer = await RunAsync($"L{++_tags}", "NOOP", [], token);
        probes.Answered(time.GetElapsedTime(asked));
        return answer;
    }, ct);

    /// <summary>Goes on under TLS. What was said before, the server's abilities among it, anybody may have said: it is to be asked for again.</summary>
    public async Task StartTlsAsync(CancellationToken ct)
    {
        var answer = await SendAsync("STARTTLS", ct);
        if (!answer.End.IsOk)
        {
            throw MailTrouble.NoStartTls(options, answer.End.Words);
        }
        if (_reader.HasMore)
        {
            throw MailTrouble.SpokeBeforeTls(options);
        }
        _stream = await WaitAsync("TLS", options.Patience, (token, _) => ImapConnection.WithTlsAsync(_stream, options, token), ct);
        _reader = new ImapReader(_stream, limits);
    }

    /// <summary>Waits by IDLE (RFC 2177) until the server tells of letters or <paramref name="enough"/> is over, and ends it.</summary>
    /// <returns>False when the server refuses to.</returns>
    public Task<bool> IdleAsync(Task enough, ProbePatience probes, CancellationToken ct) => WaitAsync("IDLE", probes.Within, async (token, late) =>
    {
        var asked = time.GetTimestamp();
        var tag = $"L{++_tags}";
        _reader.BeginCommand();
        await WriteAsync($"{tag} IDLE\r\n", token);
        if (!await BeginsIdleAsync(tag, token))
        {
            return false;
        }
        var began = time.GetElapsedTime(asked);
        late.CancelAfter(Timeout.InfiniteTimeSpan);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = EndOfIdleAsync(tag, told, token);
        await Task.WhenAny(ended, told.Task, enough);
        asked = time.GetTimestamp();
        late.CancelAfter(probes.Within);
        Hears();
        if (!ended.IsCompleted)
        {
            await WriteAsync("DONE\r\n", token);
        }
        await ended;
        var end = time.GetElapsedTime(asked);
        probes.Answered(began > end ? began : end);
        return true;
    }, ct);

    private async Task<bool> BeginsIdleAsync(string tag, CancellationToken ct)
    {
        while (true)
        {
            var response = await NextAsync(ct);
            if (response is { Tag: "+" } || response?.Tag == tag)
            {
                return response.Tag == "+";
            }
            Note(response);
        }
    }

    private async Task EndOfIdleAsync(string tag, TaskCompletionSource told, CancellationToken ct)
    {
        while (true)
        {
            if (HasNews)
            {
                told.TrySetResult();
            }
            var response = await NextAsync(ct);
            _reader.BeginCommand();
            if (response?.Tag == tag)
            {
                return;
            }
            Note(response);
        }
    }

    private void Note(ImapResponse? response)
    {
        HasNews |= response is { Tag: "*", Name: "EXISTS" };
        if (response is { Tag: "*", Name: "BYE" })
        {
            throw MailTrouble.SaidGoodbye(options, response.Words, Secrets);
        }
    }

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
                case { } response:
                    Note(response);
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
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await _stream.FlushAsync(ct);
    }

    /// <param name="work">Is also given what ends it when it lasts too long, to change how long that is.</param>
    private async Task<T> WaitAsync<T>(string what, TimeSpan within, Func<CancellationToken, CancellationTokenSource, Task<T>> work, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        using var slow = within > MailOptions.Unheard ? time.CreateTimer(_ => Unheard(MailTrouble.Silent(options, MailOptions.Unheard, what).Message), null, MailOptions.Unheard, Timeout.InfiniteTimeSpan) : null;
        (_slow, _reader.Came) = (slow, Hears);
        try
        {
            return await work(either.Token, late);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw MailTrouble.Silent(options, within, what);
        }
        catch (IOException error)
        {
            throw MailTrouble.Lost(options, error);
        }
        catch (ImapFormatException error)
        {
            throw MailTrouble.TooMuch(options, error.Message);
        }
        finally
        {
            _slow = null;
        }
    }

    private void Hears() => _slow?.Change(MailOptions.Unheard, Timeout.InfiniteTimeSpan);

    /// <summary>The command's name alone: its arguments may hold secrets.</summary>
    private static string Verb(string command)
    {
        var words = command.Split(' ', 3);
        return words[0] == "UID" && words.Length > 1 ? $"UID {words[1]}" : words[0];
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
