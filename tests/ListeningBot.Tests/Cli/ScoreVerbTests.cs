using System.Text;
using System.Text.Json;
using ListeningBot.Cli;

namespace ListeningBot.Tests.Cli;

public class ScoreVerbTests
{
    private static async Task<(int Exit, List<JsonElement> Lines, string Messages)> Score(byte[] input)
    {
        using var output = new MemoryStream();
        using var messages = new StringWriter();
        var exit = await ScoreVerb.RunAsync(new Trickle(input), output, messages, CancellationToken.None);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Equal("", lines[^1]);
        return (exit, [.. lines[..^1].Select(line => JsonDocument.Parse(line).RootElement)], messages.ToString());
    }

    private static Task<(int Exit, List<JsonElement> Lines, string Messages)> Score(string input) => Score(Encoding.UTF8.GetBytes(input));

    [Fact]
    public async Task A_line_has_all_that_was_promised()
    {
        var (exit, lines, messages) = await Score("""{"id":"a1","text":"Still waiting for my refund after six weeks!","lang":"en","channel":"mail","author":{"followers":12},"stars":1}""");
        Assert.Equal(Exit.Done, exit);
        Assert.Equal("", messages);
        string[] names = ["id", "complaint", "isComplaint", "sentiment", "sentimentLabel", "urgency", "priority", "aspect", "lang", "reasons", "severity", "uncertain", "priorityReasons"];
        Assert.Equal(names, Assert.Single(lines).EnumerateObject().Select(property => property.Name));
        Assert.Equal("a1", lines[0].GetProperty("id").GetString());
        Assert.True(lines[0].GetProperty("isComplaint").GetBoolean());
        Assert.Equal("negative", lines[0].GetProperty("sentimentLabel").GetString());
        Assert.Equal("refund", lines[0].GetProperty("aspect").GetString());
        string[] reason = ["name", "weight", "text", "side"];
        Assert.All(lines[0].GetProperty("reasons").EnumerateArray(), one => Assert.Equal(reason, one.EnumerateObject().Select(property => property.Name).Take(4)));
        Assert.Contains(lines[0].GetProperty("reasons").EnumerateArray(), one => one.TryGetProperty("words", out var words) && words.GetString() == "Still waiting");
        Assert.Contains(lines[0].GetProperty("priorityReasons").EnumerateArray(), one => one.GetProperty("name").GetString() == "stars" && one.GetProperty("side").GetString() == "for");
    }

    [Fact]
    public async Task Ten_thousand_lines_keep_their_order_and_count()
    {
        var input = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            input.Append((i % 10) switch
            {
                3 => "",
                5 => "{\"id\":" + i + ",\"text\":",
                7 => "{\"id\":" + i + ",\"text\":\"half a face \\ud83d and my order is late\"}",
                8 => "{\"id\":" + i + ",\"text\":7}",
                _ => "{\"id\":" + i + ",\"text\":\"My order number " + i + " never arrived 😡\"}",
            }).Append(i % 4 == 0 ? "\r\n" : "\n");
        }
        var (exit, lines, messages) = await Score(input.ToString());
        Assert.Equal(Exit.BadInput, exit);
        Assert.StartsWith("3000 of 10000 lines", messages, StringComparison.Ordinal);
        Assert.Equal(10_000, lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var id = lines[i].GetProperty("id");
            if (i % 10 is 3 or 5)
            {
                Assert.Equal(JsonValueKind.Null, id.ValueKind);
            }
            else
            {
                Assert.Equal(i, id.GetInt32());
            }
            Assert.Equal(i % 10 is 3 or 5 or 8, lines[i].TryGetProperty("error", out var error));
            Assert.True(error.ValueKind == JsonValueKind.Undefined || error.GetString()!.StartsWith($"line {i + 1}: ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", "blank")]
    [InlineData("   ", "blank")]
    [InlineData("nonsense", "not valid JSON at byte")]
    [InlineData("[1]", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("{}", "\"text\" is missing")]
    [InlineData("{\"id\":{},\"text\":\"a\"}", "\"id\" must be")]
    [InlineData("{\"id\":\"1\",\"text\":null}", "\"text\" is missing")]
    [InlineData("{\"id\":\"1\",\"text\":[]}", "\"text\" must be a string")]
    [InlineData("{\"id\":\"1\",\"text\":\"a\",\"stars\":\"five\"}", "\"stars\"")]
    [InlineData("{\"id\":\"1\",\"text\":\"a\",\"author\":\"me\"}", "\"author\"")]
    [InlineData("{\"id\":\"1\",\"text\":\"a\",\"author\":{\"followers\":\"many\"}}", "\"followers\"")]
    [InlineData("{\"id\":\"1\",\"text\":\"a\",\"lang\":1}", "\"lang\"")]
    [InlineData("{\"id\":\"1\",\"text\":\"a\"} trailing", "not valid JSON at byte")]
    public async Task A_bad_line_says_what_is_wrong(string line, string expected)
    {
        var (exit, lines, _) = await Score(line + "\n{\"id\":\"next\",\"text\":\"fine\"}\n");
        Assert.Equal(Exit.BadInput, exit);
        Assert.Equal(2, lines.Count);
        Assert.Contains(expected, lines[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("next", lines[1].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("{\"id\":\"\\udc00x\",\"text\":\"\\ud83d\\ud83d\\ude21\\\\ud83d\\udc00\"}")]
    [InlineData("{\"id\":\"\\udc00x\",\"text\":\"\\\\\\ud83d\",\"other\":\"\\uD800\\u0041\"}")]
    public async Task Half_a_surrogate_pair_is_replaced_and_the_rest_scored(string line)
    {
        var (exit, lines, _) = await Score(line);
        Assert.Equal(Exit.Done, exit);
        Assert.Equal("\uFFFDx", Assert.Single(lines).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_do_not_stop_a_line()
    {
        var (exit, lines, _) = await Score([.. "{\"id\":\"1\",\"text\":\"awful "u8, 0xFF, 0xC3, .. "\"}\n"u8]);
        Assert.Equal(Exit.Done, exit);
        Assert.Single(lines);
    }

    [Fact]
    public async Task A_byte_order_mark_and_a_last_line_without_end_are_fine()
    {
        var (exit, lines, _) = await Score("\uFEFF{\"id\":\"1\",\"text\":\"a\"}\r\n{\"id\":\"2\",\"text\":\"b\"}");
        Assert.Equal(Exit.Done, exit);
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task Nothing_in_nothing_out()
    {
        var (exit, lines, _) = await Score("");
        Assert.Equal(Exit.Done, exit);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task A_huge_line_is_one_error_and_the_next_line_is_scored()
    {
        var (exit, lines, _) = await Score("{\"id\":\"1\",\"text\":\"" + new string('a', 3_500_000) + "\"}\n{\"id\":\"2\",\"text\":\"b\"}\n");
        Assert.Equal(Exit.BadInput, exit);
        Assert.Equal(2, lines.Count);
        Assert.Contains("longer than 1048576 bytes", lines[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("2", lines[1].GetProperty("id").GetString());
    }

    /// <summary>Gives its bytes in uneven pieces, as a pipe does.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        private int _turn;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + _turn++ * 7919 % 60_000)], cancellationToken);
    }
}
