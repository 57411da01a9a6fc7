using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Telemetry;

/// <summary>The exporter keeps its failures to itself: the first one is told in the log, so that nobody wonders where the traces are.</summary>
internal sealed class OtlpFaults(ILogger log) : EventListener
{
    private int _told;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.Level <= EventLevel.Error && Interlocked.Exchange(ref _told, 1) == 0)
        {
            log.NotExported(eventData.EventName ?? "it failed", $"{eventData.Payload?.FirstOrDefault()}".Split('?')[0]);
        }
    }
}
