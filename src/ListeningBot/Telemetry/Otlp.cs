using System.Globalization;
using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ListeningBot.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP while the program runs, and logs (<see cref="AddLogs"/>), to where the standard variables of OpenTelemetry say (OTEL_EXPORTER_OTLP_ENDPOINT...).
/// Without them nothing of it is even made.
/// </summary>
internal sealed class Otlp(Gauges gauges, TimeProvider time, ILogger<Otlp> log) : BackgroundService
{
    private const int LastWords = 1500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private TracerProvider? _traces;
    private MeterProvider? _metrics;
    private OtlpFaults? _faults;

    /// <summary>Whether these are wanted: "TRACES", "METRICS" or "LOGS".</summary>
    public static bool Sends(string signal) =>
        !Is("OTEL_SDK_DISABLED", "true") && !Is($"OTEL_{signal}_EXPORTER", "none") && (Variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") ?? Variable("OTEL_EXPORTER_OTLP_ENDPOINT")) is not null;

    public static bool SendsAny => Sends("TRACES") || Sends("METRICS");

    /// <summary>Adds the sending of logs. The text of an exception may hold what the world wrote: its kind and where it came from are sent, and not its text.</summary>
    public static void AddLogs(ILoggingBuilder logging) => logging.AddOpenTelemetry(options =>
    {
        options.IncludeFormattedMessage = true;
        options.SetResourceBuilder(Describe(ResourceBuilder.CreateEmpty()));
        options.AddProcessor(new WithoutExceptionText());
        options.AddOtlpExporter(By("LOGS"));
    });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _faults = new OtlpFaults(log);
        foreach (var mistake in Mistakes(Variable))
        {
            log.OtlpMistaken(mistake);
        }
        if (Sends("TRACES"))
        {
            _traces = Sdk.CreateTracerProviderBuilder().AddSource(CaseTrace.Source.Name).ConfigureResource(resource => Describe(resource.Clear())).AddOtlpExporter(By("TRACES")).Build();
        }
        if (Sends("METRICS"))
        {
            _metrics = Sdk.CreateMeterProviderBuilder().AddMeter(Measures.Name).AddMeter(PrometheusPage.Runtime).ConfigureResource(resource => Describe(resource.Clear())).AddOtlpExporter(By("METRICS")).Build();
        }
        return base.StartAsync(cancellationToken);
    }

    /// <summary>The figures of the store are asked for here; the exporter takes what was said last.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_metrics is not null && !stoppingToken.IsCancellationRequested)
        {
            await gauges.LookAsync(stoppingToken);
            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    /// <summary>What was not sent yet is, within a moment: a collector that does not answer holds up no stop.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(Task.Run(() => _traces?.Shutdown(LastWords), CancellationToken.None), Task.Run(() => _metrics?.Shutdown(LastWords), CancellationToken.None));
    }

    public override void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        _faults?.Dispose();
        base.Dispose();
    }

    /// <summary>What the exporter would pass over in silence, to send to its usual address instead.</summary>
    internal static IEnumerable<string> Mistakes(Func<string, string?> variable)
    {
        foreach (var signal in new[] { "", "TRACES_", "METRICS_", "LOGS_" })
        {
            if (variable($"OTEL_EXPORTER_OTLP_{signal}ENDPOINT") is { } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            {
                yield return $"OTEL_EXPORTER_OTLP_{signal}ENDPOINT is no address. Write it like http://127.0.0.1:4318.";
            }
            if (variable($"OTEL_EXPORTER_OTLP_{signal}PROTOCOL") is { } protocol and not ("grpc" or "http/protobuf"))
            {
                yield return $"OTEL_EXPORTER_OTLP_{signal}PROTOCOL is \"{protocol}\", which is not known. Write grpc or http/protobuf.";
            }
        }
    }

    /// <summary>The exporter itself reads the variables for all signals; those for one signal alone, which go before them, it passes over.</summary>
    private static Action<OtlpExporterOptions> By(string signal) => options =>
    {
        string? Own(string name) => Variable($"OTEL_EXPORTER_OTLP_{signal}_{name}");
        options.Protocol = Own("PROTOCOL") switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => options.Protocol,
        };
        if (Uri.TryCreate(Own("ENDPOINT"), UriKind.Absolute, out var endpoint))
        {
            options.Endpoint = endpoint;
        }
        options.Headers = Own("HEADERS") ?? options.Headers;
        options.TimeoutMilliseconds = int.TryParse(Own("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeout) ? timeout : options.TimeoutMilliseconds;
    };

    /// <summary>OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.</summary>
    private static ResourceBuilder Describe(ResourceBuilder resource) =>
        resource.AddService("listeningbot", serviceVersion: NodeFigures.Version, serviceInstanceId: Environment.MachineName, autoGenerateServiceInstanceId: false).AddTelemetrySdk().AddEnvironmentVariableDetector();

    private static bool Is(string name, string value) => string.Equals(Variable(name), value, StringComparison.OrdinalIgnoreCase);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { } value && value.Trim().Length > 0 ? value.Trim() : null;

    private sealed class WithoutExceptionText : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            if (data.Exception is { } e)
            {
                data.Exception = null;
                data.Attributes = [.. data.Attributes ?? [], new("exception.type", e.GetType().FullName), new("exception.stacktrace", e.StackTrace)];
            }
        }
    }
}
