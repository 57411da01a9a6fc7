using System.Globalization;
using System.Runtime.CompilerServices;
using ListeningBot.Channels.Searches;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.X;

/// <summary>Hears posts on X: mentions and searches again and again, or its filtered stream. Never costs more than its budget.</summary>
internal sealed class XChannel : IChannel
{
    private readonly ChannelContext _context;
    private readonly XOptions _options;
    private readonly XApi _api;
    private readonly XStreaming _streaming;

    public XChannel(ChannelContext context, XOptions options)
    {
        (_context, _options, _api) = (context, options, new XApi(context, options));
        _streaming = new XStreaming(context, options, _api);
    }

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var cursor = XCursor.Parse(since, _options.Account?.Trim() ?? "");
        var batches = _options.Listens == XListen.Stream
            ? _streaming.ReadAsync(cursor, Some(Asked(_context.Name, _options, watches).Searches), Some(XQueries.Searches(watches, _context.Name, _options.Handle, _options.Reposts).Searches), ct)
            : PollAsync(cursor, Questions(watches), ct);
        await foreach (var batch in batches)
        {
            yield return batch;
        }
    }

    private async IAsyncEnumerable<PostBatch> PollAsync(XCursor cursor, IReadOnlyList<string> questions, [EnumeratorCancellation] CancellationToken ct)
    {
        var look = new XLook(_context, _options, _api);
        while (true)
        {
            if (questions.Contains(XCursor.Mentions))
            {
                cursor.AccountId ??= _options.AccountId ?? await AskAccountAsync(ct);
            }
            foreach (var question in questions)
            {
                await foreach (var batch in look.AskAsync(question, cursor, wait: true, ct))
                {
                    yield return batch;
                }
            }
            cursor.Keep(questions);
            yield return PostBatch.Empty(cursor.ToCursor());
            await _context.NextPoll(_options.Every, ct);
        }
    }

    /// <summary>Asks for the stream's rules: that needs the token and costs nothing.</summary>
    public static async Task<string> SignInAsync(ChannelContext context, XOptions options, CancellationToken ct)
    {
        var (_, json) = await new XApi(context, options).AskFreeAsync("/2/tweets/search/stream/rules", ct);
        using (json)
        {
            var posts = (long)(options.Budget / options.PostPrice);
            return $"the token is accepted; {options.Listens} reads at most {posts} posts a day for {options.Budget.ToString("$0.00", CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>By search or stream, beside the mentions; a stream hears the account's name as a word.</summary>
    public static SearchPlan Asked(string channel, XOptions options, WatchSet watches) => options.Listens switch
    {
        XListen.Mentions => SearchPlan.Nothing,
        XListen.Search => XQueries.Searches(watches, channel, null, options.Reposts),
        _ => XQueries.Rules(watches, channel, options.Handle, options.Reposts),
    };

    private IReadOnlyList<string> Questions(WatchSet watches)
    {
        List<string> questions = _options.Account is null ? [] : [XCursor.Mentions];
        questions.AddRange(Asked(_context.Name, _options, watches).Searches);
        return Some(questions);
    }

    private IReadOnlyList<string> Some(IReadOnlyList<string> questions) =>
        questions.Count > 0 ? questions
        : throw new ChannelException($"Channel \"{_context.Name}\" has nothing to search for. Give a watch that listens on it words to find, or the channel an Account.") { NeedsOperator = true };

    private async Task<string> AskAccountAsync(CancellationToken ct)
    {
        while (true)
        {
            var (page, goesOn) = await _api.PersonAsync("by/username/" + _options.Handle, share: 1, ct);
            if (page is not null)
            {
                return page.Person?.Id ?? throw new ChannelException($"X knows no account @{_options.Handle}. Check the channel's Account.") { NeedsOperator = true };
            }
            await _context.NextPoll(goesOn!.Value - _context.Time.GetUtcNow(), ct);
        }
    }
}
