using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>A folder's state at one moment.</summary>
/// <param name="Validity">While it stays the same, uids mean the same letters.</param>
/// <param name="NextUid">What the next letter will get; null when the server does not say.</param>
/// <param name="Changes">Grows with each change in the folder (HIGHESTMODSEQ, RFC 7162); null where the server does not count them.</param>
internal sealed record FolderState(uint Validity, uint? NextUid, uint Count, ulong? Changes)
{
    /// <summary>No letter has come since: each takes the next uid, or, where that is not told, counts as a change.</summary>
    public bool HasNothingNewerThan(FolderState? before) =>
        NextUid is null ? this == before && Changes is not null : Validity == before?.Validity && NextUid == before.NextUid;
}

/// <summary>Heads that were read, and the uids whose letters the server or we could not make sense of.</summary>
internal sealed record Heads(IReadOnlyList<MailHead> Read, IReadOnlyList<uint> Unreadable);

/// <summary>
/// A signed-in connection to one mailbox, and all that the channel knows of IMAP: what another mail library would have to offer to take this folder's place.
/// Every method throws a ChannelException with its cure, <see cref="LostLineException"/> when a new connection may help.
/// </summary>
internal sealed class Mailbox : IAsyncDisposable
{
    private const int Many = 3;
    private readonly ImapClient _client;
    private readonly MailOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlySet<string> _can;
    private readonly bool _utf8;

    private Mailbox(ImapClient client, MailOptions options, TimeProvider time, IReadOnlySet<string> can, bool utf8) =>
        (_client, _options, _time, _can, _utf8, CanPush) = (client, options, time, can, utf8, can.Contains("IDLE"));

    /// <summary>The server says at once when a letter comes.</summary>
    public bool CanPush { get; private set; }

    /// <summary>The folder that is open, or null.</summary>
    public string? Open { get; private set; }

    /// <param name="tokens">Null when a password signs in.</param>
    /// <param name="unheard">Takes what to tell operators when the server lets us wait for long.</param>
    public static async Task<Mailbox> OpenAsync(MailOptions options, TimeProvider time, AccessTokens? tokens, Action<string> unheard, CancellationToken ct)
    {
        // Before the connection: a server may not wait long for somebody to sign in.
        var token = tokens is null ? null : await tokens.NextAsync(ct);
        var client = new ImapClient(await ConnectAsync(options, time, unheard, ct), options, time, ImapLimits.Default) { Unheard = unheard };
        try
        {
            var can = await SignInAsync(client, options, token, ct);
            var utf8 = can.Contains("UTF8=ACCEPT") && (await client.SendAsync("ENABLE UTF8=ACCEPT", ct)).End.IsOk;
            return new Mailbox(client, options, time, can, utf8);
        }
        catch (Exception error)
        {
            await client.DisposeAsync();
            if (error is not LostLineException)
            {
                tokens?.Forget();
            }
            throw;
        }
    }

    private static async Task<IReadOnlySet<string>> SignInAsync(ImapClient client, MailOptions options, AccessToken? token, CancellationToken ct)
    {
        var greeting = await client.GreetingAsync(ct);
        var can = ImapSignIn.CapabilitiesIn(greeting);
        if (options.Security == MailSecurity.StartTls)
        {
            if (greeting.Name == "PREAUTH")
            {
                throw MailTrouble.NoStartTls(options, "signed in already");
            }
            await client.StartTlsAsync(ct);
            can = null;
        }
        can ??= await ImapSignIn.CapabilitiesAsync(client, ct);
        return greeting.Name == "PREAUTH" ? can : await ImapSignIn.RunAsync(client, options, can, token, ct);
    }

