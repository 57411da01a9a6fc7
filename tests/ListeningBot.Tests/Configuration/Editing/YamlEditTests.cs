using ListeningBot.Configuration.Editing;

namespace ListeningBot.Tests.Configuration.Editing;

public sealed class YamlEditTests
{
    private const string File = """
        # Ours.
        ours: ["@us"]   # both of them

        watches:
          - name: brand   # the main one
            find:
              - nimbus              # also #nimbus
              # the laptop:
              - nimbusbook
            exclude: [cumulonimbus, "nimbo # stratus"]  # clouds
            alert: 0.35

          # On trial.
          - shadow: true
            name: new
            query: >
              nimbus AND
                (broken OR late)

            team: care
          - { name: flow, find: [a, b], shadow: true }
        """;

    [Fact]
    public void A_word_goes_below_the_last_one_and_all_else_stays()
    {
        var lines = Lines(new WatchEdit.AddWord("brand", "find", "gift card"));

        Assert.Equal("      - gift card", lines[9]);
        Assert.Equal(File.Split('\n'), lines.Where((_, at) => at != 9));
    }

    [Fact]
    public void A_word_goes_behind_the_last_one_in_brackets() =>
        Assert.Contains("    exclude: [cumulonimbus, \"nimbo # stratus\", \"#sky\"]  # clouds", Lines(new WatchEdit.AddWord("brand", "exclude", "#sky")));

    [Fact]
    public void A_list_that_is_not_there_is_made_below_what_the_watch_listens_for()
    {
        var lines = Lines(new WatchEdit.AddWord("new", "exclude", "rain"));

        Assert.Equal(["        (broken OR late)", "    exclude:", "      - rain", "", "    team: care"], lines[17..22]);
    }

    [Fact]
    public void A_watch_that_is_promoted_loses_its_line_even_the_first_one()
    {
        var lines = Lines(new WatchEdit.RemoveKey("new", "shadow"));

        Assert.Equal("  - name: new", lines[13]);
        Assert.Equal(File.Split('\n').Length - 1, lines.Length);
    }

    [Fact]
    public void In_braces_a_key_goes_with_its_comma() =>
        Assert.Equal("  - { name: flow, find: [a, b] }", Lines(new WatchEdit.RemoveKey("flow", "shadow"))[^1].TrimEnd().Replace("]  }", "] }", StringComparison.Ordinal));

    [Fact]
    public void In_braces_a_list_is_made_in_brackets() =>
        Assert.Equal("  - { name: flow, find: [a, b], exclude: [c], shadow: true }", Lines(new WatchEdit.AddWord("flow", "exclude", "c"))[^1]);

    [Theory]
    [InlineData("a", "find: [b]")]
    [InlineData("b", "find: [a]")]
    public void A_word_in_brackets_goes_with_one_comma(string word, string left) => Assert.Contains(left, Lines(new WatchEdit.RemoveWord("flow", "find", word))[^1], StringComparison.Ordinal);

    [Fact]
    public void A_word_is_taken_out_with_its_line_and_its_neighbours_comment_stays()
    {
        var lines = Lines(new WatchEdit.RemoveWord("brand", "find", "nimbusbook"));

        Assert.Equal("      # the laptop:", lines[7]);
        Assert.Equal("    exclude: [cumulonimbus, \"nimbo # stratus\"]  # clouds", lines[8]);
    }

    [Theory]
    [InlineData("gone", "nimbus", "has no watch named \"gone\"")]
    [InlineData("brand", "nimbus", "has \"nimbus\" under find already")]
    public void What_cannot_be_done_is_told_and_changes_nothing(string watch, string word, string why)
    {
        var edited = YamlEdit.Apply(File, new WatchEdit.AddWord(watch, "find", word));

        Assert.Equal((null, why), (edited.Text, edited.WhyNot));
    }

    [Fact]
    public void The_line_that_was_changed_is_told() => Assert.Equal(10, YamlEdit.Apply(File, new WatchEdit.AddWord("brand", "find", "x")).Line);

    [Fact]
    public void Lines_of_windows_stay_so()
    {
        var edited = YamlEdit.Apply(File.ReplaceLineEndings("\r\n"), new WatchEdit.AddWord("brand", "find", "x"));

        Assert.Equal(string.Join("\r\n", Lines(new WatchEdit.AddWord("brand", "find", "x"))), edited.Text);
    }

    [Theory]
    [InlineData("# 😀\nwatches:\n  - name: \"a\" # 😀 ours\n    \"find\": [b 😀]", "# 😀\nwatches:\n  - name: \"a\" # 😀 ours\n    \"find\": [b 😀, x]")]
    [InlineData("watches:\n- name: a\n  find:\n  - b # its comment", "watches:\n- name: a\n  find:\n  - b # its comment\n  - x")]
    [InlineData("---\nwatches:\n  - name: a\n    find: [b,\n      c, # the last\n    ] # end\n...\n", "---\nwatches:\n  - name: a\n    find: [b,\n      c, x, # the last\n    ] # end\n...\n")]
    [InlineData("{watches: [{name: a, find: [b]}]}", "{watches: [{name: a, find: [b, x]}]}")]
    [InlineData("watches:\n  - name: a\n    find: [] # none yet\n", "watches:\n  - name: a\n    find: [x] # none yet\n")]
    [InlineData("watches:\n  - name: a\n    find:\n      - 'b\n        c'\n    team: d\n", "watches:\n  - name: a\n    find:\n      - 'b\n        c'\n      - x\n    team: d\n")]
    [InlineData("watches:\n  - name: a\n    find: b\n", null)]
    [InlineData("watches:\n  - name: a\n    find: &words [b]\n", null)]
    [InlineData("watches:\n  - name: a\n    find:\n      -\tb\n", null)]
    [InlineData("watches:\n  - ? name\n    : a\n    ? find\n    : [b]\n", "watches:\n  - ? name\n    : a\n    ? find\n    : [b, x]\n")]
    public void An_odd_file_is_changed_in_one_place_or_not_at_all(string file, string? changed) =>
        Assert.Equal(changed, YamlEdit.Apply(file, new WatchEdit.AddWord("a", "find", "x")).Text);

    [Fact]
    public void A_comment_that_would_be_lost_beside_a_dash_keeps_the_file_as_it_is()
    {
        var edited = YamlEdit.Apply("watches:\n  - shadow: true # till May\n    name: a\n    find: [b]\n", new WatchEdit.RemoveKey("a", "shadow"));

        Assert.Equal((null, 2), (edited.Text, edited.Line));
    }

    private static string[] Lines(WatchEdit edit)
    {
        var edited = YamlEdit.Apply(File, edit);
        Assert.Null(edited.WhyNot);
        return edited.Text!.Split('\n');
    }
}
