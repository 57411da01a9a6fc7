using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Notifiers.Discord;

public sealed partial class EscapingTests
{
    [Theory]
    [InlineData("@everyone look", "@\u200beveryone look")]
    [InlineData("@Here", "@\u200bHere")]
    [InlineData("hello <@123456789012345678>", "hello <@123456789012345678>")]
    [InlineData("<@&1> <#2> <@!3>", "<@&1> <#2> <@!3>")]
    [InlineData("<t:0:R> </nuke all:1> <:x:1> <a:x:1> <id:customize>", "<t:0:R> </nuke all:1> <:x:1> <a:x:1> <id:customize>")]
    [InlineData("**bold** __under__ *i* _i_ ~~s~~ ||spoiler|| `code`", "**bold** __under__ *i* _i_ ~~s~~ ||spoiler|| `code`")]
    [InlineData("```\nfence\n```", "``` fence ```")]
    [InlineData("[Acme refunds](https://evil.example)", "[Acme refunds](https://evil.example)")]
    [InlineData("[x](<https://evil.example> \"title\")", "[x](<https://evil.example> \"title\")")]
    [InlineData("go to https://evil.example/a_b*c", "go to https://evil.example/a_b*c")]
    [InlineData("<https://evil.example>", "<https://evil.example>")]
    [InlineData("discord://a steam://b mailto:c@d.e", "discord://a steam://b mailto:c@d.e")]
    [InlineData("# Heading", "# Heading")]
    [InlineData("-# small", "-# small")]
    [InlineData("- list", "- list")]
    [InlineData("+ list", "+ list")]
    [InlineData("* list", "* list")]
    [InlineData("1. list", "1. list")]
    [InlineData("> quote", "> quote")]
    [InlineData(">>> quote", ">>> quote")]
    [InlineData("a\n# b\r\n> c\u2028- d", "a # b > c - d")]
    [InlineData(":smile: :thumbsup::skin-tone-1:", ":smile: :thumbsup::skin-tone-1:")]
    [InlineData(@"\*a\* \\**b**", @"\*a\* \\**b**")]
    [InlineData(@"ends with \", @"ends with \")]
    [InlineData("¯\\_(ツ)_/¯", "¯\\_(ツ)_/¯")]
    [InlineData("\u202eevil\u202c \u2066x\u2069 a\u200bb\u00adc\ufeffd", "evil x abcd")]
    [InlineData("H\u0337\u0334\u0335\u0336\u0300\u0301\u0302\u0303e", "H\u0337\u0334\u0335e")]
    [InlineData("tab\tnul\0bell\a", "tab nulbell")]
    [InlineData("👩‍👩‍👧 ok 1️⃣ 🏳️‍🌈", "👩‍👩‍👧 ok 1️⃣ 🏳️‍🌈")]
    [InlineData("لا يعمل", "\u2068لا يعمل\u2069")]
    [InlineData("\u2800\u3164blank", "blank")]
    public void Hostile_text_is_shown_letter_by_letter(string text, string shown)
    {
        var nodes = DiscordMarkdown.Read(Escaping.Line(text, 500));

        Assert.Equal("text", DiscordMarkdown.ShapeOf(nodes));
        Assert.Equal(shown, DiscordMarkdown.WordsOf(nodes));
    }

    [Fact]
    public void Half_a_character_is_shown_as_unreadable()
    {
        Assert.Equal("\ufffd half", Escaping.Line("\ud800 half", 20));
    }

    [Fact]
    public void No_text_whatever_gets_a_format_or_calls_anyone()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 4_000; i++)
        {
            var text = Hostile(random);
            var escaped = Escaping.Line(text, 40);
            var shape = DiscordMarkdown.ShapeOf(DiscordMarkdown.Read(escaped));

            Assert.True(shape is "text" or "", $"{text} became {escaped}, which is {shape}");
            Assert.DoesNotMatch(ServerSide(), escaped);
            Assert.DoesNotContain('\n', escaped);
        }
    }

    [Fact]
    public void Between_formats_of_ours_no_text_reaches_out()
    {
        var random = new Random(7);
        for (var i = 0; i < 4_000; i++)
        {
            var text = Hostile(random);
            var line = Escaping.Line(text, 30);
            if (line.Length > 0)
            {
                var ours = $"> a\n**{line}** · [↗ b.c](<https://b.c/d>)\n{line}";
                Assert.Equal("quote(text) break bold(text) text link(text) break text", DiscordMarkdown.ShapeOf(DiscordMarkdown.Read(ours)));
            }
        }
    }

    [Fact]
    public void Longer_text_keeps_its_lines_and_nothing_else()
    {
        var nodes = DiscordMarkdown.Read(Escaping.Lines("Case 12\n- for: says **no**\n# 2. <@1>", 1000));

        Assert.Equal("text break text break text", DiscordMarkdown.ShapeOf(nodes));
        Assert.Equal("Case 12\n- for: says **no**\n# 2. <@1>", DiscordMarkdown.WordsOf(nodes));
    }

    [Fact]
    public void Longer_text_is_cut_without_leaving_half_an_escape()
    {
        for (var most = 10; most < 60; most++)
        {
            var cut = Escaping.Lines(new string('*', 100) + "😀😀", most);

            Assert.InRange(cut.Length, 1, most);
            Assert.Equal("text", DiscordMarkdown.ShapeOf(DiscordMarkdown.Read(cut)));
            Assert.EndsWith("…", DiscordMarkdown.WordsOf(DiscordMarkdown.Read(cut)));
        }
    }

    private static string Hostile(Random random)
    {
        string[] pieces =
        [
            "*", "**", "_", "__", "~~", "||", "`", "```", "\\", "<", ">", "[", "]", "(", ")", "#", "##", "-", "-#", "+", ".", "1.", "1", ":", "/", "//", "@", "!", "&",
            "@everyone", "@here", "<@1>", "<#1>", "<t:1:R>", "</a:1>", "<:a:1>", "https://", "http://a.b", "discord://", "[a](https://b.c)", "> ", ">>> ", "# ", "- ",
            " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u2028", "\u200b", "\u202e", "\u2068", "\u200d", "\u0301", "א", "🙂", "a", "word", "ß", "\ud83d", "\0",
        ];
        var text = new StringBuilder();
        for (var n = random.Next(1, 12); n > 0; n--)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }
        return text.ToString();
    }

    /// <summary>What the service itself looks for, without minding backslashes.</summary>
    [GeneratedRegex(@"<@[!&]?\d+>|<#\d+>|@everyone|@here", RegexOptions.IgnoreCase)]
    private static partial Regex ServerSide();
}