    private static async Task<Stream> ConnectAsync(MailOptions options, TimeProvider time, Action<string> unheard, CancellationToken ct)
    {
        using var slow = time.CreateTimer(_ => unheard(MailTrouble.Silent(options, MailOptions.Unheard, "TLS").Message), null, MailOptions.Unheard, Timeout.InfiniteTimeSpan);
        using var late = new CancellationTokenSource(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await ImapConnection.OpenAsync(options, time, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw MailTrouble.Silent(options, options.Patience, "TLS");
        }
    }

    /// <summary>Opens the folder for reading only.</summary>
    public async Task<FolderState> ExamineAsync(string folder, CancellationToken ct)
    {
        Open = null;
        var answer = await _client.SendAsync($"EXAMINE {Wire(folder)}{(_can.Contains("CONDSTORE") ? " (CONDSTORE)" : "")}", ct);
        if (!answer.End.IsOk)
        {
            throw await WhyNotOpenedAsync(folder, answer.End, ct);
        }
        (Open, _client.HasNews) = (folder, false);
        return new FolderState(Uint(CodeNumber(answer, "UIDVALIDITY")) ?? 0, Uint(CodeNumber(answer, "UIDNEXT")), answer.Named("EXISTS").LastOrDefault()?.Number ?? 0, CodeNumber(answer, "HIGHESTMODSEQ"));
    }

    /// <summary>The state of a folder that is not open; null when the server does not tell it.</summary>
    public async Task<FolderState?> StateAsync(string folder, CancellationToken ct)
    {
        var answer = await _client.SendAsync($"STATUS {Wire(folder)} (UIDVALIDITY UIDNEXT MESSAGES{(_can.Contains("CONDSTORE") ? " HIGHESTMODSEQ" : "")})", ct);
        return answer.End.IsOk && answer.Named("STATUS").LastOrDefault()?.Values is [_, { IsList: true } told]
            ? new FolderState(Uint(Named(told, "UIDVALIDITY")) ?? 0, Uint(Named(told, "UIDNEXT")), Uint(Named(told, "MESSAGES")) ?? 0, Named(told, "HIGHESTMODSEQ"))
            : null;

        static ulong? Named(ImapValue pairs, string name) =>
            pairs.Items.Chunk(2).Where(pair => pair.Length == 2 && pair[0].Is(name)).Select(pair => ulong.TryParse(pair[1].Ascii, out var n) ? n : (ulong?)null).LastOrDefault();
    }

    /// <summary>
    /// Waits until the server tells of letters in the open folder, or <paramref name="enough"/> is over. After each silence it is asked whether it is there, so that a line over which
    /// nothing comes any more is found soon: one command, a few dozen bytes.
    /// </summary>
    /// <param name="mayPush">False: the server's word is not waited for.</param>
    public async Task WaitAsync(Task enough, bool mayPush, ProbePatience probes, CancellationToken ct)
    {
        try
        {
            await ListenAsync(enough, mayPush, probes, ct);
        }
        catch (LostLineException lost) when (lost.IsSilent)
        {
            probes.Silent();
            throw;
        }
    }

    private async Task ListenAsync(Task enough, bool mayPush, ProbePatience probes, CancellationToken ct)
    {
        for (var isOver = false; !isOver && !_client.HasNews;)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var silence = Task.WhenAny(enough, Task.Delay(MailOptions.Silence, _time, stop.Token));
            if (mayPush && CanPush)
            {
                CanPush = await _client.IdleAsync(silence, probes, ct);

                // A server may end its telling by itself, whatever has come.
                isOver = CanPush && !silence.IsCompleted;
            }
            else
            {
                await silence.WaitAsync(ct);
                await _client.ProveAsync(probes, ct);
            }
            isOver |= enough.IsCompleted || probes.WasTold;
            await stop.CancelAsync();
        }
    }

    /// <summary>Folders that the server marks as holding sent mail (RFC 6154), whatever their language calls them.</summary>
    public async Task<IReadOnlyList<string>> SentFoldersAsync(CancellationToken ct) => [.. (await FoldersAsync(ct)).Where(folder => folder.IsSent).Select(folder => folder.Name)];

