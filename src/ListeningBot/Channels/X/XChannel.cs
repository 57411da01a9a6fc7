using System.Runtime.CompilerServices;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.X;

/// <summary>Hears posts on X: mentions and searches again and again, or its filtered stream. Never costs more than its budget.</summary>
internal sealed class XChannel(ChannelContext context, XOptions options) : IChannel
{
    private readonly XApi _api = new(context, options);

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var cursor = XCursor.Parse(since, options.Account?.Trim() ?? "");
        var look = new XLook(context, options, _api);
        var questions = Questions(watches);
        while (true)
        {
            if (questions.Contains(XCursor.Mentions))
            {
                cursor.AccountId ??= options.AccountId ?? await AskAccountAsync(ct);
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
            await context.NextPoll(options.Every, ct);
        }
    }

    /// <summary>Asks for the stream's rules: that needs the token and costs nothing.</summary>
    public static async Task<string> SignInAsync(ChannelContext context, XOptions options, CancellationToken ct)
    {
        var (_, json) = await new XApi(context, options).AskFreeAsync("/2/tweets/search/stream/rules", ct);
        using (json)
        {
            var posts = (long)(options.Budget / options.PostPrice);
            return $"the token is accepted; {options.Listens} reads at most {posts} posts a day for {options.Budget.ToString("$0.00", System.Globalization.CultureInfo.InvariantCulture)}";
        }
    }

    private IReadOnlyList<string> Questions(WatchSet watches)
    {
        List<string> questions = options.Account is null ? [] : [XCursor.Mentions];
        if (options.Listens != XListen.Mentions)
        {
            questions.AddRange(XQueries.Of(watches.Watches, context.Name, null, options.Reposts, XQueries.LongestSearch));
        }
        return questions.Count > 0 ? questions
            : throw new ChannelException($"Channel \"{context.Name}\" has nothing to search for. Give a watch that listens on it words to find, or the channel an Account.") { NeedsOperator = true };
    }

    private async Task<string> AskAccountAsync(CancellationToken ct)
    {
        while (true)
        {
            var (page, goesOn) = await _api.PersonAsync("by/username/" + options.Handle, share: 1, ct);
            if (page is not null)
            {
                return page.Person?.Id ?? throw new ChannelException($"X knows no account @{options.Handle}. Check the channel's Account.") { NeedsOperator = true };
            }
            await context.NextPoll(goesOn!.Value - context.Time.GetUtcNow(), ct);
        }
    }
}
