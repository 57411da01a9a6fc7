using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Notifiers;

namespace ListeningBot.Configuration.Schemas;

/// <summary>The sections and keys of appsettings.json, for these kinds of channels and notifiers.</summary>
internal sealed class AppSettingsSchema(IReadOnlyList<ChannelKind> channels, IReadOnlyList<NotifierKind> notifiers)
{
    public JsonObject Top() => new MapKeys(
        new("$schema", null, Shape.Text()),
        new("Channels", "What to listen on: a name (small letters, digits, - and _), and a kind with its options.", Shape.MapOf(Channel())),
        new("Notifiers", "How to reach rooms. The console needs no entry.", new MapKeys([.. notifiers.Select(kind => new Key(kind.Name, null, Shape.Defined("notifier-" + kind.Name)))]).Schema()),
        new("Rooms", "Where each team's cards go. \"default\" is for teams without their own; \"ops\" is where the bot speaks of itself; \"private\" shows cases from private mail (without it: default, else the first team's room), \"shadow\" what watches on trial hear. Default: the console.", Shape.MapOf(Room())),
        Own("Storage", typeof(StorageSettings)),
        Own("Web", typeof(WebSettings)),
        Own("Http", typeof(HttpSettings)),
        Own("Alerting", typeof(AlertingSettings)),
        Own("Canary", typeof(CanarySettings)),
        Own("Guard", typeof(GuardSettings)),
        Own("Retention", typeof(RetentionSettings)),
        Own("Logging", typeof(LoggingSection))).Schema();

    public JsonObject Definitions()
    {
        var definitions = Shape.Of(("quiet-after", Shape.Of(
            ("description", "How long the channel may give nothing new before the ops room is told, hours:minutes:seconds, from one minute; \"0\": for ever. Default: as long as it usually does, learned from its own weeks."),
            ("type", "string"),
            ("pattern", @"^(0|(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)$"))));
        foreach (var kind in channels)
        {
            definitions["channel-" + kind.Name] = WhileOn(OptionsSchema.KeysOf(kind.OptionsType, BesideOptions()).Schema());
        }
        foreach (var kind in notifiers)
        {
            definitions["notifier-" + kind.Name] = OptionsSchema.KeysOf(kind.OptionsType, kind.Name == NotifiersSection.Console
                ? new Key("Enabled", "The console is always on.", Shape.Of(("const", true)))
                : new Key("Enabled", "Default: true.", Shape.YesOrNo(true))).Schema();
        }
        return definitions;
    }

    private static Key Own(string name, Type options) => new(name, OptionsSchema.About(options), OptionsSchema.KeysOf(options).Schema());

    private static Key[] BesideOptions() =>
    [
        new("Kind", "What kind of channel it is.", []),
        new("Enabled", "false switches it off; nothing but its kind is then looked at. Default: true.", Shape.YesOrNo(true)),
        new("QuietAfter", null, Shape.Defined("quiet-after")),
    ];

    /// <summary>Of a channel that is off, no key is missed.</summary>
    private static JsonObject WhileOn(JsonObject schema)
    {
        if (schema["required"] is { } required)
        {
            schema.Remove("required");
            schema["if"] = Shape.Of(("required", Shape.Words("Enabled")), ("properties", Shape.Of(("Enabled", Shape.Of(("const", false))))));
            schema["else"] = Shape.Of(("required", required));
        }
        return schema;
    }

    private JsonObject Channel() => Shape.Of(
        ("type", "object"),
        ("required", Shape.Words("Kind")),
        ("properties", Shape.Of(("Kind", Shape.OneOf(channels.Select(kind => kind.Name))))),
        ("allOf", new JsonArray([.. channels.Select(kind => Shape.Of(
            ("if", Shape.Of(("properties", Shape.Of(("Kind", Shape.Of(("const", kind.Name))))))),
            ("then", Shape.Defined("channel-" + kind.Name))))])));

    private JsonObject Room()
    {
        var room = OptionsSchema.KeysOf(typeof(RoomOptions)).Schema();
        Shape.Add(room["properties"]!["Notifier"]!.AsObject(), Shape.Of(("enum", Shape.Words([.. notifiers.Select(kind => kind.Name)]))));
        return room;
    }
}
