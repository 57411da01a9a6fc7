using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Schemas;

namespace ListeningBot.Tests.Configuration;

/// <summary>What an editor's schema knows and what the program knows are the same. With LISTENINGBOT_SCHEMA=write the files in config/ are written anew.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement App = JsonDocument.Parse(Shipped.Text("config/appsettings.schema.json")).RootElement;

    public static TheoryData<string> Names => [.. SchemaFiles.All.Keys];
    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_of_a_file_is_made_of_the_keys_that_the_program_reads(string name)
    {
        var made = SchemaFiles.All[name]();
        if (Environment.GetEnvironmentVariable("LISTENINGBOT_SCHEMA") == "write")
        {
            File.WriteAllText(Path.Combine(Shipped.Root, "config", name), made);
            return;
        }
        Assert.True(Shipped.Text("config/" + name) == made, $"config/{name} is not what the program reads. Write it anew: LISTENINGBOT_SCHEMA=write dotnet test tests/ListeningBot.Tests --filter FullyQualifiedName~SchemaTests");
    }

    [Theory]
    [InlineData("watches")]
    [InlineData("responders")]
    [InlineData("replies")]
    [InlineData("gestures")]
    public void A_shipped_file_is_right_by_its_schema(string file)
    {
        Assert.Empty(FaultsOf(file, Shipped.Text($"config/{file}.yaml")));
    }

    [Theory]
    [InlineData("watches", "watches: [{ name: a, fnid: [b] }]", "fnid")]
    [InlineData("watches", "watches: [{ name: a }]", "fits none")]
    [InlineData("watches", "watches: [{ name: a, find: [b], alert: 2 }]", "alert")]
    [InlineData("watches", "watches: [{ name: a, find: [b], languages: [english] }]", "languages")]
    [InlineData("gestures", "gestures: [{ name: a, up to: fifty }]", "up to")]
    [InlineData("gestures", "gestures: [{ name: a, approve: ceo }]", "approve")]
    [InlineData("replies", "answer: { en: { any: { offer: b } } }", "acknowledge")]
    [InlineData("responders", "routes: [{ aspect: billing }]", "team")]
    [InlineData("responders", "teams: [{ name: a, targets: { floor: soon } }]", "floor")]
    public void What_the_program_refuses_is_marked_by_the_schema(string file, string yaml, string told)
    {
        Assert.Contains(FaultsOf(file, yaml), fault => fault.Contains(told, StringComparison.Ordinal));
    }

    private static List<string> FaultsOf(string file, string yaml)
    {
        var problems = new Problems();
        var root = YamlTree.Read(yaml, file, file + ":", problems);
        Assert.Empty(problems.All());
        return SchemaCheck.Faults(JsonNode.Parse(SchemaFiles.All[file + ".schema.json"]())!, SchemaCheck.Plain(root!));
    }

    [Fact]
    public void The_example_of_the_settings_is_right_by_its_schema()
    {
        Assert.Empty(FaultsOfSettings(Shipped.Text("appsettings.example.json")));
    }

    [Theory]
    [InlineData("""{ "Channels": { "a": { "Kind": "mail", "Hots": "b" } } }""", "Hots")]
    [InlineData("""{ "Channels": { "a": { "Kind": "fax" } } }""", "Kind")]
    [InlineData("""{ "Channels": { "a": { "Kind": "x" } } }""", "Budget")]
    [InlineData("""{ "Channels": { "a": { "Kind": "rss", "Url": "b", "Every": "5" } } }""", "Every")]
    [InlineData("""{ "Channels": { "a": { "Kind": "discord", "Channels": ["general"] } } }""", "Channels")]
    [InlineData("""{ "Notifiers": { "console": { "Enabled": false } } }""", "Enabled")]
    [InlineData("""{ "Rooms": { "care": { "Address": "1" } } }""", "Notifier")]
    [InlineData("""{ "Guard": { "Days": 366 } }""", "Days")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Loud" } } }""", "Default")]
    public void What_the_program_refuses_of_the_settings_is_marked_by_the_schema(string json, string told)
    {
        Assert.Contains(FaultsOfSettings(json), fault => fault.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_channel_that_is_off_no_key_is_missed()
    {
        Assert.Empty(FaultsOfSettings("""{ "Channels": { "a": { "Kind": "x", "Enabled": false } } }"""));
    }

    [Fact]
    public void Every_option_says_what_it_is_for()
    {
        Type[] own = [typeof(StorageSettings), typeof(WebSettings), typeof(HttpSettings), typeof(AlertingSettings), typeof(CanarySettings), typeof(GuardSettings), typeof(LoggingSection), typeof(RoomOptions)];
        var records = own.Concat(Program.ChannelKinds.Select(kind => kind.OptionsType)).Concat(Program.NotifierKinds.Select(kind => kind.OptionsType));
        Assert.DoesNotContain(records.SelectMany(OptionsShape.KeysOf), option => OptionsSchema.About(option) is null);
    }

    /// <summary>The limits that an editor marks are those of the program: it takes what is on them, and refuses what is beyond.</summary>
    [Fact]
    public void The_limits_of_an_option_are_those_that_the_program_holds()
    {
        (string Section, Type Options)[] own = [("Storage", typeof(StorageSettings)), ("Alerting", typeof(AlertingSettings)), ("Guard", typeof(GuardSettings)), ("Retention", typeof(RetentionSettings))];
        var ours = own.SelectMany(one => Limits(one.Options).Select(limit => (limit.Name, limit.Value, limit.Fits, Refused: IsRefused(one.Section, limit.Name, limit.Value))));
        var channels = Program.ChannelKinds.SelectMany(kind => Limits(kind.OptionsType).Select(limit => (limit.Name, limit.Value, limit.Fits, Refused: IsRefused(kind, limit.Name, limit.Value))));

        Assert.All([.. ours, .. channels], limit => Assert.True(limit.Fits != limit.Refused, $"{limit.Name} {limit.Value}: the schema says {limit.Fits}"));
    }

    private static IEnumerable<(string Name, string Value, bool Fits)> Limits(Type options)
    {
        foreach (var (name, schema) in OptionsSchema.KeysOf(options).Schema()["properties"]!.AsObject())
        {
            var step = schema!["type"]?.ToString() == "integer" ? 1 : 0.01m;
            foreach (var (limit, beyond) in new[] { (schema["minimum"], -step), (schema["maximum"], step) })
            {
                if (limit is not null)
                {
                    var value = decimal.Parse(limit.ToString(), CultureInfo.InvariantCulture);
                    yield return (name, value.ToString(CultureInfo.InvariantCulture), true);
                    yield return (name, (value + beyond).ToString(CultureInfo.InvariantCulture), false);
                }
            }
        }
    }

    private static bool IsRefused(string section, string key, string value)
    {
        using var folder = ConfigurationFolder.With($$"""{ "{{section}}": { "{{key}}": {{value}} } }""", ConfigurationFolder.OneWatch);
        return folder.Problems().Any(problem => problem.What.Contains($"{section}:{key}", StringComparison.Ordinal));
    }

    private static bool IsRefused(ChannelKind kind, string key, string value) =>
        kind.Validate(kind.Bind(Section.Of(key, value))).Any(problem => problem.Option == key);

    private static List<string> FaultsOfSettings(string json) =>
        SchemaCheck.Faults(JsonNode.Parse(SchemaFiles.All["appsettings.schema.json"]())!, JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }));

    [Fact]
    public void The_settings_schema_knows_every_section()
    {
        AreSame("appsettings.schema.json", SettingsReader.TopKeys, Keys(App));
        AreSame("Storage", KeysOf(typeof(StorageSettings)), Keys(SectionOf("Storage")));
        AreSame("Web", KeysOf(typeof(WebSettings)), Keys(SectionOf("Web")));
        AreSame("Http", KeysOf(typeof(HttpSettings)), Keys(SectionOf("Http")));
        AreSame("Alerting", KeysOf(typeof(AlertingSettings)), Keys(SectionOf("Alerting")));
        AreSame("Canary", KeysOf(typeof(CanarySettings)), Keys(SectionOf("Canary")));
        AreSame("Guard", KeysOf(typeof(GuardSettings)), Keys(SectionOf("Guard")));
        AreSame("Retention", KeysOf(typeof(RetentionSettings)), Keys(SectionOf("Retention")));
        AreSame("Logging", KeysOf(typeof(LoggingSection)), Keys(SectionOf("Logging")));
        AreSame("Rooms", KeysOf(typeof(RoomOptions)), Keys(SectionOf("Rooms").GetProperty("additionalProperties")));
    }

    [Fact]
    public void The_settings_schema_knows_every_kind_of_channel_and_its_options()
    {
        var kinds = SectionOf("Channels").GetProperty("additionalProperties").GetProperty("properties").GetProperty("Kind").GetProperty("enum");
        AreSame("Kind", Program.ChannelKinds.Select(k => k.Name), kinds.EnumerateArray().Select(k => k.GetString()!));
        foreach (var kind in Program.ChannelKinds)
        {
            AreSame("$defs:channel-" + kind.Name, [.. ChannelsSection.Beside, .. KeysOf(kind.OptionsType)], Keys(Definition("channel-" + kind.Name)));
        }
    }

    [Fact]
    public void The_settings_schema_knows_every_kind_of_notifier_and_its_options()
    {
        AreSame("Notifiers", Program.NotifierKinds.Select(k => k.Name), Keys(SectionOf("Notifiers")));
        foreach (var kind in Program.NotifierKinds)
        {
            AreSame("$defs:notifier-" + kind.Name, ["Enabled", .. KeysOf(kind.OptionsType)], Keys(Definition("notifier-" + kind.Name)));
        }
    }

    private static JsonElement SectionOf(string name) => App.GetProperty("properties").GetProperty(name);

    private static JsonElement Definition(string name) => App.GetProperty("$defs").GetProperty(name);

    private static IEnumerable<string> Keys(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string> KeysOf(Type options) => OptionsShape.KeysOf(options).Select(p => p.Name);

    private static void AreSame(string where, IEnumerable<string> program, IEnumerable<string> schema)
    {
        var (ours, its) = (program.ToList(), schema.ToList());
        Assert.True(
            !ours.Except(its).Any() && !its.Except(ours).Any(),
            $"{where}: add to the schema in config/: {string.Join(", ", ours.Except(its))}; take from it: {string.Join(", ", its.Except(ours))}");
    }
}