    private async Task<IReadOnlyList<(string Name, bool IsSent)>> FoldersAsync(CancellationToken ct)
    {
        var answer = await _client.SendAsync(_can.Contains("SPECIAL-USE") ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"", ct);
        if (!answer.End.IsOk)
        {
            answer = await _client.SendAsync("LIST \"\" \"*\"", ct);
        }
        return [.. answer.Named("LIST")
            .Select(r => (Flags: r.Values.ElementAtOrDefault(0) ?? ImapNil.Value, Name: Charsets.Guess(r.Values.ElementAtOrDefault(2)?.Bytes ?? [])))
            .Where(r => r.Name.Length > 0 && !r.Flags.Items.Any(flag => flag.Is("\\Noselect") || flag.Is("\\NonExistent")))
            .Select(r => (_utf8 ? r.Name : FolderName.Decode(r.Name), r.Flags.Items.Any(flag => flag.Is("\\Sent"))))];
    }

    private async Task<Core.Pipeline.ChannelException> WhyNotOpenedAsync(string folder, ImapResponse refusal, CancellationToken ct)
    {
        var folders = (await FoldersAsync(ct)).Select(f => f.Name).ToList();
        return folders.Count > 0 && !folders.Contains(folder, StringComparer.OrdinalIgnoreCase)
            ? MailTrouble.NoFolder(_options, folder, folders)
            : MailTrouble.Refused(_options, $"to open the folder \"{Text.OneLine(folder, 100)}\"", refusal.Words);
    }

    /// <summary>Ascending uids of letters that came on this day (the server's own) or later.</summary>
    public Task<IReadOnlyList<uint>> SearchSinceAsync(DateOnly day, CancellationToken ct) =>
        SearchAsync($"SINCE {day.Day}-{MailDate.Months[day.Month - 1]}-{day.Year:0000}", ct);

    /// <summary>Ascending uids from <paramref name="from"/> to <paramref name="to"/>. "*" would always bring the last letter, so both ends are numbers.</summary>
    public Task<IReadOnlyList<uint>> SearchRangeAsync(uint from, uint to, CancellationToken ct) => SearchAsync($"UID {from}:{to}", ct);

    /// <summary>The highest uid in the folder, 0 when it is empty.</summary>
    public async Task<uint> LastUidAsync(CancellationToken ct) =>
        (await _client.SendAsync("UID FETCH * (UID)", ct)).Named("FETCH").Max(r => FetchData.Read(r.Values.FirstOrDefault() ?? ImapNil.Value).Uid) ?? 0;

    private async Task<IReadOnlyList<uint>> SearchAsync(string what, CancellationToken ct)
    {
        var answer = await _client.SendAsync($"UID SEARCH {what}", ct);
        if (!answer.End.IsOk || answer.Unreadable > 0)
        {
            throw MailTrouble.Refused(_options, "to look for letters", answer.End.Words);
        }
        var plain = answer.Named("SEARCH").SelectMany(r => r.Values).Select(v => v.Number).OfType<uint>();
        var sets = answer.Named("ESEARCH").SelectMany(r => r.Values.SkipWhile(v => !v.Is("ALL")).Skip(1).Take(1)).SelectMany(v => UidSet.Parse(v.Ascii ?? "", 1_000_000));
        return [.. plain.Concat(sets).Distinct().Order()];
    }

    /// <summary>Reads what the server knows of these letters; those that are gone meanwhile are in neither list.</summary>
    public async Task<Heads> HeadsAsync(IReadOnlyList<uint> uids, CancellationToken ct)
    {
        var answer = await FetchAsync($"{UidSet.Format(uids)} (UID INTERNALDATE ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS ({MailHead.WantedFields})])", ct);
        var told = answer.Named("FETCH").Select(r => r.Values.FirstOrDefault() ?? ImapNil.Value).ToList();
        var read = told.Select(MailHead.Read).OfType<MailHead>().Where(h => uids.Contains(h.Uid)).DistinctBy(h => h.Uid).ToList();
        if (answer.End.IsOk && answer.Unreadable == 0)
        {
            // Who is described by half is there all the same; an unasked change of flags describes nobody.
            var described = told.Select(FetchData.Read).Where(data => data["ENVELOPE"] is not null || data["BODYSTRUCTURE"] is not null).Select(data => data.Uid).OfType<uint>();
            return new Heads(read, [.. uids.Intersect(described).Except(read.Select(h => h.Uid))]);
        }
        var missing = uids.Except(read.Select(h => h.Uid)).ToList();
        return uids.Count == 1 ? new Heads(read, missing) : await OneByOneAsync(read, missing, answer.End, ct);
    }

