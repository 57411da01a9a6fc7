using System.Text.Json;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Teams;

namespace ListeningBot.Tests.Configuration;

/// <summary>What an editor's schema knows and what the program knows are the same keys.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement App = JsonDocument.Parse(Shipped.Text("config/appsettings.schema.json")).RootElement;
    private static readonly JsonElement Watches = JsonDocument.Parse(Shipped.Text("config/watches.schema.json")).RootElement;
    private static readonly JsonElement Replies = JsonDocument.Parse(Shipped.Text("config/replies.schema.json")).RootElement;
    private static readonly JsonElement Gestures = JsonDocument.Parse(Shipped.Text("config/gestures.schema.json")).RootElement;

    private static readonly JsonElement Responders = JsonDocument.Parse(Shipped.Text("config/responders.schema.json")).RootElement;

    [Fact]
    public void The_watches_schema_knows_the_keys_that_the_loader_knows()
    {
        AreSame("watches.schema.json", WatchesFile.TopKeys, Keys(Watches));
        AreSame("watches.schema.json", WatchesFile.WatchKeys, Keys(Watches.GetProperty("properties").GetProperty("watches").GetProperty("items")));
    }

    [Fact]
    public void The_responders_schema_knows_the_keys_that_the_loader_knows()
    {
        var team = Items("teams");
        var first = team.GetProperty("properties").GetProperty("targets");
        AreSame("responders.schema.json", RespondersFile.TopKeys, Keys(Responders));
        AreSame("members", MemberEntry.Keys, Keys(Items("members")));
        AreSame("teams", TeamEntry.Keys, Keys(team));
        AreSame("routes", RouteEntry.Keys, Keys(Items("routes")));
        AreSame("turns", RotaEntry.TurnKeys, Keys(Responders.GetProperty("$defs").GetProperty("turns")));
        AreSame("targets", TargetsEntry.Keys, Keys(first));
        AreSame("first answer", TargetsEntry.Priorities, Keys(first.GetProperty("properties").GetProperty("first answer").GetProperty("oneOf")[1]));
        AreSame("aspect", Core.Scoring.Aspects.Names, Responders.GetProperty("$defs").GetProperty("aspect").GetProperty("enum").EnumerateArray().Select(aspect => aspect.GetString()!));
    }

    [Fact]
    public void The_replies_schema_knows_the_keys_that_the_loader_knows()
    {
        AreSame("replies.schema.json", RepliesFile.TopKeys, Keys(Replies));
        AreSame("replies.schema.json: texts", RepliesFile.AspectKeys, Keys(Replies.GetProperty("$defs").GetProperty("texts").GetProperty("additionalProperties")));
        AreSame("replies.schema.json: answers", RepliesFile.AspectKeys, Keys(Replies.GetProperty("$defs").GetProperty("answers").GetProperty("additionalProperties")));
        AreSame("replies.schema.json: answer", RepliesFile.AnswerKeys, Keys(Replies.GetProperty("$defs").GetProperty("answer")));
        Assert.Equal(RepliesFile.LongestText, Replies.GetProperty("$defs").GetProperty("text").GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public void The_gestures_schema_knows_the_keys_that_the_loader_knows()
    {
        var gesture = Gestures.GetProperty("properties").GetProperty("gestures").GetProperty("items");
        AreSame("gestures.schema.json", GesturesFile.TopKeys, Keys(Gestures));
        AreSame("gestures.schema.json", GesturesFile.GestureKeys, Keys(gesture));
        AreSame("aspects", Core.Scoring.Aspects.Names, Words(gesture.GetProperty("properties").GetProperty("aspects").GetProperty("items")));
        AreSame("approve", GesturesFile.Approvers, Words(gesture.GetProperty("properties").GetProperty("approve")));
        AreSame("priority", GesturesFile.Priorities, Words(gesture.GetProperty("properties").GetProperty("priority")));
    }

    [Fact]
    public void The_settings_schema_knows_every_section()
    {
        AreSame("appsettings.schema.json", SettingsReader.TopKeys, Keys(App));
        AreSame("Storage", Names(typeof(StorageSettings)), Keys(Section("Storage")));
        AreSame("Web", Names(typeof(WebSettings)), Keys(Section("Web")));
        AreSame("Http", Names(typeof(HttpSettings)), Keys(Section("Http")));
        AreSame("Alerting", Names(typeof(AlertingSettings)), Keys(Section("Alerting")));
        AreSame("Canary", Names(typeof(CanarySettings)), Keys(Section("Canary")));
        AreSame("Guard", Names(typeof(GuardSettings)), Keys(Section("Guard")));
        AreSame("Logging", Names(typeof(LoggingSection)), Keys(Section("Logging")));
        AreSame("Rooms", Names(typeof(RoomOptions)), Keys(Section("Rooms").GetProperty("additionalProperties")));
    }

    [Fact]
    public void The_settings_schema_knows_every_kind_of_channel_and_its_options()
    {
        var kinds = Section("Channels").GetProperty("additionalProperties").GetProperty("properties").GetProperty("Kind").GetProperty("enum");
        AreSame("Kind", Program.ChannelKinds.Select(k => k.Name), kinds.EnumerateArray().Select(k => k.GetString()!));
        foreach (var kind in Program.ChannelKinds)
        {
            AreSame("$defs:channel-" + kind.Name, [.. ChannelsSection.Beside, .. Names(kind.OptionsType)], Keys(Definition("channel-" + kind.Name)));
        }
    }

    [Fact]
    public void The_settings_schema_knows_every_kind_of_notifier_and_its_options()
    {
        AreSame("Notifiers", Program.NotifierKinds.Select(k => k.Name), Keys(Section("Notifiers")));
        foreach (var kind in Program.NotifierKinds)
        {
            AreSame("$defs:notifier-" + kind.Name, ["Enabled", .. Names(kind.OptionsType)], Keys(Definition("notifier-" + kind.Name)));
        }
    }

    private static JsonElement Items(string list) => Responders.GetProperty("properties").GetProperty(list).GetProperty("items");

    private static IEnumerable<string> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!);

    private static JsonElement Section(string name) => App.GetProperty("properties").GetProperty(name);

    private static JsonElement Definition(string name) => App.GetProperty("$defs").GetProperty(name);

    private static IEnumerable<string> Keys(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string> Names(Type options) => OptionsShape.KeysOf(options).Select(p => p.Name);

    private static void AreSame(string where, IEnumerable<string> program, IEnumerable<string> schema)
    {
        var (ours, its) = (program.ToList(), schema.ToList());
        Assert.True(
            !ours.Except(its).Any() && !its.Except(ours).Any(),
            $"{where}: add to the schema in config/: {string.Join(", ", ours.Except(its))}; take from it: {string.Join(", ", its.Except(ours))}");
    }
}
