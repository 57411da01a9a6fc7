using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

/// <summary>What one step brought.</summary>
/// <param name="More">Letters are waiting: no pause before the next step.</param>
internal sealed record FolderStep(PostBatch Batch, MailCursor Next, bool More);

/// <summary>Reads the folder over one connection, step by step.</summary>
internal sealed class FolderReader(Mailbox mailbox, MailOptions options, ChannelContext context, ILogger log)
{
    public const int LettersAStep = 50;

    /// <summary>So many uids are searched at once: bounds the answer's size.</summary>
    private const uint SearchWindow = 100_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);
    private readonly MailPost _posts = new(context.Name, options);
    private readonly Queue<uint> _waiting = new();
    private uint _validity;

    /// <summary>The letters being read now: where to be careful when the connection breaks.</summary>
    public IReadOnlyList<uint> Current { get; private set; } = [];

    /// <param name="at">Null: first contact.</param>
    /// <param name="most">At most so many letters.</param>
    /// <param name="passOver">A letter that seems to break the connection, or null. It is passed over only when the letter after it can be read: else the line is to blame.</param>
    public async Task<FolderStep> NextAsync(MailCursor? at, int most, uint? passOver, CancellationToken ct)
    {
        Current = [];
        var from = at;
        if (_waiting.Count == 0 || from is null)
        {
            from = await LookAsync(at, ct);
        }
        if (_waiting.Count == 0)
        {
            return new FolderStep(PostBatch.Empty(from.ToCursor()), from, More: false);
        }
        Current = [.. Enumerable.Range(0, Math.Min(most, _waiting.Count)).Select(_ => _waiting.Dequeue())];
        var step = await ReadAsync(from, passOver, ct);
        Current = [];
        return step;
    }

    /// <summary>Opens the folder afresh and lines up what is new. Returns the cursor to go on from.</summary>
    private async Task<MailCursor> LookAsync(MailCursor? at, CancellationToken ct)
    {
        var state = await mailbox.ExamineAsync(ct);
        _validity = state.Validity;
        var last = state.Count == 0 && state.NextUid is null ? 0 : state.NextUid - 1 ?? await mailbox.LastUidAsync(ct);
        if (at is null)
        {
            var day = DateOnly.FromDateTime((context.Time.GetUtcNow() - LookBack).UtcDateTime);
            return await AnewAsync(new MailCursor(MailCursor.FolderHash(options), state.Validity, 0, last, day, []), last, ct);
        }
        if (at.Validity != state.Validity)
        {
            log.FolderRenumbered(context.Name, at.Day);
            return await AnewAsync(at with { Validity = state.Validity, FirstUntil = 0 }, last, ct);
        }
        return await OnwardsAsync(at, last, ct);
    }

    /// <summary>By date, since no uid is known. A server counts days in its own time zone: one more day covers that.</summary>
    private async Task<MailCursor> AnewAsync(MailCursor at, uint last, CancellationToken ct)
    {
        LineUp(await mailbox.SearchSinceAsync(at.Day.AddDays(-1), ct));
        return at with { Uid = _waiting.Count > 0 ? _waiting.Peek() - 1 : last };
    }

    private async Task<MailCursor> OnwardsAsync(MailCursor at, uint last, CancellationToken ct)
    {
        while (at.Uid < last)
        {
            var to = last - at.Uid > SearchWindow ? at.Uid + SearchWindow : last;
            LineUp((await mailbox.SearchRangeAsync(at.Uid + 1, to, ct)).Where(uid => uid > at.Uid));
            if (_waiting.Count > 0 || to == last)
            {
                break;
            }
            at = at with { Uid = to };
        }
        return at;
    }

    private void LineUp(IEnumerable<uint> uids)
    {
        foreach (var uid in uids)
        {
            _waiting.Enqueue(uid);
        }
    }

    private async Task<FolderStep> ReadAsync(MailCursor from, uint? passOver, CancellationToken ct)
    {
        var aside = new List<BadItem>();
        if (passOver is { } broken && Current.Contains(broken))
        {
            aside.Add(Skipped(broken, "broke the connection each time it was asked for"));
        }
        var wanted = Current.Where(uid => uid != passOver).ToList();
        if (wanted.Count == 0)
        {
            throw MailTrouble.Broken(options, Current[0]);
        }
        var heads = await mailbox.HeadsAsync(wanted, ct);
        aside.AddRange(heads.Unreadable.Select(uid => Skipped(uid, "could not be described by the server in a way that can be read")));
        var fresh = heads.Read.Where(head => !from.Recent.Contains(_posts.HashOf(head))).OrderBy(head => head.Uid).ToList();
        var texts = await LetterTexts.ReadAsync(mailbox, fresh, ct);
        aside.AddRange(fresh.Where(head => texts[head.Uid] is null).Select(head => Skipped(head.Uid, "holds a text that can't be read")));
        var posts = fresh.Where(head => texts[head.Uid] is not null).Select(head => _posts.Of(head, _validity, texts[head.Uid]!)).ToList();
        var next = from.After(Current[^1], NewestDay(heads.Read), fresh.Select(_posts.HashOf));
        var changes = posts.ConvertAll(post => new PostChange(ChangeKind.Added, post.Key, post));
        var batch = PostBatch.OfChanges(changes, next.ToCursor(), firstContact: Current[0] <= from.FirstUntil, aside: aside);
        return new FolderStep(batch, next, _waiting.Count > 0);
    }

    private BadItem Skipped(uint uid, string why)
    {
        log.LetterSkipped(context.Name, uid, why);
        return new BadItem($"the letter with uid {uid} in {Text.OneLine(options.Folder, 100)} {why}", "");
    }

    /// <summary>Not later than today: a wrong date in the folder must not hide what comes after it.</summary>
    private DateOnly NewestDay(IEnumerable<MailHead> heads)
    {
        var now = context.Time.GetUtcNow();
        var newest = heads.Select(h => h.Received).Max() ?? DateTimeOffset.MinValue;
        return DateOnly.FromDateTime((newest < now ? newest : now).UtcDateTime);
    }
}