    /// <summary>One letter that the server chokes on must not hide the others of its batch.</summary>
    private async Task<Heads> OneByOneAsync(List<MailHead> read, IReadOnlyList<uint> missing, ImapResponse refusal, CancellationToken ct)
    {
        var unreadable = new List<uint>();
        foreach (var uid in missing)
        {
            var one = await HeadsAsync([uid], ct);
            read.AddRange(one.Read);
            unreadable.AddRange(one.Unreadable);
        }
        ThrowWhenAllAreRefused(refusal, missing.Count, read.Count);
        return new Heads(read, unreadable);
    }

    /// <summary>A letter may defeat the server; that each of many does is the server's own fault, such as an ill disk: they are read once it is well.</summary>
    private void ThrowWhenAllAreRefused(ImapResponse refusal, int asked, int given)
    {
        if (!refusal.IsOk && !refusal.IsAboutGone && asked >= Many && given == 0)
        {
            throw MailTrouble.Refused(_options, "to give letters", refusal.Words);
        }
    }

    /// <summary>
    /// The beginning of one part of each letter, still in its transfer encoding. Letters whose part can't be had are left out; null where the server says that there is none. Either is
    /// also said of letters that were moved away meanwhile.
    /// </summary>
    public async Task<IReadOnlyDictionary<uint, byte[]?>> PartsAsync(IReadOnlyList<uint> uids, string section, int max, CancellationToken ct)
    {
        var answer = await FetchAsync($"{UidSet.Format(uids)} (UID BODY.PEEK[{section}]<0.{max}>)", ct);
        var parts = new Dictionary<uint, byte[]?>();
        foreach (var data in answer.Named("FETCH").Select(r => FetchData.Read(r.Values.FirstOrDefault() ?? ImapNil.Value)))
        {
            if (data is { Uid: { } uid, HasSection: true })
            {
                parts[uid] = data.Section is { } content && content.Length > max ? content[..max] : data.Section;
            }
        }
        if (uids.Count > 1 && !(answer.End.IsOk && answer.Unreadable == 0))
        {
            // One text that the server chokes on must not take the others with it.
            foreach (var uid in uids.Except(parts.Keys).ToList())
            {
                foreach (var (one, content) in await PartsAsync([uid], section, max, ct))
                {
                    parts[one] = content;
                }
            }
            ThrowWhenAllAreRefused(answer.End, uids.Count, parts.Count);
        }
        return parts;
    }

    /// <summary>Which of these ascending uids still lie in the open folder.</summary>
    public async Task<IReadOnlyList<uint>> StillThereAsync(IReadOnlyList<uint> uids, CancellationToken ct)
    {
        // A server may learn only now what others have moved or taken away.
        await _client.SendAsync("NOOP", ct);
        return await SearchAsync($"UID {UidSet.Format(uids)}", ct);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>What the server can't give just now is asked for later: letters must not be passed over for that.</summary>
    private async Task<ImapAnswer> FetchAsync(string what, CancellationToken ct)
    {
        var answer = await _client.SendAsync($"UID FETCH {what}", ct);
        return answer.End.IsRefusedForNow ? throw MailTrouble.Refused(_options, "to give letters", answer.End.Words) : answer;
    }

    private static ulong? CodeNumber(ImapAnswer answer, string code) =>
        answer.Data.Append(answer.End).Where(r => r.CodeName == code).Select(r => ulong.TryParse(r.CodeValue, out var n) ? n : (ulong?)null).LastOrDefault();

    private static uint? Uint(ulong? number) => number <= uint.MaxValue ? (uint)number : null;

    private string Wire(string folder) => Quoted(_utf8 ? folder : FolderName.Encode(folder));

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
