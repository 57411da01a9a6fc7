using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>How records are kept as JSON: names in camel case, enums by name, times as Unix milliseconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(UnixMilliseconds)])]
[JsonSerializable(typeof(Mention))]
[JsonSerializable(typeof(BareMention))]
[JsonSerializable(typeof(JudgedBody))]
[JsonSerializable(typeof(OpenedBody))]
[JsonSerializable(typeof(EndedBody))]
[JsonSerializable(typeof(EndedMention))]
[JsonSerializable(typeof(Post))]
[JsonSerializable(typeof(Case))]
[JsonSerializable(typeof(CaseEvent))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(PressAnswer))]
[JsonSerializable(typeof(Silence))]
[JsonSerializable(typeof(CanaryRun))]
[JsonSerializable(typeof(HeldChange))]
[JsonSerializable(typeof(DeadWork))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<CardButton>))]
[JsonSerializable(typeof(IReadOnlyList<Contact>))]
internal sealed partial class StoreJson : JsonSerializerContext;

internal sealed class UnixMilliseconds : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}

/// <summary>One buffer for all JSON that a connection writes; what it returns is valid until the next write.</summary>
internal sealed class JsonBuffer
{
    private const int KeptAtMost = 1 << 20;

    // The JSON goes into a database column, never into a page: only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private ArrayBufferWriter<byte> _bytes = new(4096);
    private Utf8JsonWriter? _writer;

    public ReadOnlySpan<byte> Write<T>(T value, JsonTypeInfo<T> type)
    {
        if (_bytes.Capacity > KeptAtMost)
        {
            _bytes = new ArrayBufferWriter<byte>(4096);
        }
        _bytes.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_bytes, Options);
        _writer.Reset(_bytes);
        JsonSerializer.Serialize(_writer, value, type);
        _writer.Flush();
        return _bytes.WrittenSpan;
    }
}
