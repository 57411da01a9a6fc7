using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;
using YamlDotNet.Serialization;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The alert rules and the dashboard in deploy/ ask for nothing that the real program does not show: names, labels, values and types are compared with its /metrics.</summary>
public sealed partial class DeployedFiguresTests
{
    private static readonly LocalUser Anna = new("700000000000000021", "anna", "Anna B.");

    /// <summary>Added by Prometheus itself.</summary>
    private static readonly string[] OfPrometheus = ["instance", "job", "le"];

    [Fact]
    public async Task Rules_and_dashboard_fit_what_the_program_shows()
    {
        var shown = MetricsShown.Read(await MetricsOfAStoryAsync());
        var rules = RuleExpressions().ToList();
        var panels = PanelExpressions().ToList();
        Assert.InRange(rules.Count, 10, 100);
        Assert.InRange(panels.Count, 30, 200);

        Assert.Empty(rules.Concat(panels).SelectMany(one => Faults(one.Where, one.Expression, shown)));
        foreach (var (where, expression, legend) in panels)
        {
            Assert.All(Legend().Matches(legend), label => Assert.True(
                GroupedBy(expression).Contains(label.Groups[1].Value) || GroupedBy(expression).Count == 0, $"{where}: the legend names {label.Value}, by which nothing is grouped."));
        }
    }

