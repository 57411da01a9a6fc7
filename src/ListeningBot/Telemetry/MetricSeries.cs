namespace ListeningBot.Telemetry;

/// <summary>The values of up to four labels, in the order in which they are always given.</summary>
internal readonly record struct LabelValues(object? First, object? Second, object? Third, object? Fourth)
{
    public static LabelValues Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        new(tags.Length > 0 ? tags[0].Value : null, tags.Length > 1 ? tags[1].Value : null, tags.Length > 2 ? tags[2].Value : null, tags.Length > 3 ? tags[3].Value : null);
}

/// <summary>One line of a metric, or one histogram: a sum, and for a histogram how many values lie in each bucket.</summary>
/// <param name="labels">As they stand in the page, without braces: <c>channel="x",priority="high"</c>.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Count + 1];
    private double _value;

    public string Labels => labels;

    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
        }
    }

    public void Set(double value)
    {
        lock (_gate)
        {
            _value = value;
        }
    }

    public void Record(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }
        lock (_gate)
        {
            _value += value;
            _buckets[bucket]++;
        }
    }

    /// <summary>The sum or value, and of a histogram the counts, all of one moment.</summary>
    public (double Value, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_value, [.. _buckets]);
        }
    }
}
