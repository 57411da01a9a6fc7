using System.Text.Json;
using ListeningBot.Cli;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Rss;

public sealed class ReadVerbTests
{
    private const string Feed = """
        <rss version="2.0"><channel><title>t</title>
          <item><guid>2</guid><title>Second</title><link>/2</link><author>mia@mail.example (Mia)</author><description>&lt;p&gt;It &lt;b&gt;broke&lt;/b&gt; "again" &amp;amp; ö…&lt;/p&gt;</description><pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate></item>
          <item><guid>1</guid><title>First</title></item>
        </channel></rss>
        """;

    [Fact]
    public async Task A_feed_is_shown_as_json_lines()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed));

        var (exit, output, messages) = await RunAsync(null, "rss", site.Address + "/feed");

        Assert.Equal((Exit.Done, ""), (exit, messages));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            $$"""{"channel":"rss","id":"2","url":"{{site.Address}}/2","author":{"name":"Mia","handle":null,"address":"mia@mail.example"},"title":"Second","text":"It broke \"again\" & ö…","posted":"2026-11-02T09:00:00Z","inReplyTo":null,"automatic":false}""",
            lines[1]);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(lines[0]).RootElement.GetProperty("posted").ValueKind);
    }

    [Fact]
    public async Task Of_a_channel_with_several_places_each_is_shown()
    {
        await using var site = new LocalSite { Answer = FeedAnswers.Text("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>t</title></feed>") };
        await site.StartAsync();
        var folder = Directory.CreateTempSubdirectory("listeningbot-read");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "config"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config", "watches.yaml"), "watches:\n  - name: all\n    team: care\n    everything: true\n    channels: [reddit]\n");
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "appsettings.json"),
                $$$"""{"Channels":{"reddit":{"Kind":"reddit","Subreddits":["one","two"],"Searches":[],"Address":"{{{site.Address}}}"}},"Http":{"AllowPrivateHosts":["127.0.0.1:{{{site.Port}}}"]}}""");

            var (_, _, messages) = await RunAsync(null, folder, "reddit");

            Assert.True(site.Seen.Any(request => request.Path.Contains("/r/one/", StringComparison.Ordinal)) && site.Seen.Any(request => request.Path.Contains("/r/two/", StringComparison.Ordinal)), string.Join(' ', site.Seen.Select(request => request.Path)) + messages);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_limit_ends_it()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed));

        var (exit, output, _) = await RunAsync(1, "rss", site.Address + "/feed");

        Assert.Equal((Exit.Done, 1), (exit, output.Count(c => c == '\n')));
    }

    [Fact]
    public async Task A_private_address_may_be_typed_but_not_be_redirected_to()
    {
        await using var site = await LocalFeed.StartedAsync();
        await using var secret = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.RedirectTo(secret.Address + "/"));

        var (exit, output, messages) = await RunAsync(null, "rss", site.Address + "/feed");

        Assert.Equal((Exit.BadInput, ""), (exit, output));
        Assert.Contains("not on the public internet", messages, StringComparison.Ordinal);
        Assert.Empty(secret.Seen);
    }

    [Fact]
    public async Task A_configured_channel_is_read_by_its_name()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed));
        var folder = Directory.CreateTempSubdirectory("listeningbot-read");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "config"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config", "watches.yaml"), "watches:\n  - name: all\n    team: care\n    find: [acme]\n");
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "appsettings.json"),
                $$$"""{"Channels":{"blog":{"Kind":"rss","Enabled":true,"Url":"{{{site.Address}}}/feed"}},"Http":{"AllowPrivateHosts":["{{{site.HostAndPort}}}"]}}""");

            var (exit, output, messages) = await RunAsync(null, folder, "blog");
            var (other, _, names) = await RunAsync(null, folder, "nosuch");

            Assert.Equal("", messages);
            Assert.Equal((Exit.Done, 2), (exit, output.Count(c => c == '\n')));
            Assert.Equal(Exit.BadInput, other);
            Assert.Contains("enabled are: blog", names, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(Exit.Usage, "fax", "12345", "is no kind of channel")]
    [InlineData(Exit.BadInput, "rss", "blog.example", "is not a web address")]
    [InlineData(Exit.BadInput, "rss", "http://127.0.0.1:1/feed", "can't reach 127.0.0.1:1")]
    public async Task What_can_not_be_read_is_said(int expected, string kind, string address, string says)
    {
        var (exit, output, messages) = await RunAsync(null, kind, address);

        Assert.Equal((expected, ""), (exit, output));
        Assert.Contains(says, messages, StringComparison.Ordinal);
    }

    private static Task<(int Exit, string Output, string Messages)> RunAsync(int? limit, params string[] target) =>
        RunAsync(limit, new DirectoryInfo(AppContext.BaseDirectory), target);

    private static async Task<(int Exit, string Output, string Messages)> RunAsync(int? limit, DirectoryInfo folder, params string[] target)
    {
        await using var output = new StringWriter();
        await using var messages = new StringWriter();
        var exit = await ReadVerb.RunAsync(folder, target, limit, output, messages, default);
        return (exit, output.ToString(), messages.ToString());
    }
}
