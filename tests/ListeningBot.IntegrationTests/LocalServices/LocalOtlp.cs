using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>A span as it was received; ids in hex, times in nanoseconds since 1970.</summary>
public sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links);

/// <summary>A collector that takes OTLP as protobuf over HTTP.</summary>
public sealed class LocalOtlp : LocalService
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    public static async Task<LocalOtlp> StartedAsync()
    {
        var otlp = new LocalOtlp();
        await otlp.StartAsync();
        return otlp;
    }

    /// <summary>What the program must find in its environment to send here at once.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>All that came of "traces", "metrics" or "logs", read as Latin-1 so that every byte of it can be searched.</summary>
    public string Raw(string signal) => string.Concat(_received.Where(one => one.Signal == signal).Select(one => Encoding.Latin1.GetString(one.Body)));

    public IReadOnlyList<ReceivedSpan> Spans => [.. _received.Where(one => one.Signal == "traces").SelectMany(one => SpansIn(one.Body))];

    protected override void Map(WebApplication app) => app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _received.Enqueue((signal, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    });

    // ExportTraceServiceRequest: resource_spans = 1; there scope_spans = 2; there spans = 2.
    private static IEnumerable<ReceivedSpan> SpansIn(byte[] body) =>
        from resource in Protobuf.Read(body)
        where resource.Field == 1
        from scope in Protobuf.Read(resource.Bytes)
        where scope.Field == 2
        from span in Protobuf.Read(scope.Bytes)
        where span.Field == 2
        select Span([.. Protobuf.Read(span.Bytes)]);

    private static ReceivedSpan Span(List<ProtobufField> fields)
    {
        string Hex(int field) => Convert.ToHexStringLower(fields.FirstOrDefault(one => one.Field == field)?.Bytes ?? []);
        ulong Time(int field) => fields.First(one => one.Field == field).Number;
        return new ReceivedSpan(
            Hex(1), Hex(2), Hex(4), Encoding.UTF8.GetString(fields.First(one => one.Field == 5).Bytes), Time(7), Time(8),
            fields.Where(one => one.Field == 9).Select(Attribute).ToDictionary(),
            [.. fields.Where(one => one.Field == 13).Select(link => Convert.ToHexStringLower(Protobuf.Read(link.Bytes).First(one => one.Field == 1).Bytes))]);
    }

    // KeyValue: key = 1, value = 2; there string = 1, bool = 2, int = 3, double = 4.
    private static KeyValuePair<string, string> Attribute(ProtobufField attribute)
    {
        var parts = Protobuf.Read(attribute.Bytes).ToDictionary(one => one.Field);
        var value = Protobuf.Read(parts[2].Bytes).Single();
        return new(Encoding.UTF8.GetString(parts[1].Bytes), value.Field switch
        {
            1 => Encoding.UTF8.GetString(value.Bytes),
            4 => BitConverter.UInt64BitsToDouble(value.Number).ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
    }
}

/// <param name="Number">Of a field that is no bytes.</param>
public sealed record ProtobufField(int Field, byte[] Bytes, ulong Number);

/// <summary>The fields of a protobuf message, as they come.</summary>
internal static class Protobuf
{
    public static IEnumerable<ProtobufField> Read(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    yield return new ProtobufField(field, [], Varint(message, ref at));
                    break;
                case 1:
                    yield return new ProtobufField(field, [], BitConverter.ToUInt64(message, at));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return new ProtobufField(field, message[at..(at + length)], 0);
                    at += length;
                    break;
                case 5:
                    yield return new ProtobufField(field, [], BitConverter.ToUInt32(message, at));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7} is not known.");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
