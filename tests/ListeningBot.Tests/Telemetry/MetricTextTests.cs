using System.Diagnostics.Metrics;
using System.Text;
using ListeningBot.Telemetry;

namespace ListeningBot.Tests.Telemetry;

public sealed class MetricTextTests
{
    private readonly Meter _meter = new("of this test");

    [Fact]
    public void A_label_of_hostile_text_stays_one_label_of_one_line()
    {
        var family = new MetricFamily(_meter.CreateCounter<long>("a.b", null, "Two\nlines and a \\."));
        family.Take(3, [new("name", "x\"} 1\ny{z=\"\\")]);

        Assert.Equal("# HELP a_b_total Two\\nlines and a \\\\.\n# TYPE a_b_total counter\na_b_total{name=\"x\\\"} 1\\ny{z=\\\"\\\\\"} 3\n", Page(family));
    }

    [Fact]
    public void A_histogram_has_buckets_that_add_up_its_sum_and_its_unit()
    {
        var family = new MetricFamily(_meter.CreateHistogram("wait", "s", "Waits.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 10] }));
        foreach (var wait in (double[])[0.5, 0.6, 10.5])
        {
            family.Take(wait, [new("channel", "x")]);
        }

        Assert.Equal(
            """
            # HELP wait_seconds Waits.
            # TYPE wait_seconds histogram
            # UNIT wait_seconds seconds
            wait_seconds_bucket{channel="x",le="0.5"} 1
            wait_seconds_bucket{channel="x",le="10"} 2
            wait_seconds_bucket{channel="x",le="+Inf"} 3
            wait_seconds_sum{channel="x"} 11.6
            wait_seconds_count{channel="x"} 3

            """.ReplaceLineEndings("\n"),
            Page(family));
    }

    [Fact]
    public void What_is_counted_adds_up_and_what_is_observed_is_replaced_and_forgotten()
    {
        var counted = new MetricFamily(_meter.CreateCounter<double>("paused", "s"));
        counted.Take(1.5, default);
        counted.Take(2, default);
        Assert.EndsWith("\npaused_seconds_total 3.5\n", Page(counted), StringComparison.Ordinal);

        var observed = new MetricFamily(_meter.CreateObservableGauge("now", () => 0L));
        observed.Take(5, [new("a", "1")]);
        observed.Take(7, [new("a", "1")]);
        Assert.EndsWith("\nnow{a=\"1\"} 7\n", Page(observed), StringComparison.Ordinal);
        observed.ForgetObserved();
        Assert.DoesNotContain("now{", Page(observed), StringComparison.Ordinal);
    }

    [Fact]
    public void Ever_new_names_end_in_one_series()
    {
        var family = new MetricFamily(_meter.CreateCounter<long>("many"));
        for (var i = 0; i < 3 * MetricFamily.MostSeries; i++)
        {
            family.Take(1, [new("name", $"n{i}")]);
        }

        var lines = Page(family).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToList();
        Assert.Equal(MetricFamily.MostSeries + 1, lines.Count);
        Assert.Contains($"many_total{{overflow=\"true\"}} {2 * MetricFamily.MostSeries}", lines);
    }

    [Fact]
    public void Counting_what_is_known_allocates_nothing()
    {
        var name = $"channel {Guid.NewGuid()}";
        using var page = new MeterListener();
        page.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument == Measures.PostsRead)
            {
                listener.EnableMeasurementEvents(instrument, new MetricFamily(instrument));
            }
        };
        page.SetMeasurementEventCallback<long>((_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        page.Start();
        for (var warm = 0; warm < 100; warm++)
        {
            Measures.PostsRead.Count(1, "channel", name);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < 1000; batch++)
        {
            Measures.PostsRead.Count(50, "channel", name);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Page(MetricFamily family)
    {
        var page = new StringBuilder();
        family.Write(page);
        return page.ToString();
    }
}
