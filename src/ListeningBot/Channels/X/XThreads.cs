using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>
/// Asks X about posts of open cases: what became of them, and what was said in their conversations. Within half of what the day's budget gives by now, so that hearing comes first;
/// what can't be paid for is not known.
/// </summary>
internal sealed class XThreads(ChannelContext context, XOptions options) : IThreadReader
{
    private const double Share = 0.5;
    private const string Operator = "conversation_id:";
    private const int MostPages = 5;
    private const int MostKept = 10_000;

    /// <summary>X's search reaches back seven days.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(10);

    /// <summary>Looking at a post costs each time, answers only when there are some: so posts are looked at no more often than this.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(20);
    private readonly XApi _api = new(context, options);
    private readonly SteadyClock _steady = new(context.Time);
    private readonly Dictionary<string, DateTimeOffset> _looked = new(StringComparer.Ordinal);

    /// <summary>Up to where each conversation was read; what a restart forgets costs a little, and doubles are sorted out by key.</summary>
    private readonly Dictionary<string, long> _readTo = new(StringComparer.Ordinal);

    public int AtOnce => 100;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        var own = posts.Where(post => post.Key.Namespace == XItem.Namespace && XId.Parse(post.Key.Id) is not null).ToList();
        Trim(_looked);
        Trim(_readTo);
        var (looked, readTo) = (new List<string>(), new Dictionary<string, long>(StringComparer.Ordinal));
        var now = _steady.GetUtcNow();
        List<PostChange> changes = [.. await LookAsync(own, looked, ct)];
        foreach (var conversations in own.Select(post => (post.Thread ?? post.Key).Id).Where(id => XId.Parse(id) is not null).Distinct(StringComparer.Ordinal).Chunk(XQueries.LongestSearch / (Operator.Length + 23)))
        {
            changes.AddRange(await AnswersAsync(conversations, readTo, ct));
        }

        // Only now: what was found before a fault is lost with it, and must be found again.
        looked.ForEach(id => _looked[id] = now);
        foreach (var (id, to) in readTo)
        {
            _readTo[id] = to;
        }
        return changes;
    }

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

    /// <summary>With those who wrote them: whether it is one of ours decides what an answer means.</summary>
    private async Task<IReadOnlyList<PostChange>> AnswersAsync(string[] conversations, Dictionary<string, long> readTo, CancellationToken ct)
    {
        var began = _api.Clock.GetUtcNow();
        var since = Math.Max(conversations.Min(id => _readTo.TryGetValue(id, out var at) ? at : XId.Parse(id)!.Value), XId.At(began - Reach));
        var query = string.Join(" OR ", conversations.Select(id => Operator + id));
        List<PostChange> answers = [];
        string? token = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            if ((await _api.SearchAsync(query, since, token, authors: true, Share, ct)).Page is not { } page)
            {
                return answers;
            }
            answers.AddRange(page.Items.Where(item => !conversations.Contains(item.FirstId, StringComparer.Ordinal)).Select(item => item.ToChange(context.Name, XPeople.Known(item, page, options.AccountId, options))));
            if (page.NextToken is null || page.NextToken == token)
            {
                break;
            }
            token = page.NextToken;
        }
        foreach (var id in conversations)
        {
            readTo[id] = Math.Max(since, XId.At(began - Overlap));
        }
        return answers;
    }

    private static void Trim<T>(Dictionary<string, T> kept)
    {
        if (kept.Count > MostKept)
        {
            kept.Clear();
        }
    }
}