    [Fact]
    public void A_wrong_name_label_value_or_type_is_found()
    {
        var shown = MetricsShown.Read("""
            # TYPE listeningbot_a_total counter
            listeningbot_a_total{x="1"} 2
            # TYPE listeningbot_g gauge
            listeningbot_g 1
            # TYPE listeningbot_h_seconds histogram
            listeningbot_h_seconds_bucket{le="1"} 1
            listeningbot_h_seconds_sum 1
            listeningbot_h_seconds_count 1
            # TYPE listeningbot_never_total counter
            """.ReplaceLineEndings("\n"));
        string[] Told(string expression) => [.. Faults("here", expression, shown)];

        Assert.Empty(Told("sum by (x) (rate(listeningbot_a_total{x=~\"1\",instance=~\"$instance\"}[5m])) + listeningbot_g + histogram_quantile(0.5, sum by (le) (rate(listeningbot_h_seconds_bucket[5m])))"));
        Assert.Contains("listeningbot_b_total", Assert.Single(Told("rate(listeningbot_b_total[5m])")), StringComparison.Ordinal);
        Assert.Contains("listeningbot_never_total", Assert.Single(Told("rate(listeningbot_never_total[5m])")), StringComparison.Ordinal);
        Assert.Contains("listeningbot_h_seconds", Assert.Single(Told("listeningbot_h_seconds")), StringComparison.Ordinal);
        Assert.Contains("\"y\"", Assert.Single(Told("listeningbot_a_total{y=\"1\"}")), StringComparison.Ordinal);
        Assert.Contains("\"1|7\"", Assert.Single(Told("rate(listeningbot_a_total{x=~\"1|7\"}[5m])")), StringComparison.Ordinal);
        Assert.Contains("\"z\"", Assert.Single(Told("sum by (z) (rate(listeningbot_a_total[5m]))")), StringComparison.Ordinal);
        Assert.Contains("gauge", Assert.Single(Told("rate(listeningbot_g[5m])")), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_alert_says_what_it_means_and_the_cure()
    {
        foreach (var rule in Rules())
        {
            var notes = (Dictionary<object, object>)rule["annotations"];
            Assert.True(((string)notes["summary"]).Length > 20 && ((string)notes["cure"]).Length > 20, $"{rule["alert"]} must say what it means (summary) and what to do (cure).");
            Assert.Contains(((Dictionary<object, object>)rule["labels"])["severity"], (object[])["page", "ticket"]);
        }
    }

    /// <summary>One rise is seen for as long as the rule looks back: an alert that need not last longer than that comes for what was over in a second.</summary>
    [Fact]
    public void An_alert_on_any_rise_lasts_longer_than_it_looks_back()
    {
        var looked = 0;
        foreach (var rule in Rules())
        {
            foreach (Match rise in AnyRise().Matches((string)rule["expr"]))
            {
                looked++;
                var lasts = rule.TryGetValue("for", out var given) ? Minutes((string)given) : 0;
                Assert.True(lasts > Minutes(rise.Groups[1].Value), $"{rule["alert"]} looks back over {rise.Groups[1].Value} and need last {lasts} minutes only: a single rise is enough for it.");
            }
        }
        Assert.NotEqual(0, looked);
    }

    private static double Minutes(string time) => double.Parse(time[..^1], System.Globalization.CultureInfo.InvariantCulture) * (time[^1] switch { 's' => 1 / 60.0, 'm' => 1, _ => 60 });

    [Fact]
    public void No_panel_lies_on_another()
    {
        var places = Dashboard()["panels"]!.AsArray().Select(panel => panel!["gridPos"]!).Select(at => (X: (int)at["x"]!, Y: (int)at["y"]!, W: (int)at["w"]!, H: (int)at["h"]!)).ToList();

        Assert.All(places, at => Assert.InRange(at.X + at.W, 1, 24));
        var cells = places.SelectMany(at => from x in Enumerable.Range(at.X, at.W) from y in Enumerable.Range(at.Y, at.H) select (x, y)).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
    }

    /// <summary>A complaint comes, is claimed and answered, and a canary goes through; so that every histogram has counted something and every part is there.</summary>
    private static async Task<string> MetricsOfAStoryAsync()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Watch("ours: [\"did:plc:acmecare\"]\nwatches:\n  - name: acme\n    find: [acme]\n");
        var lines = Path.Combine(town.Folder, "lines.jsonl");
        await File.WriteAllTextAsync(lines, "");
        town.Channel("lines", new { Kind = "replay", Path = lines, Follow = true, Canary = true });
        var listen = $"http://127.0.0.1:{Ports.Free()}";
        await using var bot = town.StartBot(new Dictionary<string, string> { ["LISTENINGBOT__Web__Listen"] = listen, ["LISTENINGBOT__Canary__Within"] = "00:00:10" });
        await Until.TrueAsync(() => town.Discord.Gateway.IsListening);
        town.Jetstream.Push(JetstreamFrames.Post("first", "My acme laptop died again, nobody answers my mails and I want my money back!", did: "did:plc:mia", createdAt: TimeProvider.System.GetUtcNow()));
        await Until.TrueAsync(() => town.Cards.Count == 1);
        await town.Discord.PressAsync(town.Cards.Single(), "Claim", user: Anna);
        // What was posted before the first contact with its source is in no figure: this one surely was not.
        town.Jetstream.Push(JetstreamFrames.Post("second", "acme charged my card twice for one order and support hangs up on me, refund me at once!", did: "did:plc:tom", createdAt: TimeProvider.System.GetUtcNow()));
        town.Reply("ours1", "did:plc:acmecare", "did:plc:mia/first", "We are so sorry, Mia. We look into it at once.");
        await using var canary = town.Start("canary");
        await canary.WaitForExitAsync();
        using var http = new HttpClient();
        var page = "";
        await Until.TrueAsync(() =>
        {
            page = http.GetStringAsync(listen + "/metrics").GetAwaiter().GetResult();
            return ((string[])["posted_to_shown", "posted_to_answered", "shown_to_claimed"]).All(name => Regex.IsMatch(page, $@"listeningbot_{name}_seconds_count\{{[^}}]*\}} [1-9]")) && page.Contains("kind=\"canary\"", StringComparison.Ordinal);
        });
        return page;
    }

    private static IEnumerable<string> Faults(string where, string expression, MetricsShown shown)
    {
        var labels = new HashSet<string>(OfPrometheus);
        var faults = new List<string>();
        foreach (Match one in Selector().Matches(expression))
        {
            var name = one.Groups["name"].Value;
            if (shown.Of(name) is not { } metric)
            {
                faults.Add($"{where}: the program shows no {name}.");
                continue;
            }
            labels.UnionWith(metric.Labels.Keys);
            var before = expression[..one.Index];
            if (one.Groups["range"].Success && metric.Type == "gauge" && (before.EndsWith("rate(", StringComparison.Ordinal) || before.EndsWith("increase(", StringComparison.Ordinal)))
            {
                faults.Add($"{where}: {name} is a gauge, and has no rate.");
            }
            faults.AddRange(Matcher().Matches(one.Groups["matchers"].Value).Select(matcher => Fault(name, metric, shown, matcher.Groups[1].Value, matcher.Groups[2].Value)).OfType<string>().Select(fault => $"{where}: {fault}"));
        }
        return [.. faults, .. GroupedBy(expression).Where(label => !labels.Contains(label)).Select(label => $"{where}: nothing has a label \"{label}\" to group by.")];
    }

    /// <param name="values">As a regular expression of words; that of a variable of the dashboard may be any.</param>
    private static string? Fault(string name, MetricShown metric, MetricsShown shown, string label, string values) =>
        OfPrometheus.Contains(label) ? null
        : !metric.Labels.ContainsKey(label) ? $"{name} has no label \"{label}\"."
        : values.StartsWith('$') || values.Split('|').All(shown.ValuesOf(label).Contains) ? null
        : $"{name} never has \"{values}\" for {label}, but {string.Join(", ", shown.ValuesOf(label))}.";

    private static IReadOnlyList<string> GroupedBy(string expression) => [.. By().Matches(expression).SelectMany(by => by.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)).Distinct()];

