using ListeningBot.Configuration;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Configuration;

/// <summary>config/watches.yaml: what is right becomes watches; what is wrong is told with line, words and cure.</summary>
public sealed class WatchesFileTests
{
    private const string Start = "watches:\n  - name: brand\n    find: [nimbus]\n";

    [Fact]
    public void A_good_file_becomes_watches()
    {
        using var folder = ConfigurationFolder.With(
            "{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"u\", \"Password\": \"p\" } } }",
            """
            # yaml-language-server: $schema=watches.schema.json
            ours: ["@nimbuscares", "*@nimbus.example"]
            watches:
              - name: brand
                find: [nimbus, "#nimbus", 2024]
                exclude:
                  - nimbus cloud
                languages: [en, de]
                alert: 0.4
                shadow: true
              - name: letters
                team: post
                everything: true
                channels: [inbox]
            """);

        var settings = folder.Settings();

        var (brand, letters) = (settings.Watches[0], settings.Watches[1]);
        Assert.Equal(("brand", "care", 0.4, false), (brand.Name, brand.Team, brand.AlertAt, brand.Everything));
        Assert.Equal((true, false), (brand.Shadow, letters.Shadow));
        Assert.Equal(["nimbus", "#nimbus", "2024"], brand.Find);
        Assert.Equal(["nimbus cloud"], brand.Exclude);
        Assert.Equal(["en", "de"], brand.Languages);
        Assert.Equal(("letters", "post", 0.35, true), (letters.Name, letters.Team, letters.AlertAt, letters.Everything));
        Assert.Equal(["inbox"], letters.Channels);
        Assert.True(settings.Ours.Wrote(Support.Some.Post() with { Author = new Author { Handle = "nimbuscares" } }));
        Assert.True(settings.Ours.Wrote(Support.Some.Post() with { Author = new Author { Id = "help@nimbus.example" } }));
        Assert.Equal(["care", "post", "ops", "private", "shadow"], settings.Rooms.Select(r => r.Name));
    }

    /// <summary>Its open cases are still shown where they were.</summary>
    [Fact]
    public void A_team_that_nobody_names_any_more_keeps_the_room_that_it_has()
    {
        using var folder = ConfigurationFolder.With(
            "{ \"Notifiers\": { \"chat\": { \"Token\": \"t\" } }, \"Rooms\": { \"letters\": { \"Notifier\": \"chat\", \"Address\": \"1\" } } }", Start);
        Assert.Equal(["care console ", "letters chat 1", "ops console ", "private console ", "shadow console "], folder.Settings().Rooms.Select(r => $"{r.Name} {r.Notifier} {r.Address}"));
    }

