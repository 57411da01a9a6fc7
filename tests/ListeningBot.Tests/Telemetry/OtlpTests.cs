using ListeningBot.Telemetry;

namespace ListeningBot.Tests.Telemetry;

public sealed class OtlpTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318", null)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://collector.example/v1/traces", null)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", null)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", null)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "OTEL_EXPORTER_OTLP_ENDPOINT is no address. Write it like http://127.0.0.1:4318.")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "rubbish", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT is no address. Write it like http://127.0.0.1:4318.")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "htp", "OTEL_EXPORTER_OTLP_PROTOCOL is \"htp\", which is not known. Write grpc or http/protobuf.")]
    public void What_the_exporter_would_pass_over_in_silence_is_told(string name, string value, string? told) =>
        Assert.Equal(told is null ? [] : [told], Otlp.Mistakes(variable => variable == name ? value : null));
}
