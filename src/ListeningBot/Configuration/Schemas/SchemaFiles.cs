using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ListeningBot.Configuration.Schemas;

/// <summary>The JSON Schemas that lie in config/ for editors, made from the keys that the readers know.</summary>
internal static class SchemaFiles
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>For people, not for a page: quotes and arrows as they are.</summary>
    private static readonly JsonSerializerOptions s_written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>By file name; the same bytes at each call.</summary>
    public static IReadOnlyDictionary<string, Func<string>> All { get; } = new Dictionary<string, Func<string>>(StringComparer.Ordinal)
    {
        ["appsettings.schema.json"] = () => Written("ListeningBot for operators", AppSettings.Top(), AppSettings.Definitions()),
        ["watches.schema.json"] = () => Written("What ListeningBot listens for", WatchesSchema.Top.Schema()),
        ["gestures.schema.json"] = () => Written("What ListeningBot says may be offered beyond the fix", GesturesSchema.Top.Schema()),
        ["replies.schema.json"] = () => Written("How ListeningBot drafts replies", RepliesSchema.Top.Schema(RepliesSchema.About), RepliesSchema.Definitions),
        ["responders.schema.json"] = () => Written("Who gets the cards, when, and by when they act", RespondersSchema.Top.Schema(), RespondersSchema.Definitions),
    };

    private static AppSettingsSchema AppSettings => new(Program.ChannelKinds, Program.NotifierKinds);

    private static string Written(string title, JsonObject schema, JsonObject? definitions = null)
    {
        var file = Shape.Add(Shape.Of(("$schema", Dialect), ("title", title)), schema);
        if (definitions is not null)
        {
            file["$defs"] = definitions.DeepClone();
        }
        return file.ToJsonString(s_written) + "\n";
    }
}
