using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>What `cases` gives to programs: names in camel case, choices as "followed-up", times in UTC.</summary>
internal static class CasesVerbJson
{
    private static readonly JsonSerializerOptions Writing = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new UtcTime() },
    };

    public static string Of<T>(T value) => OnTerminal.Json(JsonSerializer.Serialize(value, Writing));

    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Writing);

    /// <summary>A case with all that belongs to it.</summary>
    public static object Whole(IStoreView view, Case @case) => new
    {
        kind = "case",
        @case = Plain(@case),
        events = view.EventsOf(@case.Id).Select(happening => new { at = happening.At, what = happening.Event }),
        posts = view.MentionsOfCase(@case.Id).Select(mention => mention.Id),
        contacts = view.ContactsOf(@case.Id),
        verdicts = view.MentionsOfCase(@case.Id).SelectMany(mention => view.VerdictsOn(mention.Id)),
        presses = view.PressesOn(@case.Id).Where(press => !press.Target.StartsWith("Tray", StringComparison.Ordinal)),
        pings = view.PingsOf($"case:{@case.Id}"),
    };

    public static Case Plain(Case @case) => @case with { LastPress = null };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Time(value));
    }
}
