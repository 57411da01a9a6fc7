using System.Text;
using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>The folder's state when it was opened.</summary>
/// <param name="Validity">While it stays the same, uids mean the same letters.</param>
/// <param name="NextUid">What the next letter will get; null when the server does not say.</param>
internal sealed record FolderState(uint Validity, uint? NextUid, uint Count);

/// <summary>Heads that were read, and the uids whose letters the server or we could not make sense of.</summary>
internal sealed record Heads(IReadOnlyList<MailHead> Read, IReadOnlyList<uint> Unreadable);

/// <summary>
/// A signed-in connection to one mailbox, and all that the channel knows of IMAP: what another mail library would have to offer to take this folder's place.
/// Every method throws a ChannelException with its cure, <see cref="LostLineException"/> when a new connection may help.
/// </summary>
internal sealed class Mailbox : IAsyncDisposable
{
    private readonly ImapClient _client;
    private readonly MailOptions _options;

    private Mailbox(ImapClient client, MailOptions options)
    {
        _client = client;
        _options = options;
    }

    public static async Task<Mailbox> OpenAsync(MailOptions options, TimeProvider time, CancellationToken ct)
    {
        var client = new ImapClient(await ConnectAsync(options, time, ct), options, time, ImapLimits.Default);
        try
        {
            var greeting = await client.GreetingAsync(ct);
            if (greeting.Name != "PREAUTH")
            {
                await ImapSignIn.RunAsync(client, options, greeting, ct);
            }
            return new Mailbox(client, options);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> ConnectAsync(MailOptions options, TimeProvider time, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await ImapConnection.OpenAsync(options, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw MailTrouble.Silent(options, options.Patience, "connecting");
        }
    }

    /// <summary>Opens the folder for reading only.</summary>
    public async Task<FolderState> ExamineAsync(CancellationToken ct)
    {
        var answer = await _client.SendAsync($"EXAMINE {Quoted(FolderName.Encode(_options.Folder))}", ct);
        if (!answer.End.IsOk)
        {
            throw await WhyNotOpenedAsync(answer.End, ct);
        }
        return new FolderState(CodeNumber(answer, "UIDVALIDITY") ?? 0, CodeNumber(answer, "UIDNEXT"), answer.Named("EXISTS").LastOrDefault()?.Number ?? 0);
    }

    private async Task<Core.Pipeline.ChannelException> WhyNotOpenedAsync(ImapResponse refusal, CancellationToken ct)
    {
        var list = await _client.SendAsync("LIST \"\" \"*\"", ct);
        var folders = list.Named("LIST")
            .Where(r => !(r.Values.FirstOrDefault()?.Items ?? []).Any(flag => flag.Is("\\Noselect") || flag.Is("\\NonExistent")))
            .Select(r => FolderName.Decode(Charsets.Guess(r.Values.ElementAtOrDefault(2)?.Bytes ?? []))).Where(name => name.Length > 0).ToList();
        return list.End.IsOk && !folders.Contains(_options.Folder, StringComparer.OrdinalIgnoreCase)
            ? MailTrouble.NoFolder(_options, folders)
            : MailTrouble.Refused(_options, $"to open the folder \"{_options.Folder}\"", refusal.Words);
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
        var read = answer.Named("FETCH").Select(r => MailHead.Read(r.Values.FirstOrDefault() ?? ImapNil.Value)).OfType<MailHead>().Where(h => uids.Contains(h.Uid)).DistinctBy(h => h.Uid).ToList();
        if (answer.End.IsOk && answer.Unreadable == 0)
        {
            return new Heads(read, []);
        }
        var missing = uids.Except(read.Select(h => h.Uid)).ToList();
        return uids.Count == 1 ? new Heads(read, missing) : await OneByOneAsync(read, missing, ct);
    }

    /// <summary>One letter that the server chokes on must not hide the others of its batch.</summary>
    private async Task<Heads> OneByOneAsync(List<MailHead> read, IReadOnlyList<uint> missing, CancellationToken ct)
    {
        var unreadable = new List<uint>();
        foreach (var uid in missing)
        {
            var one = await HeadsAsync([uid], ct);
            read.AddRange(one.Read);
            unreadable.AddRange(one.Unreadable);
        }
        return new Heads(read, unreadable);
    }

    /// <summary>The beginning of one part of each letter, still in its transfer encoding. Letters whose part can't be had are left out.</summary>
    public async Task<IReadOnlyDictionary<uint, byte[]>> PartsAsync(IReadOnlyList<uint> uids, string section, int max, CancellationToken ct)
    {
        var answer = await FetchAsync($"{UidSet.Format(uids)} (UID BODY.PEEK[{section}]<0.{max}>)", ct);
        var parts = new Dictionary<uint, byte[]>();
        foreach (var data in answer.Named("FETCH").Select(r => FetchData.Read(r.Values.FirstOrDefault() ?? ImapNil.Value)))
        {
            if (data is { Uid: { } uid, Section: { } content })
            {
                parts[uid] = content.Length > max ? content[..max] : content;
            }
        }
        return parts;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>What the server can't give just now is asked for later: letters must not be passed over for that.</summary>
    private async Task<ImapAnswer> FetchAsync(string what, CancellationToken ct)
    {
        var answer = await _client.SendAsync($"UID FETCH {what}", ct);
        return answer.End.IsRefusedForNow ? throw MailTrouble.Refused(_options, "to give letters", answer.End.Words) : answer;
    }

    private static uint? CodeNumber(ImapAnswer answer, string code) =>
        answer.Data.Append(answer.End).Where(r => r.CodeName == code).Select(r => uint.TryParse(r.CodeValue, out var n) ? n : (uint?)null).LastOrDefault();

    internal static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
