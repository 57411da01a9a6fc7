using System.Runtime.CompilerServices;
using System.Text;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Replay;

/// <summary>Posts from JSON lines; ends when they are read. The format is told at <see cref="ReplayOptions"/>.</summary>
internal sealed class ReplayChannel(ChannelContext context, ReplayOptions options) : IChannel
{
    private const int LargestBatch = 100;
    private const int KeptAside = 4096;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly ILogger _log = context.Logs.CreateLogger<ReplayChannel>();

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var shift = options.Rebase ? await ShiftAsync(ct) : TimeSpan.Zero;
        var read = ReplayCursor.Of(since);
        do
        {
            await foreach (var batch in ReadToEndAsync(read, shift, ct))
            {
                read = ReplayCursor.Of(batch.Next);
                yield return batch;
            }
            if (options.Follow)
            {
                await context.NextPoll(LookAgain, ct);
            }
        }
        while (options.Follow);
    }

    private async IAsyncEnumerable<PostBatch> ReadToEndAsync(ReplayCursor from, TimeSpan shift, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var source = new ReplaySource(options);
        var start = await source.SkipToAsync(from, ct);
        var lines = new LineReader(source.Stream, start.Offset, start.Lines);
        var pause = new ReplayPause(options);
        var batch = new Collected(start);
        await foreach (var line in lines.ReadAsync(ct))
        {
            if (options.Follow && !line.Ended)
            {
                // Still being written.
                break;
            }
            if (Understood(line, batch) is { } post)
            {
                if (pause.Before(post) is var wait && wait > TimeSpan.Zero)
                {
                    if (!batch.IsEmpty)
                    {
                        yield return batch.Take();
                    }
                    await Task.Delay(wait, context.Time, ct);
                }
                batch.Changes.Add(post.At(context.Time.GetUtcNow(), shift));
            }
            batch.Read = start with { Offset = line.End, Lines = line.Number };
            if (!line.More || batch.Changes.Count >= LargestBatch)
            {
                yield return batch.Take();
            }
        }
        // Read to its end: says so even when there was nothing to read.
        yield return batch.Take();
    }

    public static Task<string> SignInAsync(ChannelContext context, ReplayOptions options, CancellationToken ct) =>
        options.FromStandardInput ? Task.FromResult("reads standard input") : new ReplayChannel(context, options).CountAsync(ct);

    private async Task<string> CountAsync(CancellationToken ct)
    {
        await using var source = new ReplaySource(options);
        var (posts, broken) = (0, 0);
        await foreach (var line in new LineReader(source.Stream, 0, 0).ReadAsync(ct))
        {
            if (!IsBlank(line))
            {
                _ = WrittenPost.Read(line.Bytes, context.Name, "replay", out var why) is null || line.TooLong ? broken++ : posts++;
            }
        }
        return $"{posts} posts to replay, {broken} lines that are none";
    }

    /// <summary>From the newest "posted" of the file to now.</summary>
    private async Task<TimeSpan> ShiftAsync(CancellationToken ct)
    {
        await using var source = new ReplaySource(options);
        DateTimeOffset? newest = null;
        await foreach (var line in new LineReader(source.Stream, 0, 0).ReadAsync(ct))
        {
            if (!line.TooLong && WrittenPost.Read(line.Bytes, context.Name, "replay", out _)?.Post.Posted is { } posted && !(posted <= newest))
            {
                newest = posted;
            }
        }
        return newest is { } last ? context.Time.GetUtcNow() - last : TimeSpan.Zero;
    }

    private WrittenPost? Understood(SourceLine line, Collected batch)
    {
        if (IsBlank(line))
        {
            return null;
        }
        var why = $"is longer than {LineReader.LongestLine} bytes";
        var post = line.TooLong ? null : WrittenPost.Read(line.Bytes, context.Name, "replay", out why);
        if (post is null)
        {
            _log.LineSkipped(context.Name, line.Number, why!);
            batch.Aside.Add(new BadItem($"line {line.Number} {why}", Encoding.UTF8.GetString(line.Bytes.Span[..Math.Min(line.Bytes.Length, KeptAside)])));
        }
        return post;
    }

    private static bool IsBlank(SourceLine line) => line.Bytes.Span.Trim(" \t"u8).IsEmpty;

    private sealed class Collected(ReplayCursor start)
    {
        public List<PostChange> Changes { get; private set; } = [];
        public List<BadItem> Aside { get; private set; } = [];
        public ReplayCursor Read { get; set; } = start;
        public bool IsEmpty => Changes.Count == 0 && Aside.Count == 0;

        public PostBatch Take()
        {
            var batch = PostBatch.OfChanges(Changes, Read.ToCursor(), aside: Aside);
            (Changes, Aside) = ([], []);
            return batch;
        }
    }
}
