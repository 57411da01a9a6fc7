using System.Text;
using ListeningBot.Configuration;

namespace ListeningBot.Tests.Configuration;

/// <summary>Everything in a file knows its line and column, and each character of a YAML text knows where it was written.</summary>
public sealed class PlacesTests
{
    [Theory]
    [InlineData("a: one two\n", 4, "1:8")]
    [InlineData("a:   one\n", 0, "1:6")]
    [InlineData("a: one\n  two\n   three\n", 8, "3:4")]
    [InlineData("a: 'it''s two'\n", 4, "1:10")]
    [InlineData("a: 'one\n  two'\n", 4, "2:3")]
    [InlineData("a: \"one \\\"two\\\" three\"\n", 10, "1:17")]
    [InlineData("a: \"\\u00e9 two\"\n", 2, "1:12")]
    [InlineData("a: \"\\U0001F600 two\"\n", 3, "1:16")]
    [InlineData("a: \"😀 two\"\n", 3, "1:8")]
    [InlineData("a: \"one \\\n  two\"\n", 4, "2:3")]
    [InlineData("a: \"one\n\n  two\"\n", 4, "3:3")]
    [InlineData("a: |\n  one\n  two\n", 4, "3:3")]
    [InlineData("a: |-\n\n  one\n  two\n", 5, "4:3")]
    [InlineData("a: |1\n   one\n  two\n", 2, "2:4")]
    [InlineData("a: >\n  one\n  two\nb: x\n", 4, "3:3")]
    [InlineData("a: >-\r\n  one\r\n  two\r\n", 4, "3:3")]
    [InlineData("a: >\n  one\n\n    two\n  three\n", 7, "4:5")]
    [InlineData("a: one two\n", 99, "1:11")]
    [InlineData("a: 'one'\n", 3, "1:8")]
    [InlineData("a:\n  - x\n  - y z\n", 0, "2:3")]
    public void A_character_of_a_text_stands_where_it_was_written(string file, int character, string place)
    {
        var value = Assert.IsType<MapNode>(YamlTree.Read(file, "f", "a:", new Problems())).ValueOf("a")!;
        var at = value is ScalarNode scalar ? scalar.PlaceOf(character) : value.Place;
        Assert.Equal(place, $"{at.Line}:{at.Column}");
    }

    /// <summary>Of texts without escapes and doubled quotes each character that is not blank stands in the file as it stands in the value.</summary>
    [Fact]
    public void Whatever_way_a_text_is_written_its_characters_are_found_again()
    {
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var file = RandomText(random);
            var lines = file.Split('\n');
            if (YamlTree.Read(file, "f", "a:", new Problems())?.ValueOf("a") is not ScalarNode scalar)
            {
                continue;
            }
            for (var c = 0; c < scalar.Text.Length; c++)
            {
                if (!char.IsWhiteSpace(scalar.Text[c]))
                {
                    var at = scalar.PlaceOf(c);
                    Assert.True(lines[at.Line!.Value - 1][at.Column!.Value - 1] == scalar.Text[c], $"{file}\ncharacter {c} is not at {at.Line}:{at.Column}");
                }
            }
        }
    }

    private static string RandomText(Random random)
    {
        var open = new[] { "", "'", "\"", "|\n  ", ">\n  ", "|-\n    ", ">+\n ", ">-\r\n   ", "|2\n   ", ">1-\n   " }[random.Next(10)];
        var indent = open.Length > 1 ? open[(open.IndexOf('\n') + 1)..] : "  ";
        var end = open.IndexOf("\r\n", StringComparison.Ordinal) >= 0 ? "\r\n" : "\n";
        var text = new StringBuilder("a: ").Append(open).Append('x');
        for (var n = random.Next(12); n > 0; n--)
        {
            text.Append(random.Next(8) switch
            {
                0 => end + indent + "y",
                1 => end + end + indent + "z",
                2 => " ",
                3 => end + indent + "  k",
                4 => "é",
                5 => "😀",
                6 => "  w",
                _ => "$q(",
            });
        }
        return text.Append(open is "'" or "\"" ? open : "").Append(end).Append("b: c").Append(end).ToString();
    }

    [Fact]
    public void A_value_of_json_stands_in_its_column_counted_in_characters()
    {
        using var folder = ConfigurationFolder.With("{\n  /* ä */ \"Storage\": { \"Path\": \"ä\", \"Fo\": 1 },\n \"Web\": 7 }");
        Assert.Equal(["2:37", "3:9"], folder.Problems().Select(problem => $"{problem.Line}:{problem.Column}"));
    }

    [Fact]
    public void A_slip_in_json_is_told_with_its_column()
    {
        using var folder = ConfigurationFolder.With("{\n  \"ä\": 1 oops }");
        Assert.Equal("appsettings.json:2:10: is not valid JSON here. Put a comma at the end of the line before.", folder.Problem().ToString());
    }

    [Fact]
    public void Very_many_values_on_one_line_have_their_columns()
    {
        var problems = new Problems();
        var map = JsonTree.Read($"{{ \"a\": [{string.Join(',', Enumerable.Repeat('1', 400_000))}] }}", "f", problems)!;
        Assert.Equal(800_007, ((ListNode)map.ValueOf("a")!).Items[^1].Place.Column);
    }
}