    private static IEnumerable<Dictionary<object, object>> Rules()
    {
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(Deploy("prometheus/listeningbot.rules.yml")));
        return ((List<object>)file["groups"]).Cast<Dictionary<object, object>>().SelectMany(group => (List<object>)group["rules"]).Cast<Dictionary<object, object>>();
    }

    private static IEnumerable<(string Where, string Expression, string Legend)> RuleExpressions() => Rules().Select(rule => ((string)rule["alert"], (string)rule["expr"], ""));

    private static JsonNode Dashboard() => JsonNode.Parse(File.ReadAllText(Deploy("grafana/listeningbot.json")))!;

    private static IEnumerable<(string Where, string Expression, string Legend)> PanelExpressions() =>
        from panel in Dashboard()["panels"]!.AsArray()
        from target in panel!["targets"]?.AsArray() ?? []
        select ((string)panel["title"]!, (string)target["expr"]!, (string?)target["legendFormat"] ?? "");

    private static string Deploy(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ListeningBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not stand inside the repository.");
        }
        return Path.Combine(folder.FullName, "deploy", file);
    }

    [GeneratedRegex(@"(?<name>\b(?:listeningbot|dotnet)_\w+)(?:\{(?<matchers>[^}]*)\})?(?<range>\[[^\]]+\])?")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!=|!~|=)\s*""([^""]*)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"increase\(\w+(?:\{[^}]*\})?\[(\d+[smh])\]\)\)? > 0")]
    private static partial Regex AnyRise();

    [GeneratedRegex(@"\bby\s*\(([^)]*)\)")]
    private static partial Regex By();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Legend();
}

/// <summary>A /metrics page as Prometheus reads it.</summary>
/// <param name="Labels">Each with the values that it has.</param>
internal sealed record MetricShown(string Type, Dictionary<string, HashSet<string>> Labels)
{
    public bool HasSamples { get; set; }
}

internal sealed partial class MetricsShown
{
    private readonly Dictionary<string, MetricShown> _metrics = [];

    public static MetricsShown Read(string page)
    {
        var shown = new MetricsShown();
        foreach (var line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TypeLine().Match(line) is { Success: true } type)
            {
                shown._metrics[type.Groups[1].Value] = new MetricShown(type.Groups[2].Value, []);
            }
            else if (Sample().Match(line) is { Success: true } sample)
            {
                var metric = shown.Declared(sample.Groups[1].Value) ?? throw new InvalidDataException($"No TYPE stands before: {line}");
                metric.HasSamples = true;
                foreach (Match label in Label().Matches(sample.Groups[2].Value))
                {
                    (metric.Labels.TryGetValue(label.Groups[1].Value, out var values) ? values : metric.Labels[label.Groups[1].Value] = []).Add(label.Groups[2].Value);
                }
            }
            else if (line[0] != '#')
            {
                throw new InvalidDataException($"Not in Prometheus' text format: {line}");
            }
        }
        return shown;
    }

    /// <summary>By its name in a sample: that of a histogram has an ending. Null: it has no sample.</summary>
    public MetricShown? Of(string name) => Declared(name) is { HasSamples: true } metric ? metric : null;

    /// <summary>Of this label, wherever it stands: a priority that no case of a test had yet is one all the same.</summary>
    public IReadOnlySet<string> ValuesOf(string label) => _metrics.Values.SelectMany(metric => metric.Labels.TryGetValue(label, out var values) ? values : []).ToHashSet();

    private MetricShown? Declared(string name) =>
        _metrics.TryGetValue(name, out var plain) && plain.Type != "histogram" ? plain
        : HistogramPart().Match(name) is { Success: true } part && _metrics.TryGetValue(part.Groups[1].Value, out var histogram) && histogram.Type == "histogram" ? histogram
        : null;

    [GeneratedRegex(@"^# TYPE (\w+) (\w+)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(\w+)(?:\{((?:\w+=""(?:[^""\\]|\\.)*"",?)*)\})? (?:NaN|[+-]Inf|-?[0-9.]+(?:E[+-]?[0-9]+)?)$")]
    private static partial Regex Sample();

    [GeneratedRegex(@"(\w+)=""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(\w+)_(?:bucket|sum|count)$")]
    private static partial Regex HistogramPart();
}
