using static ListeningBot.Core.Pipeline.BacktestCount;

namespace ListeningBot.Core.Pipeline;

/// <summary>The most urgent posts of many: by priority, then the likeliest complaint, then the oldest.</summary>
internal sealed class Urgent(int most)
{
    private readonly SortedSet<Compared> _posts = new(Comparer<Compared>.Create(Order));

    public void Keep(Compared post)
    {
        _posts.Add(post);
        if (_posts.Count > most)
        {
            _posts.Remove(_posts.Max!);
        }
    }

    public IReadOnlyList<PastAlert> Told() => [.. _posts.Select(post => post.Told())];

    private static int Order(Compared one, Compared other) =>
        (other.Assessment.Priority, other.Assessment.Complaint).CompareTo((one.Assessment.Priority, one.Assessment.Complaint)) is not 0 and var urgent ? urgent
        : one.Seen.CompareTo(other.Seen) is not 0 and var older ? older
        : string.CompareOrdinal(one.Post.Key.ToString(), other.Post.Key.ToString());
}

/// <summary>What people said of the alerts of both sets.</summary>
internal sealed class JudgedCount
{
    public Judged Before { get; private set; }
    public Judged After { get; private set; }

    public void Add(bool? right, bool before, bool after)
    {
        if (right is { } said)
        {
            Before = before ? And(Before, said) : Before;
            After = after ? And(After, said) : After;
        }
    }

    private static Judged And(Judged all, bool right) => right ? all with { Right = all.Right + 1 } : all with { Wrong = all.Wrong + 1 };
}

/// <summary>The alerts of one team, hour by hour.</summary>
internal sealed class TeamCount
{
    private readonly JudgedCount _judged = new();
    private readonly Dictionary<long, double> _before = [];
    private readonly Dictionary<long, double> _after = [];
    private Shift _alerts = Shift.None;

    public void Add(Compared post, bool before, bool after)
    {
        _alerts = _alerts.Add(post.Weight, before, after);
        _judged.Add(post.Said, before, after);
        var hour = post.Seen.UtcTicks / TimeSpan.TicksPerHour;
        foreach (var hours in new[] { before ? _before : null, after ? _after : null }.OfType<Dictionary<long, double>>())
        {
            hours[hour] = hours.GetValueOrDefault(hour) + post.Weight.Stored + post.Weight.Sampled;
        }
    }

    public TeamShift Told(string team, (DateTimeOffset First, DateTimeOffset Last)? span) =>
        new(team, _alerts, LoadOf(_before, _alerts.Before, span), LoadOf(_after, _alerts.After, span), _judged.Before, _judged.After);

    private static Load LoadOf(Dictionary<long, double> hours, Tally alerts, (DateTimeOffset First, DateTimeOffset Last)? span)
    {
        var length = span is { } posts ? Math.Max(1, (posts.Last - posts.First).TotalHours) : 1;
        return new Load((alerts.Stored + alerts.Sampled) / length, hours.Values.DefaultIfEmpty(0).Max(), alerts.IsEstimate);
    }
}
