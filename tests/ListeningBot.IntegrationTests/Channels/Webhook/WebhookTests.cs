using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ListeningBot.Channels.Webhook;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Webhook;

/// <summary>The protocol at the wire, against the program's own server.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly WebhookBench _bench = new();

    public async ValueTask InitializeAsync() => await _bench.StartAsync();
    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_post_has_all_that_its_sender_said()
    {
        await using var reading = await ReadingAsync();

        var (status, text) = await _bench.PostAsync("""
            {"id":"17","kind":"google","channel":"reviews","title":"Never again","text":"My order never came","url":"https://maps.example/r/17","lang":"en","stars":"1",
             "author":{"id":"mia","name":"Mia Lang","handle":"mia","url":"https://maps.example/mia","followers":120},"posted":"2026-11-01T10:00:00Z","inReplyTo":16,"thread":"12","private":true}
            """);

        Assert.Equal((200, """{"taken":1}"""), (status, text));
        Assert.Equal(
            new PostChange(ChangeKind.Added, Key("17"), new Post
            {
                Key = Key("17"),
                Channel = "reviews",
                Kind = "google",
                Title = "Never again",
                Text = "My order never came",
                Url = "https://maps.example/r/17",
                Lang = "en",
                Stars = 1,
                Author = new Author { Id = "mia", Name = "Mia Lang", Handle = "mia", Url = "https://maps.example/mia", Followers = 120 },
                Posted = new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero),
                InReplyTo = Key("16"),
                Thread = Key("12"),
                Private = true,
            }),
            Assert.Single(reading.Changes));

        static PostKey Key(string id) => new("webhook:reviews", id);
    }

    [Fact]
    public async Task A_list_brings_edits_and_deletions_in_order_and_a_time_in_seconds()
    {
        await using var reading = await ReadingAsync();

        var (status, _) = await _bench.PostAsync("""[{"id":"1","text":"a","posted":1700000000},{"id":"1","text":"b","edited":true},{"id":"1","deleted":true},{"id":"2","change":"deleted"}]""");

        Assert.Equal(200, status);
        Assert.Equal([ChangeKind.Added, ChangeKind.Edited, ChangeKind.Deleted, ChangeKind.Deleted], reading.Changes.Select(change => change.Kind));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), reading.Changes[0].Post!.Posted);
        Assert.Equal("webhook:forms", reading.Changes[0].Key.Namespace);
    }

    [Fact]
    public async Task Bad_items_are_named_with_line_and_cure_and_the_rest_is_taken()
    {
        await using var reading = await ReadingAsync();

        var (status, text) = await _bench.PostAsync("[{\"text\":\"one\"},\n 17,\n {\"id\":\"x\"},\n {\"text\":\"two\"},\n {\"text\":\"old\",\"posted\":\"?\"},\n {\"text\": oops}]");

        var answer = JsonNode.Parse(text)!;
        Assert.Equal(400, status);
        Assert.Equal("[1,4]", answer["taken"]!.ToJsonString());
        Assert.Equal([(2, 2), (3, 3), (5, 5), (6, 6)], answer["refused"]!.AsArray().Select(r => ((int)r!["item"]!, (int)r["line"]!)));
        Assert.All(answer["refused"]!.AsArray(), r => Assert.Contains("\"text\"", r!["cure"]!.ToString(), StringComparison.Ordinal));
        Assert.Equal(["one", "two"], reading.Changes.Select(change => change.Post!.Text));
        Assert.Equal(4, reading.Aside.Count);
        Assert.DoesNotContain("oops", _bench.Logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json at all")]
    [InlineData("null")]
    [InlineData("{\"text\":\"cut off")]
    public async Task What_is_no_post_at_all_is_a_bad_request_and_kept_aside(string body)
    {
        await using var reading = await ReadingAsync();

        Assert.Equal(400, (await _bench.PostAsync(body)).Status);
        Assert.Single(reading.Aside);
    }

    [Fact]
    public async Task Json_nested_without_end_is_refused_and_what_came_before_is_taken()
    {
        await using var reading = await ReadingAsync();

        var (status, _) = await _bench.PostAsync("[{\"text\":\"one\"}," + new string('[', 100_000));

        Assert.Equal(400, status);
        Assert.Equal("one", Assert.Single(reading.Changes).Post!.Text);
    }

    [Fact]
    public async Task An_empty_list_is_no_fault()
    {
        await using var reading = await ReadingAsync();

        Assert.Equal((200, """{"taken":0}"""), await _bench.PostAsync("[]"));
    }

    [Fact]
    public async Task It_is_answered_only_when_it_is_stored()
    {
        await using var reading = await ReadingAsync();
        reading.HoldStore();
        var answer = _bench.PostAsync("""{"text":"one"}""");
        await Until.TrueAsync(() => reading.Batches == 2);
        Assert.False(answer.IsCompleted);

        reading.LetThrough();

        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_asked_for_again_and_then_taken_by_the_same_signature()
    {
        var channel = _bench.Channel();
        await using var broken = await ReadingAsync(channel);
        broken.BreakStore();
        const string body = """{"text":"one"}""";

        using var refused = await _bench.SendAsync(_bench.Request(body));
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(503, (await _bench.PostAsync("""{"text":"two"}""")).Status);
        await using var again = await ReadingAsync(channel);

        Assert.Equal(200, (await _bench.PostAsync(body)).Status);
        Assert.Equal("one", Assert.Single(again.Changes).Post!.Text);
    }

    [Fact]
    public async Task The_same_delivery_again_is_answered_as_the_first_and_not_taken_again()
    {
        await using var reading = await ReadingAsync();
        const string body = """[{"text":"one"},17]""";

        var first = await _bench.PostAsync(body);
        var second = await _bench.PostAsync(body);

        Assert.Equal(first, second);
        Assert.Single(reading.Changes);
        _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(400, (await _bench.PostAsync(body)).Status);
        Assert.Equal(2, reading.Changes.Count);
    }

    [Fact]
    public async Task The_same_delivery_while_the_first_is_under_way_waits_for_its_answer()
    {
        await using var reading = await ReadingAsync();
        reading.HoldStore();
        var both = Task.WhenAll(_bench.PostAsync("""{"text":"one"}"""), _bench.PostAsync("""{"text":"one"}"""));
        await Until.TrueAsync(() => reading.Batches == 2);

        reading.LetThrough();

        Assert.All(await both, answer => Assert.Equal(200, answer.Status));
        Assert.Single(reading.Changes);
    }

    [Fact]
    public async Task Nobody_is_told_what_was_wrong_with_a_proof()
    {
        await using var reading = await ReadingAsync(_bench.Channel(new WebhookOptions { Secret = WebhookBench.Secret, OldSecret = "the-secret-of-last-year" }));
        const string body = """{"text":"one"}""";
        var other = _bench.Request(body);
        other.Content = new StringContent("""{"text":"two"}""", Encoding.UTF8, "application/json");
        var cut = _bench.Request(body);
        cut.Headers.Remove("X-Signature");
        cut.Headers.Add("X-Signature", "sha256=12");
        var none = _bench.Request(body);
        none.Headers.Remove("X-Timestamp");

        var wrong = new List<(int, string)>
        {
            await _bench.PostAsync(body, secret: "a-secret-of-nobody-here"),
            await _bench.PostAsync(body, ago: TimeSpan.FromMinutes(6)),
            await _bench.PostAsync(body, ago: TimeSpan.FromMinutes(-6)),
            await AnswerAsync(other),
            await AnswerAsync(cut),
            await AnswerAsync(none),
        };

        Assert.All(wrong, answer => Assert.Equal(wrong[0], answer));
        Assert.Equal(401, wrong[0].Item1);
        Assert.Empty(reading.Changes);
        Assert.Equal(200, (await _bench.PostAsync(body, secret: "the-secret-of-last-year", ago: TimeSpan.FromMinutes(4))).Status);
        Assert.Equal(1, _bench.Logs.Text.Split("refused").Length - 1);
    }

    [Fact]
    public async Task A_body_beyond_the_cap_is_not_read()
    {
        await using var reading = await ReadingAsync(_bench.Channel(new WebhookOptions { Secret = WebhookBench.Secret, LargestBody = 2048 }));
        var large = $$"""{"text":"{{new string('x', 3000)}}"}""";
        var chunked = _bench.Request(large);
        chunked.Headers.TransferEncodingChunked = true;

        Assert.Equal(413, (await _bench.PostAsync(large)).Status);
        Assert.Equal(413, (await AnswerAsync(chunked)).Status);
        Assert.Equal(200, (await _bench.PostAsync($$"""{"text":"{{new string('x', 2000)}}"}""")).Status);
    }

    [Fact]
    public async Task Only_plain_json_is_taken()
    {
        await using var reading = await ReadingAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("{\"text\":\"" + new string(' ', 10_000_000) + "\"}"));
        }
        var bomb = WebhookBench.Signed(_bench.Address, packed.ToArray(), WebhookBench.Secret, _bench.Clock.GetUtcNow());
        bomb.Content!.Headers.ContentEncoding.Add("gzip");
        var form = _bench.Request("{}");
        form.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        var latin = _bench.Request("{}");
        latin.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json", "iso-8859-1");
        var suffix = _bench.Request("""{"text":"one"}""");
        suffix.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/activity+json", "UTF-8");

        Assert.Equal(415, (await AnswerAsync(bomb)).Status);
        Assert.Equal(415, (await AnswerAsync(form)).Status);
        Assert.Equal(415, (await AnswerAsync(latin)).Status);
        Assert.Equal(200, (await AnswerAsync(suffix)).Status);
    }

    [Fact]
    public async Task A_store_that_hangs_makes_no_heap_who_comes_too_much_is_sent_away_and_the_rest_is_stored_together()
    {
        await using var reading = await ReadingAsync();
        reading.HoldStore();
        var all = Enumerable.Range(0, 40).Select(n => _bench.PostAsync($$"""{"text":"post {{n}}"}""")).ToList();

        await Until.TrueAsync(() => all.Count(answer => answer.IsCompleted) == 8, _bench.Clock);
        Assert.All(all.Where(answer => answer.IsCompleted), answer => Assert.Equal(429, answer.Result.Status));

        reading.LetThrough(50);
        Assert.All((await Task.WhenAll(all)).GroupBy(answer => answer.Status), group => Assert.Equal(group.Key == 200 ? 32 : 8, group.Count()));
        Assert.Equal(32, reading.Changes.Count);
        Assert.True(reading.Batches < 20, $"{reading.Batches} batches for 32 deliveries.");
    }

    [Fact]
    public async Task Who_waits_too_long_for_the_store_is_asked_to_come_again()
    {
        await using var reading = await ReadingAsync();
        reading.HoldStore();
        var answer = _bench.PostAsync("""{"text":"one"}""");
        await Until.TrueAsync(() => reading.Batches == 2);

        _bench.Clock.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(503, (await answer).Status);
    }

    [Fact]
    public async Task Where_nothing_is_served_the_channel_says_the_cure()
    {
        await using var closed = new WebhookBench();
        closed.Doors.NotServed("Web:Listen is empty. Set it.");

        var fault = await Assert.ThrowsAsync<ChannelException>(async () =>
        {
            await foreach (var batch in closed.Channel().ReadAsync(null, WatchSet.Build([], Ours.Nobody), CancellationToken.None))
            {
                Assert.Fail("Nothing can come.");
            }
        });

        Assert.Contains("Set it", fault.Message, StringComparison.Ordinal);
    }

    private async Task<WebhookReading> ReadingAsync(WebhookChannel? channel = null)
    {
        var reading = new WebhookReading(channel ?? _bench.Channel());
        await reading.Begun;
        return reading;
    }

    private async Task<(int Status, string Text)> AnswerAsync(HttpRequestMessage request)
    {
        using var answer = await _bench.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
