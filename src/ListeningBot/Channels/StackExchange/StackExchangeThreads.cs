using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.StackExchange;

/// <summary>What became of questions and answers, and what was answered to them: a handful of requests for up to 30 posts of a site.</summary>
internal sealed class StackExchangeThreads(ChannelContext context, StackExchangeOptions options) : IThreadReader
{
    private readonly StackExchangeApi _api = new(context, options);

    public int AtOnce => 30;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        List<PostChange> changes = [];
        foreach (var site in posts.GroupBy(post => StackExchangePost.PlaceOf(post.Key)?.Site).Where(site => site.Key is not null))
        {
            await ReadSiteAsync(site.Key!, [.. site], changes, ct);
        }
        return changes;
    }

    private async Task ReadSiteAsync(string site, List<Post> asked, List<PostChange> changes, CancellationToken ct)
    {
        var read = new StackExchangePost(site, context.Name);
        var questions = asked.Where(post => post.InReplyTo is null).ToList();
        var answers = asked.Where(post => post.InReplyTo is not null).ToList();
        Dictionary<PostKey, PostKey> questionOf = [];
        var present = new HashSet<PostKey>();

        await EachAsync("questions/{ids}", questions.Select(post => post.Key), item => Standing(read.OfQuestion(item)));
        await EachAsync("answers/{ids}", answers.Select(post => post.Key), item => Standing(Remembered(read.OfAnswer(item))));
        await GoneAsync();
        await EachAsync("questions/{ids}/answers", Present(questions), item => New(Remembered(read.OfAnswer(item))));
        await EachAsync("questions/{ids}/comments", Present(questions), item => New(read.OfComment(item, on => on)));
        await EachAsync("answers/{ids}/comments", Present(answers).Concat(questionOf.Keys).Distinct(), item => New(read.OfComment(item, on => questionOf.GetValueOrDefault(on))));

        IEnumerable<PostKey> Present(List<Post> of) => of.Select(post => post.Key).Where(present.Contains);

        void Standing(Post? post)
        {
            if (post is not null && asked.Exists(one => one.Key == post.Key) && present.Add(post.Key))
            {
                changes.Add(new PostChange(ChangeKind.Edited, post.Key, post));
            }
        }

        void New(Post? post)
        {
            if (post is not null && !present.Contains(post.Key))
            {
                changes.Add(new PostChange(ChangeKind.Added, post.Key, post));
            }
        }

        Post? Remembered(Post? answer)
        {
            if (answer is { Thread: { } question })
            {
                questionOf[answer.Key] = question;
            }
            return answer;
        }

        // One method may have missed it for the moment; what a second one does not show either is gone.
        async Task GoneAsync()
        {
            var missing = asked.Select(post => post.Key).Where(key => !present.Contains(key)).ToHashSet();
            if (missing.Count > 0)
            {
                await EachAsync("posts/{ids}", [.. missing], item => missing.Remove(read.KeyOf(item.Whole("post_id") ?? 0)));
                changes.AddRange(missing.Select(key => new PostChange(ChangeKind.Deleted, key, null)));
            }
        }

        async Task EachAsync(string method, IEnumerable<PostKey> keys, Action<JsonElement> take)
        {
            List<string> ids = [.. keys.Select(key => StackExchangePost.PlaceOf(key)?.Id).OfType<string>().Take(100)];
            if (ids.Count == 0)
            {
                return;
            }
            using var json = await _api.AskAsync(method, site, ct, "&filter=withbody&pagesize=100&sort=creation&order=desc", string.Join(';', ids));
            foreach (var item in json.RootElement.Items("items").Take(100).ToList())
            {
                take(item);
            }
        }
    }
}
