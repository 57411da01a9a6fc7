using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

/// <summary>The one connection to a mailbox: goes round its folders, waits for the server's word in between, and is opened again when it breaks.</summary>
internal sealed class MailLine(ChannelContext context, MailOptions options, MailCursor cursor, AccessTokens? tokens) : IAsyncDisposable
{
    /// <summary>A connection that ends sooner than this in waiting, or does not answer when it is asked the first time, does not bear it; after a few of those it is not tried for a while. A network that was bad for a minute looks the same.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NoWaiting = TimeSpan.FromMinutes(10);
    private const int MostShortWaits = 3;

    private readonly ILogger _log = context.Logs.CreateLogger<MailChannel>();
    private readonly Backoff _vainPause = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
    private readonly Backoff _brokenPause = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2));
    private readonly Dictionary<string, MailFolder> _folders = [];
    private readonly Dictionary<string, string?> _found = [];
    private Mailbox? _mailbox;
    private List<FolderReader> _readers = [];
    private int _at;
    private int _vain;
    private int _broken;
    private readonly ProbePatience _probes = new(options);
    private int _shortWaits;
    private long _lastShortWait;
    private bool _isUnheard;

    public Cursor Cursor => cursor.ToCursor();

    /// <summary>Operators were told that nothing is heard, since this was asked last: what is heard now takes that back.</summary>
    public bool WasUnheard() => Interlocked.Exchange(ref _isUnheard, false);

    /// <summary>The next letters of this round; null when all folders are read.</summary>
    public async Task<FolderStep?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            var isFresh = _mailbox is null;
            try
            {
                await OpenAsync(ct);
                var step = await StepAsync(ct);
                _broken = 0;
                return step;
            }
            catch (LostLineException lost) when (!isFresh || Reading?.Current.Count > 0)
            {
                await BrokeAsync(lost);
                if (_folders.Values.Any(folder => folder.IsHopeless))
                {
                    throw;
                }
                await Task.Delay(_brokenPause.Next(_broken++), context.Time, ct);
            }
            catch
            {
                await CloseAsync();
                throw;
            }
        }
    }

    /// <summary>Until the server tells of letters in the first folder, or it is time to look at all. What broke is found out meanwhile, and opened again in the next round.</summary>
    /// <param name="news">The last round brought something.</param>
    public async Task WaitAsync(bool news, CancellationToken ct)
    {
        _vain = news ? 0 : _vain;
        await Task.Delay(_vainPause.Next(_vain), context.Time, ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var enough = context.NextPoll(_mailbox!.CanPush && options.Every > MailOptions.Renewal ? MailOptions.Renewal : options.Every, stop.Token);
        try
        {
            await RestAsync(enough, ct);
            _vain = enough.IsCompleted ? 0 : _vain + 1;
        }
        finally
        {
            await stop.CancelAsync();
            await enough.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        ct.ThrowIfCancellationRequested();
        if (enough.IsFaulted)
        {
            await enough;
        }
    }

    private async Task RestAsync(Task enough, CancellationToken ct)
    {
        var began = context.Time.GetTimestamp();
        var shortWait = ShortWait + (_probes.Within - options.Answer);
        var mayPush = _shortWaits < MostShortWaits || context.Time.GetElapsedTime(_lastShortWait) >= NoWaiting;
        try
        {
            if (await _readers[0].OpenAsync(ct) && !_isUnheard)
            {
                await _mailbox!.WaitAsync(enough, mayPush, _probes, ct);
            }
            _shortWaits = mayPush ? 0 : _shortWaits;
        }
        catch (LostLineException lost)
        {
            if (context.Time.GetElapsedTime(began) < shortWait)
            {
                (_shortWaits, _lastShortWait) = (_shortWaits + 1, context.Time.GetTimestamp());
            }
            await BrokeAsync(lost);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    private FolderReader? Reading => _at < _readers.Count ? _readers[_at] : null;

    private async Task<FolderStep?> StepAsync(CancellationToken ct)
    {
        for (; Reading is { } reader; _at++)
        {
            var step = _at == 0 ? await reader.NextAsync(ct) : await OfFurtherAsync(reader, ct);
            if (reader.Folder.Place is { } place)
            {
                cursor.Set(place);
            }
            if (step is not null)
            {
                return step;
            }
        }
        _at = 0;
        await context.Looked(new PlacesLook([.. _readers.Select(reader => PlaceOf(reader.Folder))], _found), ct);
        return null;
    }

    private static string PlaceOf(MailFolder folder) => "folder " + folder.Name;

    /// <summary>A further folder that can't be read must not keep the first one from being heard.</summary>
    private async Task<FolderStep?> OfFurtherAsync(FolderReader reader, CancellationToken ct)
    {
        try
        {
            var step = await reader.NextAsync(ct);
            _found[PlaceOf(reader.Folder)] = null;
            return step;
        }
        catch (ChannelException trouble) when (trouble is not LostLineException)
        {
            reader.Forget();
            _found[PlaceOf(reader.Folder)] = trouble.Message;
            if (!reader.Folder.IsPassedOver)
            {
                reader.Folder.IsPassedOver = true;
                _log.FolderPassedOver(context.Name, reader.Folder.Name, trouble.Message);
            }
            return null;
        }
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        if (_mailbox is not null)
        {
            return;
        }
        _at = 0;
        var mailbox = _mailbox = await Mailbox.OpenAsync(options, context.Time, tokens, Unheard, ct);
        var folders = await FoldersAsync(mailbox, options, ct);
        cursor.Keep([.. folders.Select(folder => FolderPlace.Hash(options.User, folder.Name))]);
        _readers = [.. folders.Select(folder => new FolderReader(mailbox, Known(folder.Name, folder.IsSent), folders.Any(other => !other.IsSent && other.Name != folder.Name), options, context, _log))];
    }

    private MailFolder Known(string name, bool isSent) =>
        _folders.TryGetValue(name, out var known) ? known : _folders[name] = new MailFolder(name, isSent, cursor.PlaceOf(FolderPlace.Hash(options.User, name)));

    /// <summary>The folders to read, the one that is waited for first, those of sent mail last: an answer must find its case.</summary>
    public static async Task<IReadOnlyList<(string Name, bool IsSent)>> FoldersAsync(Mailbox mailbox, MailOptions options, CancellationToken ct)
    {
        IReadOnlyList<string> sent = !options.ReadSent ? [] : options.SentFolders.Count > 0 ? options.SentFolders : await mailbox.SentFoldersAsync(ct);
        string[] all = [options.Folder, .. options.Folders.Except(sent), .. sent];
        return [.. all.Distinct(StringComparer.Ordinal).Select(name => (name, sent.Contains(name, StringComparer.Ordinal)))];
    }

    private void Unheard(string why)
    {
        // Told first: who asks in between must not take back what is told only then.
        context.Unheard(why);
        _isUnheard = true;
    }

    /// <summary>Who closes a connection can be connected to again, as a rule; whether a silent server is there at all shows only then.</summary>
    private async Task BrokeAsync(LostLineException lost)
    {
        _log.LineLost(context.Name, lost.Message);
        if (lost.IsSilent)
        {
            Unheard(lost.Message);
        }
        Reading?.Folder.BrokeAt(Reading.Current);
        await CloseAsync();
    }

    private async Task CloseAsync()
    {
        _readers = [];
        if (_mailbox is { } open)
        {
            _mailbox = null;
            await open.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
