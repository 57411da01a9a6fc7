using ListeningBot.Configuration;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Configuration;

/// <summary>appsettings.json: what is right becomes settings; what is wrong is told with line, words and cure.</summary>
public sealed class AppSettingsTests
{
    private const string Good = """
        {
          // operators may comment
          "Channels": {
            "blogs": { "Kind": "feed", "Url": "https://blog.example/feed", "Every": "00:01:00", "Words": ["a", "b"], "Pace": "fast", "Login": { "User": "me" } },
            "inbox": { "Kind": "box", "Enabled": false },
          },
          "Notifiers": { "chat": { "Enabled": true, "Token": "abc123" } },
          "Rooms": { "care": { "Notifier": "chat", "Address": 12345678901234567890 }, "ops": { "Notifier": "chat", "Address": "7" } },
          "Storage": { "Path": "here/bot.db" },
          "Web": { "Listen": "http://*:8080" },
          "Http": { "AllowPrivateHosts": ["intranet.example", "127.0.0.1:8080"] },
          "Alerting": { "MaybeListAt": "06:30" },
          "Logging": { "LogLevel": { "Default": "Warning" } }
        }
        """;

    [Fact]
    public void What_stands_beside_broken_settings_still_tells_where_the_store_is()
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": ");
        Assert.StartsWith("Where the store is can't be told, so nothing was done. ", folder.Read().StoreUnknown, StringComparison.Ordinal);

        var reading = folder.Given("LISTENINGBOT__Storage__Path", "/data/bot.db").Given("LISTENINGBOT__Channels__inbox__Password", "x").Read();
        Assert.Null(reading.StoreUnknown);
        Assert.Equal("/data/bot.db", reading.Store.Path);
        Assert.Single(reading.Problems);
    }

    [Fact]
    public void A_folder_that_is_not_there_tells_of_no_store()
    {
        using var folder = new ConfigurationFolder();
        folder.Sources = folder.Sources with { Folder = Path.Combine(folder.Root, "nowhere") };

        Assert.Contains("there is no such folder", folder.Read().StoreUnknown, StringComparison.Ordinal);
        Assert.Null(new ConfigurationFolder().Read().StoreUnknown);
    }

    [Fact]
    public void An_account_without_user_secrets_costs_no_exception_at_each_look()
    {
        using var folder = new ConfigurationFolder();
        folder.Sources = folder.Sources with { UserSecretsFile = Path.Combine(folder.Root, "no", "such", "secrets.json") };
        var (thrown, thread) = (0, Environment.CurrentManagedThreadId);
        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs told) => thrown += Environment.CurrentManagedThreadId == thread && told.Exception is DirectoryNotFoundException ? 1 : 0;

        AppDomain.CurrentDomain.FirstChanceException += Count;
        _ = folder.Sources.Read();
        AppDomain.CurrentDomain.FirstChanceException -= Count;

        Assert.Equal(0, thrown);
    }

    [Fact]
    public void A_good_file_becomes_settings()
    {
        using var folder = ConfigurationFolder.With(Good, ConfigurationFolder.OneWatch);

        var settings = folder.Settings();

        var blogs = Assert.Single(settings.Channels);
        var options = Assert.IsType<FeedOptions>(blogs.Options);
        Assert.Equal(("blogs", "feed", "https://blog.example/feed"), (blogs.Name, blogs.Kind.Name, options.Url));
        Assert.Equal((TimeSpan.FromMinutes(1), Pace.Fast, "me"), (options.Every, options.Pace, options.Login?.User));
        Assert.Equal(["a", "b"], options.Words);
        Assert.Equal(["console", "chat"], settings.Notifiers.Select(n => n.Name));
        Assert.Equal(["care chat 12345678901234567890", "ops chat 7", "private chat 12345678901234567890", "shadow console "], settings.Rooms.Select(r => $"{r.Name} {r.Notifier} {r.Address}"));
        Assert.Equal(Path.Combine(folder.Root, "here", "bot.db"), settings.Storage.Path);
        Assert.Equal("http://*:8080", settings.Web.Listen);
        Assert.Equal(["intranet.example", "127.0.0.1:8080"], settings.Http.AllowPrivateHosts);
        Assert.Equal(new TimeOnly(6, 30), settings.Alerting.MaybeListAt);
        Assert.Equal(LogLevel.Warning, settings.LogLevels["Default"]);
    }

    [Fact]
    public void Without_files_there_are_defaults_and_the_console()
    {
        using var folder = new ConfigurationFolder();

        var settings = folder.Settings();

        Assert.Empty(settings.Channels);
        Assert.Equal(["console"], settings.Notifiers.Select(n => n.Name));
        Assert.Equal(["ops console", "private console", "shadow console"], settings.Rooms.Select(r => $"{r.Name} {r.Notifier}"));
        Assert.Equal(Path.Combine(folder.Root, "data", "listeningbot.db"), settings.Storage.Path);
    }

    [Theory]
    [InlineData("", 1, "is empty", "Write {}")]
    [InlineData("[]", 1, "is not a JSON object", "begins with {")]
    [InlineData("{\n \"Web\": {}\n \"Http\": {}\n}", 3, "is not valid JSON here", "comma at the end of the line before")]
    [InlineData("{\n \"Web\": {\n", 3, "is not valid JSON here", "missing")]
    [InlineData("{\n \"Web\": hello\n}", 2, "is not valid JSON here", "Look for")]
    [InlineData("{} {}", 1, "is not valid JSON here", "Look for")]
    [InlineData("{\n \"Web\": {},\n \"web\": {}\n}", 3, "has \"web\" twice, first on line 2", "Keep one")]
    [InlineData("{\n \"Channles\": {}\n}", 2, "has an unknown key \"Channles\"", "Did you mean \"Channels\"?")]
    [InlineData("{\n \"Elephant\": {}\n}", 2, "has an unknown key \"Elephant\"", "Known here: $schema, Channels,")]
    [InlineData("{\n \"Channels\": []\n}", 2, "Channels is not a group of settings", "\"Channels\": {")]
    [InlineData("{\n \"Rooms\": { \"care\": \"console\" }\n}", 2, "Rooms:care is not a group of settings", "\"care\": {")]
    [InlineData("{\n \"Storage\": {\n  \"Path\": \"\" }\n}", 3, "Storage:Path is empty", "data/listeningbot.db")]
    [InlineData("{\n \"Storage\": { \"Paht\": \"x\" }\n}", 2, "has an unknown key \"Paht\" in Storage", "Did you mean \"Path\"?")]
    [InlineData("{\n \"Web\": { \"Listen\": \"8080\" }\n}", 2, "Web:Listen is \"8080\", not an address", "http://127.0.0.1:8473")]
    [InlineData("{\n \"Web\": { \"Listen\": \"https://localhost:1\" }\n}", 2, "Web:Listen", "http://127.0.0.1:8473")]
    [InlineData("{\n \"Http\": { \"AllowPrivateHosts\": [\n \"a\",\n \"http://b/\"] }\n}", 4, "has \"http://b/\", not a host", "without https://")]
    [InlineData("{\n \"Http\": { \"AllowPrivateHosts\": \"a\" }\n}", 2, "is \"a\", not a list", "in brackets")]
    [InlineData("{\n \"Http\": { \"UserAgent\": \"a\\nb\" }\n}", 2, "can't be sent as a header", "ListeningBot/0.1")]
    [InlineData("{\n \"Alerting\": { \"MaybeListAt\": \"noon\" }\n}", 2, "is \"noon\", not a time of day", "\"08:00\"")]
    [InlineData("{\n \"Alerting\": { \"BurstFrom\": -1 }\n}", 2, "BurstFrom is -1, less than nothing", "Write 20, or 0")]
    [InlineData("{\n \"Alerting\": { \"BurstWithin\": \"00:00:05\" }\n}", 2, "BurstWithin is 00:00:05, not from a minute to a day", "00:10:00")]
    [InlineData("{\n \"Storage\": { \"SampleSize\": -1 }\n}", 2, "SampleSize is -1, not from 0 to 1000000", "or 0 to keep no post")]
    [InlineData("{\n \"Storage\": { \"SampleDays\": 0 }\n}", 2, "SampleDays is 0, not from 1 to 366", "Write 30")]
    [InlineData("{\n \"Guard\": { \"Days\": 400 }\n}", 2, "Guard:Days is 400, not from 0 to 365", "or 0 to hold no change ever")]
    [InlineData("{\n \"Guard\": { \"Factor\": 1.2 }\n}", 2, "Guard:Factor is 1.2, not from 1.5 to 1000", "Write 3, or 0")]
    [InlineData("{\n \"Logging\": { \"LogLevel\": { \"Default\": \"Warnign\" } }\n}", 2, "LogLevel:Default is \"Warnign\"", "Did you mean \"Warning\"?")]
    [InlineData("{\n \"Web\": { \"Listen\": \"\\ud800\" }\n}", 2, "has half a character", "both halves")]
    [InlineData("{\n \"Notifiers\": { \"caht\": {} }\n}", 2, "\"caht\" is no kind of notifier", "Did you mean \"chat\"?")]
    [InlineData("{\n \"Notifiers\": { \"console\": { \"Enabled\": false } }\n}", 2, "the console can't be switched off", "Take the entry away")]
    [InlineData("{\n \"Notifiers\": { \"chat\": { } }\n}", 2, "Notifiers:chat:Token is missing", "LISTENINGBOT__Notifiers__chat__Token")]
    [InlineData("{\n \"Rooms\": { \"care\": { \"Notifier\": \"pigeon\" } }\n}", 2, "which is no kind of notifier", "Known here: console, chat.")]
    [InlineData("{\n \"Rooms\": { \"care\": {\n \"Notifier\": \"chat\", \"Address\": \"1\" } }\n}", 3, "Rooms:care:Notifier is \"chat\", which is not switched on", "\"Enabled\": true")]
    [InlineData("{\n \"Notifiers\": { \"chat\": { \"Enabled\": false } },\n \"Rooms\": { \"care\": { \"Notifier\": \"chat\" } }\n}", 3, "is not switched on", "Notifiers")]
    [InlineData("{\n \"Rooms\": { \"care\": { \"Address\": \"1\" } }\n}", 2, "Rooms:care has no Notifier", "Add \"Notifier\"")]
    [InlineData("{\n \"Rooms\": { \"Care Team\": { \"Notifier\": \"console\" } }\n}", 2, "\"Care Team\" is no name for a room", "small letters")]
    public void A_wrong_setting_is_told(string text, int line, string what, string cure)
    {
        using var folder = ConfigurationFolder.With(text, ConfigurationFolder.OneWatch);
        Holds(folder.Problem(), line, what, cure);
    }

    [Theory]
    [InlineData("{ \"Notifiers\": { \"chat\": {} }, \"Rooms\": { \"care\": { \"Notifier\": \"chat\", \"Address\": \"1\" } } }", true)]
    [InlineData("{ \"Notifiers\": { \"chat\": { \"Token\": \"\" } } }", true)]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"u\" } } }", true)]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"Password\": \"p\" } } }", false)]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"u\", \"Password\": \"a\\nb\" } } }", false)]
    public void A_secret_without_a_value_is_told_from_a_fault_of_the_file(string text, bool isAbsentSecret)
    {
        using var folder = ConfigurationFolder.With(text, ConfigurationFolder.OneWatch);
        Assert.Equal(isAbsentSecret, folder.Problem().IsAbsentSecret);
    }

    [Fact]
    public void A_channel_without_a_kind_that_is_named_nearly_like_another_is_taken_for_a_slip()
    {
        const string text = "{ \"Channels\": {\n\"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" },\n\"blgos\": { \"Limit\": 5 }\n} }";
        using var folder = ConfigurationFolder.With(text, ConfigurationFolder.OneWatch);
        Holds(folder.Problem(), 3, "Channels:blgos has no Kind", "If it is a slip of \"blogs\", write that; else add \"Kind\": one of feed, box.");
    }

    [Theory]
    [InlineData("\"Url\": \"https://a.example/\"", 3, "Channels:blogs has no Kind", "one of feed, box")]
    [InlineData("\"Kind\": \"fede\"", 4, "Channels:blogs:Kind is \"fede\", which is no kind of channel", "Did you mean \"feed\"?")]
    [InlineData("\"Kind\": \"feed\"", 3, "Channels:blogs has no Url", "Add \"Url\"")]
    [InlineData("\"Kind\": \"feed\",\n\"Url\": \"blog.example\"", 5, "Channels:blogs:Url is not a web address: \"blog.example\"", "begins with https://")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Evry\": \"00:01:00\"", 5, "has an unknown key \"Evry\" in Channels:blogs", "Did you mean \"Every\"?")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Every\": 5", 5, "Channels:blogs:Every is 5, not a length of time", "00:05:00")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Every\": \"5\"", 5, "is \"5\", not a length of time", "hours, minutes, seconds")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Limit\": \"many\"", 5, "is \"many\", not a whole number", "10")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Limit\": 99999999999", 5, "is 99999999999, not a whole number", "10")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Share\": \"NaN\"", 5, "not a number", "10")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Whole\": \"yes\"", 5, "not true or false", "true")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Pace\": \"fats\"", 5, "not one of Slow, Fast", "Did you mean \"Fast\"?")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Words\": [\n\"a\", true]", 6, "Words:1 is true, not text", "\"...\"")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Login\": { \"Usr\": \"a\" }", 5, "unknown key \"Usr\" in Channels:blogs:Login", "\"User\"")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Login\": \"me\"", 5, "not a group of settings", "in braces")]
    [InlineData("\"Kind\": \"feed\", \"Url\": \"https://a.example/\",\n\"Enabled\": \"maybe\"", 5, "Channels:blogs:Enabled is neither true nor false", "Write true or false")]
    [InlineData("\"Kind\": \"box\", \"User\": \"me\"", 3, "Channels:blogs has no Password", "LISTENINGBOT__Channels__blogs__Password")]
    public void A_wrong_channel_is_told(string inside, int line, string what, string cure)
    {
        using var folder = ConfigurationFolder.With("{\n\"Channels\": {\n\"blogs\": {\n" + inside + "\n}\n}\n}", ConfigurationFolder.OneWatch);
        Holds(folder.Problem(), line, what, cure);
    }

    [Fact]
    public void A_channel_name_with_odd_characters_is_told()
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": {\n \"My Blog\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" } } }", ConfigurationFolder.OneWatch);
        Holds(folder.Problem(), 2, "\"My Blog\" is no name for a channel", "small letters");
    }

    [Fact]
    public void A_room_that_its_notifier_refuses_is_told_at_its_own_line()
    {
        using var folder = ConfigurationFolder.With("{ \"Notifiers\": { \"chat\": { \"Token\": \"t\" } },\n \"Rooms\": { \"care\": { \"Notifier\": \"chat\",\n \"Address\": \"#care\" } } }");
        Holds(folder.Problem(), 3, "Rooms:care:Address is no chat id", "Digits only.");
    }

    [Fact]
    public void A_disabled_channel_is_looked_at_no_further_than_its_kind()
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"Enabled\": false, \"Sizes\": 3 } } }");
        Assert.Empty(folder.Settings().Channels);
    }

    [Fact]
    public void A_disabled_channel_of_no_known_kind_is_told()
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": { \"inbox\": { \"Kind\": \"bux\", \"Enabled\": false } } }");
        Holds(folder.Problem(), 1, "no kind of channel", "Did you mean \"box\"?");
    }

    [Fact]
    public void Channels_without_any_watch_would_hear_nothing()
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": { \"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" } } }");
        var problem = folder.Problem();
        Assert.Equal("config/watches.yaml", problem.File);
        Assert.Contains("is missing", problem.What);
    }

    [Fact]
    public void Every_error_of_both_files_is_told_at_once()
    {
        using var folder = ConfigurationFolder.With(
            "{\n \"Wbe\": {},\n \"Channels\": { \"a\": { \"Kind\": \"feed\", \"Limit\": \"x\" },\n \"b\": { \"Kind\": \"box\" } } }",
            "watches:\n  - find: []\n    alert: 2\n");
        Assert.Equal(
            [
                "appsettings.json:2", "appsettings.json:3", "appsettings.json:3", "appsettings.json:4", "appsettings.json:4",
                "config/watches.yaml:2", "config/watches.yaml:2", "config/watches.yaml:3",
            ],
            folder.Problems().Select(p => $"{p.File}:{p.Line}"));
    }

    [Fact]
    public void Malformed_json_hides_no_error_of_the_watches()
    {
        using var folder = ConfigurationFolder.With("{ oops", "watches:\n  - name: a\n    find: [x]\n    channels: [inbox]\n    alert: 7\n");
        Assert.Equal(["appsettings.json:1", "config/watches.yaml:5"], folder.Problems().Select(p => $"{p.File}:{p.Line}"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        using var folder = new ConfigurationFolder();
        folder.Sources = new Sources { Folder = Path.Combine(folder.Root, "nowhere") };
        Assert.Contains("there is no such folder", folder.Problem().What);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_told()
    {
        using var folder = new ConfigurationFolder();
        Directory.CreateDirectory(Path.Combine(folder.Root, "appsettings.json"));
        Assert.Equal("is a folder, not a file", folder.Problem().What);
    }

    internal static void Holds(Problem problem, int? line, string what, string cure)
    {
        Assert.Contains(what, problem.What);
        Assert.Contains(cure, problem.Cure);
        Assert.Equal(line, problem.Line);
        Assert.EndsWith(".json", problem.File);
    }
}
