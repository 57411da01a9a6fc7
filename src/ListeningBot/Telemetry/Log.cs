using Microsoft.Extensions.Logging;

namespace ListeningBot.Telemetry;

internal static partial class Log
{
    [LoggerMessage(EventId = 452, Level = LogLevel.Warning, Message = "{Mistake} Complaints are not held up.")]
    public static partial void OtlpMistaken(this ILogger log, string mistake);

    [LoggerMessage(EventId = 453, Level = LogLevel.Warning, Message = "Traces, metrics or logs could not be sent by OTLP ({What}, {Where}). Look whether the collector runs, and at OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL; complaints are not held up. This is told once.")]
    public static partial void NotExported(this ILogger log, string what, string where);
}
