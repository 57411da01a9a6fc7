using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>Counts post by post what two sets of watches make of them.</summary>
/// <param name="said">What people said, by mention.</param>
internal sealed class BacktestCount(BacktestPlan plan, IReadOnlyDictionary<long, bool> said)
{
    private const int LongestText = 160;
    private readonly Dictionary<Priority, Shift> _priorities = [];
    private readonly Dictionary<string, Shift> _watches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TeamCount> _teams = new(StringComparer.Ordinal);
    private readonly Urgent _gained = new(plan.Examples);
    private readonly Urgent _lost = new(plan.Examples);
    private readonly Urgent _missed = new(int.MaxValue);
    private readonly Urgent _caught = new(int.MaxValue);
    private readonly JudgedCount _judged = new();
    private Shift _alerts = Shift.None;
    private Shift _maybes = Shift.None;
    private Tally _moved;
    private Tally _sample;
    private (DateTimeOffset First, DateTimeOffset Last)? _span;
    private long _mentions;
    private long _sampledPosts;
    private int _inThreads;
    private int _deleted;
    private int _deletedConfirmed;
    private int _spared;
    private int _added;

    public bool CutShort { get; init; }

    public void InThread() => _inThreads++;

    /// <summary>A colleague saw it elsewhere and entered its words (/case new): no watch found it, and another one may. A link alone has none, and of one that is deleted they are not known any more.</summary>
    public bool WasEntered(Mention mention) =>
        said.ContainsKey(mention.Id) && mention is { Deleted: false, Post.Kind: SeenPost.Seen } && mention.Post.Text != mention.Post.Url;

    public void Deleted(long mention)
    {
        _deleted++;
        _deletedConfirmed += said.GetValueOrDefault(mention) ? 1 : 0;
    }

    public void Sampled(SampledPost post)
    {
        Saw(post.SeenAt);
        _sampledPosts++;
        _sample += WeightOf(post);
    }

    public void Add(Mention mention, Hearing before, Hearing after)
    {
        Saw(mention.FirstSeen);
        _mentions++;
        var verdict = said.TryGetValue(mention.Id, out var right) ? right : (bool?)null;
        Add(new Compared(mention.Post, mention.Assessment, mention.FirstSeen, new Tally(1, 0), before, after) { Mention = mention.Id, Case = mention.CaseId, Said = verdict });
    }

    public void Add(SampledPost post, Assessment assessment, Hearing before, Hearing after) =>
        Add(new Compared(post.Post, assessment, post.SeenAt, WeightOf(post), before, after));

    /// <summary>One that stands for itself is no estimate.</summary>
    private static Tally WeightOf(SampledPost post) => post.Weight > 1 ? new Tally(0, post.Weight) : new Tally(1, 0);

    private void Saw(DateTimeOffset at) => _span = _span is { } span ? (at < span.First ? at : span.First, at > span.Last ? at : span.Last) : (at, at);

    private void Add(Compared post)
    {
        var (before, after) = (post.Before, post.After);
        _alerts = _alerts.Add(post.Weight, before.IsAlert, after.IsAlert);
        _maybes = _maybes.Add(post.Weight, before.As == HeardAs.Maybe, after.As == HeardAs.Maybe);
        foreach (var watch in before.Alerting.Concat(after.Alerting).Select(watch => watch.Name).Distinct(StringComparer.Ordinal))
        {
            _watches[watch] = _watches.GetValueOrDefault(watch, Shift.None).Add(post.Weight, before.Alerting.Any(one => one.Name == watch), after.Alerting.Any(one => one.Name == watch));
        }
        if (!before.IsAlert && !after.IsAlert)
        {
            KeepMissed(post);
            return;
        }
        _priorities[post.Assessment.Priority] = _priorities.GetValueOrDefault(post.Assessment.Priority, Shift.None).Add(post.Weight, before.IsAlert, after.IsAlert);
        foreach (var team in before.Teams.Union(after.Teams, StringComparer.Ordinal))
        {
            Team(team).Add(post, before.Teams.Contains(team, StringComparer.Ordinal), after.Teams.Contains(team, StringComparer.Ordinal));
        }
        _judged.Add(post.Said, before.IsAlert, after.IsAlert);
        if (before.IsAlert && after.IsAlert)
        {
            _moved += before.Teams.ToHashSet(StringComparer.Ordinal).SetEquals(after.Teams) ? default : post.Weight;
            return;
        }
        _spared += post.Said == false && before.IsAlert ? 1 : 0;
        _added += post.Said == false && after.IsAlert ? 1 : 0;
        KeepMissed(post);
        if (post.Said != true)
        {
            (after.IsAlert ? _gained : _lost).Keep(post);
        }
        else if (after.IsAlert)
        {
            _caught.Keep(post);
        }
    }

    private void KeepMissed(Compared post)
    {
        if (post.Said == true && post.After.As < post.Before.As)
        {
            _missed.Keep(post);
        }
    }

    private TeamCount Team(string name) => _teams.TryGetValue(name, out var team) ? team : _teams[name] = new TeamCount();

    public BacktestResult Result() => new()
    {
        Span = _span,
        Mentions = _mentions,
        Sample = _sample,
        SampledPosts = _sampledPosts,
        Deleted = _deleted,
        DeletedConfirmed = _deletedConfirmed,
        InThreads = _inThreads,
        CutShort = CutShort,
        Alerts = _alerts,
        Moved = _moved,
        Maybes = _maybes,
        ByPriority = [.. Enum.GetValues<Priority>().OrderDescending().Select(priority => (priority, _priorities.GetValueOrDefault(priority, Shift.None)))],
        ByTeam = [.. _teams.OrderBy(team => team.Key, StringComparer.Ordinal).Select(team => team.Value.Told(team.Key, _span))],
        ByWatch = [.. _watches.OrderBy(watch => watch.Key, StringComparer.Ordinal).Select(watch => new WatchShift(watch.Key, watch.Value, IsOnTrial(watch.Key)))],
        Gained = _gained.Told(),
        Lost = _lost.Told(),
        Missed = _missed.Told(),
        Caught = _caught.Told(),
        FalseSpared = _spared,
        FalseAdded = _added,
        JudgedBefore = _judged.Before,
        JudgedAfter = _judged.After,
    };

    private bool IsOnTrial(string name) => plan.Before.Watches.Concat(plan.After.Watches).Any(watch => watch.Shadow && watch.Name == name);

    /// <summary>A post with what both sets make of it.</summary>
    internal sealed record Compared(Post Post, Assessment Assessment, DateTimeOffset Seen, Tally Weight, Hearing Before, Hearing After)
    {
        public long? Mention { get; init; }
        public long? Case { get; init; }

        /// <summary>True: people called it a complaint of ours; false: they did not; null: nobody said.</summary>
        public bool? Said { get; init; }

        public PastAlert Told()
        {
            var post = Post.Seen(Post.Private);
            var telling = After.As > Before.As ? After : Before;
            return new PastAlert
            {
                Mention = Mention,
                Case = Case,
                Key = Post.Key,
                Channel = Post.Channel,
                Text = Plain.Line(post.Title is null ? post.Text : $"{post.Title}: {post.Text}", LongestText),
                Url = post.Url,
                Seen = Seen,
                Priority = Assessment.Priority,
                Complaint = Assessment.Complaint,
                Weight = Weight.Stored + Weight.Sampled,
                Before = Before.As,
                After = After.As,
                Watches = [.. telling.Alerting.Where(watch => !watch.Shadow).Select(watch => watch.Name)],
                Teams = telling.Teams,
                Confirmed = Said,
            };
        }
    }
}
