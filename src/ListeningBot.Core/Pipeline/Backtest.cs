using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// What other watches would have made of the posts that are kept. Mentions are judged by their stored assessment; a post of the sample is scored once watches match it.
/// Reads in short transactions, so that it runs beside a bot and holds nothing up; what is stored meanwhile is left out.
/// </summary>
/// <param name="scorer">For posts of the sample.</param>
public sealed class Backtest(IStore store, Scorer scorer)
{
    public async Task<BacktestResult> RunAsync(BacktestPlan plan, Action<BacktestProgress>? progress = null, CancellationToken ct = default)
    {
        var (first, from, last, since, after, sampled, said) = await store.ReadAsync(
            view =>
            {
                var (first, last) = (view.FirstMentionSince(plan.Since), view.LastMention());
                var since = Latest(plan, view, first, last);
                var from = Math.Max(view.FirstMentionSince(since), plan.MostMentions is { } most ? last - most + 1 : 0);
                return (first, from, last, since, view.SampleBefore(since), view.SampleSize(), PastVerdicts.Of(view, first));
            },
            ct);
        var (done, all) = (0L, Math.Max(0, last - from + 1) + sampled);
        var count = new BacktestCount(plan, said) { CutShort = from > first };
        await foreach (var page in store.PagesAsync((id, view) => id > last ? [] : view.BareMentions(id, PastPages.Size), mention => mention.Id + 1, from, ct))
        {
            foreach (var mention in page.Where(mention => mention.Id <= last && mention.FirstSeen >= since))
            {
                Compare(plan, count, mention);
            }
            progress?.Invoke(new BacktestProgress(done = Math.Min(all, page[^1].Id - from + 1), all));
        }
        await foreach (var page in store.PagesAsync((id, view) => view.SampledPosts(id, PastPages.Size), post => post.Id, after, ct))
        {
            foreach (var post in page.Where(post => post.SeenAt >= since))
            {
                Compare(plan, count, post);
            }
            progress?.Invoke(new BacktestProgress(done = Math.Min(all, done + page.Count), all));
        }
        return from == first ? count.Result() : With(count.Result(), await ConfirmedBetweenAsync(plan, first, from, said, ct));
    }

    /// <summary>From when on all is looked at. Mentions and the sample are cut at the same moment: what a month's sample would add to a day's alerts is no flood.</summary>
    private static DateTimeOffset Latest(BacktestPlan plan, IStoreView view, long first, long last)
    {
        var mentions = plan.MostMentions is { } most && last - most + 1 > first && view.BareMentions(last - most + 1, 1) is [{ FirstSeen: var seen }] ? seen : plan.Since;
        var sample = plan.MostSampled is { } sampled ? view.SampleSince(sampled) ?? plan.Since : plan.Since;
        return new[] { plan.Since, mentions, sample }.Max();
    }

    /// <summary>A confirmed complaint is never left out, however many mentions came after it.</summary>
    private async Task<BacktestResult> ConfirmedBetweenAsync(BacktestPlan plan, long first, long from, IReadOnlyDictionary<long, bool> said, CancellationToken ct)
    {
        var count = new BacktestCount(plan, said);
        foreach (var ids in said.Where(one => one.Value && one.Key >= first && one.Key < from).Select(one => one.Key).Order().Chunk(PastPages.Size))
        {
            foreach (var mention in await store.ReadAsync(view => ids.SelectMany(id => view.BareMentions(id, 1).Where(mention => mention.Id == id && mention.FirstSeen >= plan.Since)).ToList(), ct))
            {
                Compare(plan, count, mention);
            }
        }
        return count.Result();
    }

    private static BacktestResult With(BacktestResult latest, BacktestResult confirmed) => latest with
    {
        Missed = [.. latest.Missed.Concat(confirmed.Missed).OrderByDescending(post => post.Priority)],
        Caught = [.. latest.Caught.Concat(confirmed.Caught).OrderByDescending(post => post.Priority)],
        DeletedConfirmed = latest.DeletedConfirmed + confirmed.DeletedConfirmed,
    };

    private static void Compare(BacktestPlan plan, BacktestCount count, Mention mention)
    {
        if (mention.Standing is Standing.Baseline or Standing.Ours)
        {
            return;
        }
        if (mention.Watches.Count == 0 && mention.OnTrial.Count == 0 && !count.WasEntered(mention))
        {
            count.InThread();
        }
        else if (mention.Deleted)
        {
            count.Deleted(mention.Id);
        }
        else
        {
            var before = Hearing.Of(plan.Before, mention.Post, mention.Assessment);
            count.Add(mention, before, plan.After == plan.Before ? before : Hearing.Of(plan.After, mention.Post, mention.Assessment));
        }
    }

    private void Compare(BacktestPlan plan, BacktestCount count, SampledPost sampled)
    {
        var text = Intake.TextOf(sampled.Post);
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        count.Sampled(sampled);
        if (plan.Before.Matches(bytes, sampled.Post.Channel) || plan.After.Matches(bytes, sampled.Post.Channel))
        {
            var assessment = scorer.Assess(text, Intake.EvidenceOf(sampled.Post));
            count.Add(sampled, assessment, Hearing.Of(plan.Before, sampled.Post, assessment), Hearing.Of(plan.After, sampled.Post, assessment));
        }
    }
}
