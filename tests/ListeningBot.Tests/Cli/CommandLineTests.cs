using ListeningBot.Cli;

namespace ListeningBot.Tests.Cli;

public class CommandLineTests
{
    [Theory]
    [InlineData("walk")]
    [InlineData("run", "--dmeo")]
    [InlineData("read")]
    [InlineData("read", "rss", "https://blog.example/feed", "--limit", "ten")]
    [InlineData("read", "rss", "https://blog.example/feed", "--limit", "0")]
    [InlineData("read", "rss", "https://blog.example/feed", "--limit")]
    [InlineData("cases", "show", "abc")]
    [InlineData("cases", "list", "--state", "claimd")]
    [InlineData("evaluate")]
    [InlineData("score", "file.jsonl")]
    public async Task Wrong_usage_ends_with_2(params string[] args) => Assert.Equal(Exit.Usage, await CommandLine.RunAsync(args));

    [Fact]
    public async Task What_begins_with_an_at_sign_is_text()
    {
        using var folder = new Configuration.ConfigurationFolder();
        Assert.Equal(Exit.Done, await CommandLine.RunAsync(["explain", "@acmebikes charged me twice", "--author", "@mia", "--config", folder.Root]));
    }
}
