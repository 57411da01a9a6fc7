using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>
/// Asks X about posts of open cases: what became of them, and what was said in their conversations. Within half of what the day's budget gives by now, so that hearing comes first;
/// what can't be paid for is not known yet.
/// </summary>
internal sealed class XThreads(ChannelContext context, XOptions options) : IThreadReader
{
    private const double Share = 0.5;
    private const string Operator = "conversation_id:";

    /// <summary>For one question, newest first.</summary>
    private const int MostAnswers = 500;
    private const int MostKept = 10_000;
    private const int MostHalfRead = 100;

    /// <summary>X's search reaches back seven days.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(10);

    /// <summary>Looking at a post costs each time, answers only when there are some: so posts are looked at no more often than this.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(20);
    private readonly XApi _api = new(context, options);
    private readonly SteadyClock _steady = new(context.Time);
    private readonly Dictionary<string, DateTimeOffset> _looked = new(StringComparer.Ordinal);

    /// <summary>What was read of each conversation; what a restart forgets costs a little, and doubles are sorted out by key.</summary>
    private readonly Dictionary<string, Stretch> _read = new(StringComparer.Ordinal);

    /// <summary>Questions in which the money ended: their older pages are still to be read.</summary>
    private List<Question> _halfRead = [];

    public int AtOnce => 100;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        var own = posts.Where(post => post.Key.Namespace == XItem.Namespace && XId.Parse(post.Key.Id) is not null).ToList();
        Trim(_looked);
        Trim(_read);
        var (looked, read, halfRead) = (new List<string>(), new Dictionary<string, Stretch>(StringComparer.Ordinal), _halfRead.Skip(1).ToList());
        var now = _steady.GetUtcNow();
        List<PostChange> changes = [.. await LookAsync(own, looked, ct)];
        foreach (var conversations in ConversationsOf(own).OrderBy(SinceOf).Chunk(XQueries.LongestSearch / (Operator.Length + 23)))
        {
            changes.AddRange(await AnswersAsync(conversations, read, halfRead, ct));
        }
        if (_halfRead is [var question, ..])
        {
            changes.AddRange(await GoOnAsync(question, read, halfRead, ct));
        }

