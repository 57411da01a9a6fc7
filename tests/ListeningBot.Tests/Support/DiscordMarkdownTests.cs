namespace ListeningBot.Tests.Support;

/// <summary>The model must see each danger, or the tests that rest on it prove nothing.</summary>
public sealed class DiscordMarkdownTests
{
    [Theory]
    [InlineData("plain", "text")]
    [InlineData("**a** b", "bold(text) text")]
    [InlineData("*a* _b_ __c__", "italic(text) text italic(text) text underline(text)")]
    [InlineData("~~a~~||b||`c`", "strike(text) spoiler(text) code")]
    [InlineData("```a\nb```", "block")]
    [InlineData("```cs\na\n```\n**b**", "block bold(text)")]
    [InlineData("```\n**a** <@1> [b](https://c.d)\n```", "block")]
    [InlineData("```\na ``` **b** ```\n```", "block text bold(text) text break text")]
    [InlineData("> a\nb", "quote(text) break text")]
    [InlineData("# a", "heading(text)")]
    [InlineData("-# a", "small(text)")]
    [InlineData("- a", "item(text)")]
    [InlineData("1. a", "item(text)")]
    [InlineData("> # a", "quote(heading(text))")]
    [InlineData("[a](https://b.c)", "link(text)")]
    [InlineData("https://b.c/d", "address")]
    [InlineData("<https://b.c>", "address")]
    [InlineData("<@1><@&2><#3>@everyone@Here", "mention mention mention mention mention")]
    [InlineData("<t:1:R></a b:1><:x:1>:smile:", "time command emoji emoji")]
    [InlineData(@"\*a\* \<@1> \:smile\: \`b\` \[a\]\(https\://b.c\)", "text")]
    public void Each_format_is_seen(string text, string shape)
    {
        Assert.Equal(shape, DiscordMarkdown.ShapeOf(DiscordMarkdown.Read(text)));
    }
}
