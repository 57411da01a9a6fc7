using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Telemetry;

/// <summary>What /metrics shows, in Prometheus' text format: all instruments of this program, and memory, garbage collection and threads of the runtime. It counts from the moment that it is made.</summary>
public sealed class PrometheusPage : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    internal const string Runtime = "System.Runtime";
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Gauges _gauges;

    public PrometheusPage(Gauges gauges)
    {
        _gauges = gauges;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == Measures.Meter || instrument.Meter == gauges.Meter || instrument.Meter.Name == Runtime)
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, one => new MetricFamily(one)));
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.Start();
        Measures.Begin();
        foreach (var priority in Enum.GetValues<Priority>())
        {
            Begin(Measures.ShownToClaimed, Measures.Of(priority));
            Begin(Measures.PostedToAnswered, Measures.Of(priority));
        }
    }

    /// <summary>A channel that is configured, whichever machine reads it: its cards are counted where their room is kept.</summary>
    public void BeginChannel(string name)
    {
        Measures.BeginChannel(name);
        foreach (var priority in Enum.GetValues<Priority>())
        {
            Begin(Measures.SeenToShown, Measures.Channel(name), Measures.Of(priority));
            Begin(Measures.PostedToShown, Measures.Channel(name), Measures.Of(priority));
        }
    }

    /// <summary>The page of this moment. Where the store can't be read, what is asked of it is missing, and the rest is there.</summary>
    public async Task<string> WriteAsync(CancellationToken ct)
    {
        await _gauges.LookAsync(ct);
        await _writing.WaitAsync(ct);
        try
        {
            foreach (var family in _families.Values)
            {
                family.ForgetObserved();
            }
            _listener.RecordObservableInstruments();
            var page = new StringBuilder();
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            {
                family.Write(page);
            }
            return page.ToString();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>A counter is begun by adding 0 to it; a histogram only here: OTLP would count the nothing that is recorded.</summary>
    private void Begin(Instrument histogram, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => _families[histogram].Begin(labels);

    public void Dispose()
    {
        _listener.Dispose();
        _writing.Dispose();
    }
}
