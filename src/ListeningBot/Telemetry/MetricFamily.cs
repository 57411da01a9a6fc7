using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ListeningBot.Telemetry;

internal enum MetricType
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>All series of one instrument. Taking a measurement of a series that is known costs no allocation.</summary>
internal sealed class MetricFamily
{
    /// <summary>More series than any configuration makes; what comes beyond is put into one, so that a fault of ours can't fill the memory.</summary>
    internal const int MostSeries = 2000;
    // The runtime counts these up and down, and says that they only go up.
    private static readonly string[] UpAndDown = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];
    private const string Overflow = "overflow=\"true\"";
    private readonly ConcurrentDictionary<LabelValues, MetricSeries> _series = new();
    private readonly IReadOnlyList<double> _bounds;
    private readonly string _help;
    private readonly string? _unit;
    private readonly bool _observed;

    public MetricFamily(Instrument instrument)
    {
        Type = TypeOf(instrument);
        _observed = instrument.IsObservable;
        _unit = MetricText.Unit(instrument.Unit);
        _help = instrument.Description ?? "";
        _bounds = Type == MetricType.Histogram ? BoundsOf(instrument) : [];
        Name = MetricText.Name(instrument.Name, _unit, Type == MetricType.Counter);
    }

    public string Name { get; }
    public MetricType Type { get; }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = SeriesOf(tags);
        switch (Type)
        {
            case MetricType.Histogram:
                series.Record(value);
                break;
            case MetricType.Counter when !_observed:
                series.Add(value);
                break;
            default:
                series.Set(value);
                break;
        }
    }

    /// <summary>From now on this series stands there, with nothing in it.</summary>
    public void Begin(ReadOnlySpan<KeyValuePair<string, object?>> tags) => SeriesOf(tags);

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var values = LabelValues.Of(tags);
        return _series.TryGetValue(values, out var series) ? series
            : _series.Count < MostSeries ? _series.GetOrAdd(values, new MetricSeries(MetricText.Labels(tags), _bounds))
            : _series.GetOrAdd(default, new MetricSeries(Overflow, _bounds));
    }

    /// <summary>What is observed is observed anew each time: what is no longer there is no longer shown.</summary>
    public void ForgetObserved()
    {
        if (_observed)
        {
            _series.Clear();
        }
    }

    public void Write(StringBuilder page)
    {
        page.Append("# HELP ").Append(Name).Append(' ').Append(MetricText.Help(_help)).Append('\n');
        page.Append("# TYPE ").Append(Name).Append(' ').Append(Type.ToString().ToLowerInvariant()).Append('\n');
        if (_unit is not null)
        {
            page.Append("# UNIT ").Append(Name).Append(' ').Append(_unit).Append('\n');
        }
        foreach (var series in _series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal))
        {
            var (value, buckets) = series.Read();
            if (Type == MetricType.Histogram)
            {
                WriteHistogram(page, series.Labels, value, buckets);
            }
            else
            {
                Line(page, "", series.Labels, MetricText.Number(value));
            }
        }
    }

    private void WriteHistogram(StringBuilder page, string labels, double sum, long[] buckets)
    {
        var count = 0L;
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            count += buckets[bucket];
            var le = bucket < _bounds.Count ? MetricText.Number(_bounds[bucket]) : "+Inf";
            Line(page, "_bucket", labels.Length == 0 ? $"le=\"{le}\"" : $"{labels},le=\"{le}\"", count.ToString(CultureInfo.InvariantCulture));
        }
        Line(page, "_sum", labels, MetricText.Number(sum));
        Line(page, "_count", labels, count.ToString(CultureInfo.InvariantCulture));
    }

    private void Line(StringBuilder page, string suffix, string labels, string value)
    {
        page.Append(Name).Append(suffix);
        if (labels.Length > 0)
        {
            page.Append('{').Append(labels).Append('}');
        }
        page.Append(' ').Append(value).Append('\n');
    }

    private static MetricType TypeOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        return UpAndDown.Contains(instrument.Name) ? MetricType.Gauge
            : kind.StartsWith("Histogram", StringComparison.Ordinal) ? MetricType.Histogram
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? MetricType.Counter
            : MetricType.Gauge;
    }

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };
}