        // Only now: what was found before a fault is lost with it, and must be found again.
        looked.ForEach(id => _looked[id] = now);
        foreach (var (id, stretch) in read)
        {
            _read[id] = stretch;
        }
        _halfRead = halfRead;
        return changes;
    }

    /// <summary>Those that the posts stand in, each with the oldest of them: what answers a post is younger than it, and what strangers said above it is not bought.</summary>
    private static IEnumerable<(string Id, long From)> ConversationsOf(List<Post> posts) => posts
        .GroupBy(post => (post.Thread ?? post.Key).Id, StringComparer.Ordinal)
        .Where(conversation => XId.Parse(conversation.Key) is not null)
        .Select(conversation => (conversation.Key, conversation.Min(post => XId.Parse(post.Key.Id)!.Value)));

    private long SinceOf((string Id, long From) conversation) => _read.TryGetValue(conversation.Id, out var read) && read.From <= conversation.From ? read.To : conversation.From;

    private async Task<IEnumerable<PostChange>> LookAsync(List<Post> posts, List<string> looked, CancellationToken ct)
    {
        var now = _steady.GetUtcNow();
        var due = posts.Where(post => !_looked.TryGetValue(post.Key.Id, out var at) || now - at >= LookAgain).ToDictionary(post => post.Key.Id, StringComparer.Ordinal);
        if (due.Count == 0 || (await _api.LookupAsync(due.Keys, Share, ct)).Page is not { } page)
        {
            return [];
        }
        looked.AddRange(due.Keys);
        var latest = await LatestAsync(page, ct);
        var shown = page.Items.Concat(latest.Items).Where(item => due.ContainsKey(item.FirstId) && item.LatestId == XId.Text(item.Id)).ToLookup(item => item.FirstId, StringComparer.Ordinal);
        return due.Values.Select(post => shown[post.Key.Id].FirstOrDefault() is { } item ? AsItStands(item, page.People.Count > 0 ? page : latest, post)
            : page.Gone.Contains(post.Key.Id) ? new PostChange(ChangeKind.Deleted, post.Key, null)
            : null).OfType<PostChange>();
    }

    /// <summary>X shows a post as it was under the number that it is asked for: of what was edited, the latest version is asked for as well.</summary>
    private async Task<XPage> LatestAsync(XPage page, CancellationToken ct)
    {
        var edited = page.Items.Select(item => item.LatestId).Except(page.Items.Select(item => XId.Text(item.Id)), StringComparer.Ordinal).Take(AtOnce).ToList();
        return edited.Count == 0 ? XPage.Nothing : (await _api.LookupAsync(edited, Share, ct)).Page ?? XPage.Nothing;
    }

    /// <summary>Who wrote it is known better by the case than by an answer that does not tell it.</summary>
    private PostChange AsItStands(XItem item, XPage page, Post known)
    {
        var post = item.ToChange(context.Name, XPeople.Known(item, page, null, options)).Post!;
        return new PostChange(ChangeKind.Edited, known.Key, post with
        {
            Author = known.Author.Id == post.Author.Id && post.Author.Handle is null ? known.Author : post.Author,
            Url = item.IsEdit || known.Url is null ? post.Url : known.Url,
        });
    }

    private async Task<IReadOnlyList<PostChange>> AnswersAsync((string Id, long From)[] conversations, Dictionary<string, Stretch> read, List<Question> halfRead, CancellationToken ct)
    {
        var began = _api.Clock.GetUtcNow();
        var since = Math.Max(conversations.Min(SinceOf), XId.At(began - Reach));
        var (answers, left) = await AskAsync(new Question([.. conversations.Select(conversation => conversation.Id)], since, Token: null, MostAnswers), ct);
        if (left is { Token: null } || (left is not null && halfRead.Count >= MostHalfRead))
        {
            // All of it is asked for anew.
            return answers;
        }
        foreach (var (id, from) in conversations)
        {
            read[id] = new Stretch(_read.TryGetValue(id, out var before) ? Math.Min(before.From, from) : from, Math.Max(since, XId.At(began - Overlap)));
        }
        if (left is not null)
        {
            halfRead.Add(left);
        }
        return answers;
    }

    private async Task<IReadOnlyList<PostChange>> GoOnAsync(Question question, Dictionary<string, Stretch> read, List<Question> halfRead, CancellationToken ct)
    {
        try
        {
            var (answers, left) = await AskAsync(question, ct);
            if (left is not null)
            {
                halfRead.Add(left);
            }
            return answers;
        }
        catch (XQuestionException)
        {
            // X no longer knows the page: these are read anew, and keys sort doubles out.
            foreach (var id in question.Conversations)
            {
                _read.Remove(id);
                read.Remove(id);
            }
            return [];
        }
        catch (ChannelException e) when (!e.NeedsOperator)
        {
            // What this asking has paid for before is not lost for it: the question is asked again after the others.
            halfRead.Add(question);
            return [];
        }
    }

    /// <summary>The answers that can be paid for, with those who wrote them: whether it is one of ours decides what an answer means. And what of the question is left, if the money ended.</summary>
    private async Task<(List<PostChange> Answers, Question? Left)> AskAsync(Question question, CancellationToken ct)
    {
        List<PostChange> answers = [];
        var query = string.Join(" OR ", question.Conversations.Select(id => Operator + id));
        while ((await _api.SearchAsync(query, question.Since, question.Token, authors: true, Share, ct)).Page is { } page)
        {
            answers.AddRange(page.Items.Where(item => !question.Conversations.Contains(item.FirstId, StringComparer.Ordinal)).Select(item => item.ToChange(context.Name, XPeople.Known(item, page, options.AccountId, options))));
            var most = question.Most - Math.Max(XApi.FewestFound, page.Items.Count);
            if (page.NextToken is null || page.NextToken == question.Token || most <= 0)
            {
                return (answers, null);
            }
            question = question with { Token = page.NextToken, Most = most };
        }
        return (answers, question);
    }

    private static void Trim<T>(Dictionary<string, T> kept)
    {
        if (kept.Count > MostKept)
        {
            kept.Clear();
        }
    }

    /// <summary>All that was said in a conversation between two posts, or that is still asked for (<see cref="_halfRead"/>).</summary>
    private readonly record struct Stretch(long From, long To);

    /// <param name="Since">Only what is younger than this post.</param>
    /// <param name="Token">The next page; null before the first.</param>
    /// <param name="Most">So many answers are still read at most.</param>
    private sealed record Question(string[] Conversations, long Since, string? Token, int Most);
}