    [Fact]
    public void A_team_without_a_room_of_its_own_uses_the_default_one()
    {
        using var folder = ConfigurationFolder.With(
            "{ \"Notifiers\": { \"chat\": { \"Token\": \"t\" } }, \"Rooms\": { \"default\": { \"Notifier\": \"chat\", \"Address\": \"1\" }, \"post\": { \"Notifier\": \"console\" } } }",
            Start + "  - name: b\n    team: post\n    find: [x]\n");
        Assert.Equal(["care chat 1", "post console ", "default chat 1", "ops console ", "private chat 1", "shadow console "], folder.Settings().Rooms.Select(r => $"{r.Name} {r.Notifier} {r.Address}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("---\n")]
    [InlineData("watches:\n")]
    [InlineData("watches: []\nours: []\n")]
    [InlineData("\uFEFFwatches: []\r\n")]
    public void Nothing_to_listen_for_is_fine_while_no_channel_is_on(string text)
    {
        using var folder = ConfigurationFolder.With(watches: text);
        Assert.Empty(folder.Settings().Watches);
    }

    [Theory]
    [InlineData("- a\n- b\n", 1, "is not a list of settings", "watches:")]
    [InlineData("wathces: []\n", 1, "has an unknown key \"wathces\" in this file", "Did you mean \"watches\"?")]
    [InlineData("elephants: []\n", 1, "unknown key \"elephants\"", "Known here: ours, pieces, watches.")]
    [InlineData("watches: nimbus\n", 1, "watches is not a list", "- name:")]
    [InlineData("watches:\n  - nimbus\n", 2, "has a watch without keys", "- name:")]
    [InlineData("watches:\n  - find: [x]\n", 2, "a watch has no name", "Add name:")]
    [InlineData("watches:\n  - name: a\n", 2, "watch \"a\" has nothing to listen for", "everything: true with channels")]
    [InlineData("watches:\n  - name: a\n    everything: false\n", 2, "watch \"a\" has nothing to listen for", "Add find:")]
    [InlineData("watches:\n  - name: a\n    find: []\n", 3, "watch \"a\": find is empty", "Add a word or phrase")]
    [InlineData("watches:\n  - name: a\n    find:\n", 3, "watch \"a\": find is empty", "Add a word or phrase")]
    [InlineData("watches:\n  - name: a\n    find: nimbus\n", 3, "watch \"a\": find is not a list", "find: [one, two]")]
    [InlineData("watches:\n  - name: a\n    find:\n      - x\n      - #nimbus\n", 5, "find has an empty entry", "in quotes when it begins with #")]
    [InlineData("watches:\n  - name: a\n    find:\n      - x\n      - nimbus: help\n", 5, "find has an entry that is no plain text", "\"nimbus: help\"")]
    [InlineData("watches:\n  - name: a\n    find: [x, \" \"]\n", 3, "find has an empty entry", "Take it away")]
    [InlineData("watches:\n  - name: a\n    fnid: [x]\n    find: [x]\n", 3, "has an unknown key \"fnid\" in watch \"a\"", "Did you mean \"find\"?")]
    [InlineData("watches:\n  - name: a\n    Find: [x]\n    find: [x]\n", 3, "unknown key \"Find\"", "Did you mean \"find\"?")]
    [InlineData("watches:\n  - name: a\n    find: [x]\n    find: [y]\n", 4, "has \"find\" twice, first on line 3", "Keep one")]
    [InlineData(Start + "  - name: Brand\n    find: [y]\n", 4, "has a second watch named \"Brand\", the first is on line 2", "a name of its own")]
    [InlineData(Start + "    everything: true\n", 4, "watch \"brand\": everything is true for no channel", "Add channels:")]
    [InlineData(Start + "    shadow: perhaps\n", 4, "watch \"brand\": shadow is neither true nor false", "shadow: true")]
    [InlineData(Start + "    everything: sure\n", 4, "everything is neither true nor false", "everything: true")]
    [InlineData(Start + "    channels: [inbxo]\n", 4, "watch \"brand\" names the channel \"inbxo\", which is not in appsettings.json", "Did you mean \"inbox\"?")]
    [InlineData(Start + "    channels: []\n", 4, "channels is empty", "take the line away")]
    [InlineData(Start + "    alert: 1.5\n", 4, "alert is \"1.5\", not a number from 0 to 1", "Write 0.5")]
    [InlineData(Start + "    alert: -0.1\n", 4, "alert is \"-0.1\"", "Write 0.5")]
    [InlineData(Start + "    alert: 0,5\n", 4, "alert is \"0,5\"", "Write 0.5")]
    [InlineData(Start + "    alert: .nan\n", 4, "alert is \".nan\"", "Write 0.5")]
    [InlineData(Start + "    alert: [1]\n", 4, "alert is a list", "Write 0.5")]
    [InlineData(Start + "    languages: [en, english]\n", 4, "names the language \"english\", which is not known", "Write en.")]
    [InlineData(Start + "    languages: [en-GB]\n", 4, "names the language \"en-GB\"", "Write en.")]
    [InlineData(Start + "    languages: [qq]\n", 4, "names the language \"qq\"", "two letters")]
    [InlineData(Start + "    team: Care Team!\n", 4, "has the team \"Care Team!\", which is no fit name", "small letters")]
    [InlineData(Start + "    team: a__b\n", 4, "has the team \"a__b\"", "one at a time")]
    [InlineData("watches:\n  - name: a\n    find:\n      - x\n      - \"!?\"\n", 5, "watch \"a\": find has \"!?\", which is punctuation only", "Use a word or an emoji.")]
    [InlineData("watches:\n  - name: a\n    find: [Nimbus,\n      x,\n      nimbus]\n", 5, "means the same as \"Nimbus\" before it", "Remove one of them.")]
    [InlineData("watches:\n  - name: a\n    find: [x]\n    exclude: [\"...\"]\n", 4, "watch \"a\": exclude has \"...\", which is punctuation only", "Use a word")]
    [InlineData("watches:\n  - name: a\n    find: [x]\n    exclude: [x]\n", 2, "both finds and excludes \"x\"", "Remove it from one list.")]
    [InlineData("ours: \"@me\"\n", 1, "ours is not a list", "ours: [one, two]")]
    [InlineData("ours:\n  - \"@\"\n", 2, "ours has \"@\", which is no account", "a handle")]
    [InlineData("ours:\n  - \"nimbus*\"\n", 2, "ours has \"nimbus*\"", "*@nimbus.example")]
    [InlineData("ours:\n  - \"*@\"\n", 2, "ours has \"*@\"", "all addresses of a domain")]
    [InlineData("ours:\n  - *@nimbus.example\n", 2, "begins with * or &", "Put it in quotes")]
    [InlineData("ours:\n  - @nimbuscares\n", 2, "begins with a sign which YAML keeps for itself", "in quotes")]
    [InlineData("ours: [\"@nimbuscares]\n", 1, "has a quote that is not closed", "Close it")]
    [InlineData("ours: ['a', \"\\d\"]\n", 1, "has a \\ in double quotes", "single quotes")]
    [InlineData("ours: [a\nwatches: []\n", 1, "has a list that is not closed, here or above", "Close it with ]")]
    [InlineData("ours: [a,, b]\n", 1, "has a comma or bracket too many", "Take it away")]
    [InlineData("watches:\n  -name: a\n   find: [x]\n", 3, "has a key where none can be", "on its own line")]
    [InlineData("watches:\n  - name: a\n    find: [#nimbus, x]\n    alert: 1\n", 3, "has a # in a list", "[\"#nimbus\"]")]
    [InlineData("watches:\n  - name: a\n   find: [x]\n", 3, "is indented unlike the lines above", "right under each other")]
    [InlineData("watches:\n\t- name: a\n", 2, "has a tab before its first word", "Indent with spaces")]
    [InlineData("watches:\n  - name: a\n  \tfind: [x]\n", 3, "has a tab before its first word", "Indent with spaces")]
    [InlineData("watches: []\n---\nwatches: []\n", 2, "begins a second document", "---")]
    [InlineData("watches:\n  - name: !!str a\n    find: [x]\n", 2, "begins with !", "in quotes")]
    [InlineData("? [a]\n: b\n", 1, "has a list or { } where a key should be", "key: value")]
    [InlineData("watches:\n  - name: a\n    find: [x]\n    <<: *base\n", 4, "begins with * or &", "in quotes")]
    public void A_mistake_is_told(string text, int line, string what, string cure)
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"Enabled\": false } } }", text);
        var problem = folder.Problem();
        Assert.Contains(what, problem.What);
        Assert.Contains(cure, problem.Cure);
        Assert.Equal(("config/watches.yaml", (int?)line), (problem.File, problem.Line));
    }

    [Fact]
    public void Every_line_with_a_tab_is_told()
    {
        using var folder = ConfigurationFolder.With(watches: "watches:\n\t- name: a\n\t  find: [x]\n\t# a comment may\n\t\n");
        Assert.Equal([2, 3], folder.Problems().Select(p => p.Line));
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat("bcdefghi".Select(c => $"{c}: &{c} [{string.Join(',', Enumerable.Repeat("*" + (char)(c - 1), 9))}]\n"));
        using var folder = ConfigurationFolder.With(watches: bomb);
        Assert.Contains("begins with * or &", folder.Problem().What);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        using var folder = ConfigurationFolder.With(watches: "watches: " + new string('[', 5000));
        Assert.Equal("is nested too deep", folder.Problem().What);
    }

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        using var folder = ConfigurationFolder.With(watches: "# " + new string('x', FileText.LargestBytes));
        Assert.Equal("is larger than 1 MiB", folder.Problem().What);
    }

    [Fact]
    public void A_file_of_another_name_in_the_folder_is_told()
    {
        using var folder = ConfigurationFolder.With(watches: Start).Write("config/watches.yml", Start);
        var problem = folder.Problem();
        Assert.Equal("config/watches.yml", problem.File);
        Assert.Contains("watches.yaml", problem.Cure);
    }

    public static TheoryData<byte[], int> BadEncodings => new()
    {
        { [.. "ours: []\n# "u8, 0xFC, .. "ber\n"u8], 2 },
        { [0xFF, 0xFE, (byte)'a', 0], 1 },
        { [.. "a: b\n"u8, 0, 0], 2 },
        { [.. "ours: []\n"u8, 0xC0, 0x80], 2 },
    };

    [Theory]
    [MemberData(nameof(BadEncodings))]
    public void A_wrong_encoding_is_told_with_its_line(byte[] bytes, int line)
    {
        using var folder = new ConfigurationFolder().Write("config/watches.yaml", bytes);
        var problem = folder.Problem();
        Assert.Equal(("is not UTF-8 text here", (int?)line), (problem.What, problem.Line));
        Assert.Contains("UTF-8", problem.Cure);
    }
}
