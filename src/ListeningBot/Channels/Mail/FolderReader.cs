using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

/// <summary>What one step brought of a folder.</summary>
/// <param name="SeenAt">When the server described the letters, before their texts were fetched.</param>
internal sealed record FolderStep(IReadOnlyList<Post> Posts, IReadOnlyList<BadItem> Aside, bool FirstContact, DateTimeOffset? SeenAt);

/// <summary>Reads one folder over one connection, step by step.</summary>
/// <param name="hasOthers">Another folder is read too, into which letters may be moved.</param>
internal sealed class FolderReader(Mailbox mailbox, MailFolder folder, bool hasOthers, MailOptions options, ChannelContext context, ILogger log)
{
    public const int LettersAStep = 50;

    /// <summary>So many uids are searched at once: bounds the answer's size.</summary>
    private const uint SearchWindow = 100_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);
    private readonly MailPost _posts = new(context.Name, options);
    private readonly Queue<uint> _waiting = new();
    private uint _validity;
    private FolderState? _read;

    /// <summary>The last look went up to the newest letter.</summary>
    private bool _isWhole;

    /// <summary>And what it found is read.</summary>
    private bool _isThrough;

    public MailFolder Folder => folder;

    /// <summary>The letters being read now: where to be careful when the connection breaks.</summary>
    public IReadOnlyList<uint> Current { get; private set; } = [];

    /// <summary>The next letters; null when there are none now. The folder's place moves with them.</summary>
    public async Task<FolderStep?> NextAsync(CancellationToken ct)
    {
        Current = [];
        var from = folder.Place;
        if (_isThrough)
        {
            _isThrough = false;
            return null;
        }
        if (_waiting.Count == 0 || from is null)
        {
            if (from is not null && await IsReadAsync(ct))
            {
                return null;
            }
            from = await LookAsync(from, ct);
        }
        if (_waiting.Count == 0)
        {
            folder.ReadTo(from);
            return null;
        }
        Current = [.. Enumerable.Range(0, Math.Min(folder.LettersAStep, _waiting.Count)).Select(_ => _waiting.Dequeue())];
        var step = await ReadAsync(from, folder.Suspect, ct);
        _isThrough = _waiting.Count == 0 && _isWhole;
        Current = [];
        return step;
    }

    /// <summary>What was lined up is asked for again.</summary>
    public void Forget()
    {
        _waiting.Clear();
        (_read, _isThrough) = (null, false);
    }

    /// <summary>Opens the folder again, for the server to tell of what comes. False when something has come meanwhile.</summary>
    public async Task<bool> OpenAsync(CancellationToken ct)
    {
        if (mailbox.Open == folder.Name)
        {
            return true;
        }
        var state = await mailbox.ExamineAsync(folder.Name, ct);
        return state.HasNothingNewerThan(_read) || state == _read;
    }

    /// <summary>Asks for as little as possible: most of the time nothing has come.</summary>
    private async Task<bool> IsReadAsync(CancellationToken ct) =>
        _read is not null && mailbox.Open != folder.Name && await mailbox.StateAsync(folder.Name, ct) is { } state && state.HasNothingNewerThan(_read);

    /// <summary>Opens the folder afresh and lines up what is new. Returns the cursor to go on from.</summary>
    private async Task<FolderPlace> LookAsync(FolderPlace? at, CancellationToken ct)
    {
        var state = await mailbox.ExamineAsync(folder.Name, ct);
        (_validity, _read) = (state.Validity, state);
        var last = state.Count == 0 && state.NextUid is null ? 0 : state.NextUid - 1 ?? await mailbox.LastUidAsync(ct);
        if (at is null)
        {
            var day = DateOnly.FromDateTime((context.Time.GetUtcNow() - LookBack).UtcDateTime);
            return await AnewAsync(new FolderPlace(FolderPlace.Hash(options.User, folder.Name), state.Validity, 0, last, day, []), last, ct);
        }
        // The next uid never falls, but where a server was put back to an earlier state: then new letters get old uids.
        if (at.Validity != state.Validity || state.NextUid <= at.Uid)
        {
            log.FolderRenumbered(context.Name, folder.Name, at.Day);
            return await AnewAsync(at with { Validity = state.Validity, FirstUntil = 0 }, last, ct);
        }
        return await OnwardsAsync(at, last, ct);
    }

    /// <summary>By date, since no uid is known. A server counts days in its own time zone: one more day covers that.</summary>
    private async Task<FolderPlace> AnewAsync(FolderPlace at, uint last, CancellationToken ct)
    {
        LineUp(await mailbox.SearchSinceAsync(at.Day.AddDays(-1), ct));
        _isWhole = true;
        return at with { Uid = _waiting.Count > 0 ? _waiting.Peek() - 1 : last };
    }

    private async Task<FolderPlace> OnwardsAsync(FolderPlace at, uint last, CancellationToken ct)
    {
        while (at.Uid < last)
        {
            var to = last - at.Uid > SearchWindow ? at.Uid + SearchWindow : last;
            LineUp((await mailbox.SearchRangeAsync(at.Uid + 1, to, ct)).Where(uid => uid > at.Uid));
            _isWhole = to == last;
            if (_waiting.Count > 0 || _isWhole)
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

    private async Task<FolderStep> ReadAsync(FolderPlace from, uint? suspect, CancellationToken ct)
    {
        var wanted = Current.Where(uid => uid != suspect).ToList();
        if (wanted.Count == 0)
        {
            throw MailTrouble.Broken(options, Current[0]);
        }
        var letters = await LettersAsync(wanted, from, ct);
        if (wanted.Count < Current.Count)
        {
            letters = (await OfSuspectAsync(suspect!.Value, from, ct)).And(letters);
        }
        folder.ReadTo(from.After(Current[^1], NewestDay(letters.Heads), letters.Fresh.Select(_posts.HashOf)));
        return new FolderStep(letters.Posts, letters.Aside, Current[0] <= from.FirstUntil, letters.Seen);
    }

    /// <summary>Whether the letter breaks the connection or the line was bad shows only now, when another letter has come over this very connection.</summary>
    private async Task<Letters> OfSuspectAsync(uint suspect, FolderPlace from, CancellationToken ct)
    {
        if (folder.IsToBlame)
        {
            return new Letters([], [], [], [Skipped(suspect, "broke the connection each time it was asked for")], context.Time.GetUtcNow());
        }
        folder.Try();
        return await LettersAsync([suspect], from, ct);
    }

    private async Task<Letters> LettersAsync(IReadOnlyList<uint> wanted, FolderPlace from, CancellationToken ct)
    {
        var heads = await mailbox.HeadsAsync(wanted, ct);
        var seen = context.Time.GetUtcNow();
        var unread = heads.Read.Where(head => !from.Recent.Contains(_posts.HashOf(head))).OrderBy(head => head.Uid).ToList();
        var texts = await LetterTexts.ReadAsync(mailbox, unread, ct);
        var gone = await GoneAsync([.. heads.Unreadable, .. texts.NotGiven, .. texts.Nil], ct);
        var fresh = unread.Where(head => !hasOthers || !gone.Contains(head.Uid)).ToList();
        var aside = heads.Unreadable.Except(gone).Select(uid => Skipped(uid, "could not be described by the server in a way that can be read")).ToList();
        aside.AddRange(fresh.Where(head => texts.Own[head.Uid] is null).Select(head => Skipped(head.Uid, "holds a text that can't be read")));
        var heard = fresh.Where(head => texts.Own[head.Uid] is not null).ToList();
        aside.AddRange(heard.Where(head => texts.NotGiven.Contains(head.Uid) || gone.Contains(head.Uid)).Select(head => Skipped(head.Uid, "was heard without all of its text, because the server did not give that")));
        return new Letters(heads.Read, fresh, [.. heard.Select(head => PostOf(head, texts.Own[head.Uid]!))], aside, seen);
    }

    /// <summary>
    /// Which of these were moved or taken away while they were being read. Where other folders are read they count as not read here, so that they are read as a whole where they lie now,
    /// or here when they come back: heard by their subject alone, their text would never be asked for again. Where no other is, that is better than nothing.
    /// </summary>
    private async Task<IReadOnlyCollection<uint>> GoneAsync(IEnumerable<uint> doubtful, CancellationToken ct)
    {
        var asked = doubtful.Distinct().Order().ToList();
        var gone = asked.Count == 0 ? [] : asked.Except(await mailbox.StillThereAsync(asked, ct)).ToHashSet();
        if (gone.Count > 0)
        {
            log.LettersGone(context.Name, gone.Count, folder.Name);
        }
        return gone;
    }

    /// <summary>What we sent ourselves is automatic only when it says so outright: help desks put marks on their people's answers that keep others' machines from replying.</summary>
    private Post PostOf(MailHead head, string text)
    {
        var post = _posts.Of(head, _validity, text, folder.IsSent);
        return folder.IsSent ? post with { Automatic = head.Fields["Auto-Submitted"] is { Length: > 0 } said && !said.StartsWith("no", StringComparison.OrdinalIgnoreCase) } : post;
    }

    private BadItem Skipped(uint uid, string why)
    {
        log.LetterSkipped(context.Name, uid, why);
        return new BadItem($"the letter with uid {uid} in {Text.OneLine(folder.Name, 100)} {why}", "");
    }

    /// <summary>Not later than today: a wrong date in the folder must not hide what comes after it.</summary>
    private DateOnly NewestDay(IEnumerable<MailHead> heads)
    {
        var now = context.Time.GetUtcNow();
        var newest = heads.Select(h => h.Received).Max() ?? DateTimeOffset.MinValue;
        return DateOnly.FromDateTime((newest < now ? newest : now).UtcDateTime);
    }

    /// <param name="Heads">Of all that are there.</param>
    /// <param name="Fresh">Those of them that were not read before.</param>
    private sealed record Letters(IReadOnlyList<MailHead> Heads, IReadOnlyList<MailHead> Fresh, IReadOnlyList<Post> Posts, IReadOnlyList<BadItem> Aside, DateTimeOffset Seen)
    {
        public Letters And(Letters later) => new([.. Heads, .. later.Heads], [.. Fresh, .. later.Fresh], [.. Posts, .. later.Posts], [.. Aside, .. later.Aside], later.Seen);
    }
}
