using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Replay;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Channels.Replay;

public sealed class ReplayChannelTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_line_with_all_its_keys_becomes_a_post()
    {
        var post = Assert.Single(await PostsOfAsync("""
            {"id":"7","channel":"inbox","kind":"mail","title":"Order 5512","text":"Where is it?","url":"https://mail.example/7","lang":"en","posted":"2026-11-02T08:00:00+01:00","inReplyTo":"6","thread":"5","stars":2,"automatic":true,"private":true,"author":{"address":"Mia@Example.org","name":"Mia Lang","handle":"mia","followers":120}}
            """));

        Assert.Equal(new Post
        {
            Key = new PostKey("replay:inbox", "7"),
            Channel = "inbox",
            Kind = "mail",
            Title = "Order 5512",
            Text = "Where is it?",
            Url = "https://mail.example/7",
            Lang = "en",
            Posted = new DateTimeOffset(2026, 11, 2, 7, 0, 0, TimeSpan.Zero),
            InReplyTo = new PostKey("replay:inbox", "6"),
            Thread = new PostKey("replay:inbox", "5"),
            Stars = 2,
            Automatic = true,
            Private = true,
            Author = new Author { Id = "mia@example.org", Name = "Mia Lang", Handle = "mia", Followers = 120 },
        }, post);
    }

    [Fact]
    public async Task A_line_with_only_a_text_gets_the_channels_name_and_a_lasting_id()
    {
        var first = Assert.Single(await PostsOfAsync("""{"text":"It broke"}"""));
        var again = Assert.Single(await PostsOfAsync("\n" + """{"text":"It broke"}"""));

        Assert.Equal(("posts", "replay", "replay:posts"), (first.Channel, first.Kind, first.Key.Namespace));
        Assert.Equal(first.Key, again.Key);
        Assert.Null(first.Posted);
    }

    [Fact]
    public async Task Ago_counts_from_the_moment_the_line_is_read()
    {
        var posts = await PostsOfAsync("""
            {"text":"a","ago":"00:03:10"}
            {"text":"b","ago":90}
            """);

        Assert.Equal([_clock.GetUtcNow() - TimeSpan.FromSeconds(190), _clock.GetUtcNow() - TimeSpan.FromSeconds(90)], posts.Select(p => p.Posted));
    }

    [Fact]
    public async Task Rebase_makes_the_newest_post_new_and_keeps_the_distances()
    {
        var posts = await PostsOfAsync("""
            {"text":"a","posted":"2020-01-01T10:00:00Z"}
            {"text":"b","posted":"2020-01-01T12:00:00Z"}
            {"text":"c","posted":"2020-01-01T11:00:00Z"}
            """, o => o with { Rebase = true });

        Assert.Equal([-120, 0, -60], posts.Select(p => (p.Posted!.Value - _clock.GetUtcNow()).TotalMinutes));
    }

    [Fact]
    public async Task A_time_that_was_left_empty_stays_none_whatever_is_shifted()
    {
        var posts = await PostsOfAsync("""
            {"text":"a","posted":0}
            {"text":"b","posted":"1991-01-01T12:00:00Z"}
            """, o => o with { Rebase = true });

        Assert.Equal([null, _clock.GetUtcNow()], posts.Select(p => p.Posted));
    }

    [Fact]
    public async Task Broken_lines_are_kept_aside_with_their_number_and_stop_nothing()
    {
        var batches = await ReadAsync(Options("""
            {"id":"1","text":"first"}
            {"id":"2","text":
            [1,2,3]
            {"id":"4"}
            {"change":"deleted"}
            nonsense

            {"id":"8","text":"last"}
            """));

        Assert.Equal(["1", "8"], Posts(batches).Select(p => p.Key.Id));
        var aside = batches.SelectMany(b => b.Aside).ToList();
        Assert.Equal(
            [
                "line 2 is not JSON (byte 17)",
                "line 3 is not a JSON object",
                "line 4 has no \"text\"",
                "line 5 has no \"id\" of what is deleted",
                "line 6 is not JSON (byte 1)",
            ],
            aside.Select(a => a.What));
        Assert.Equal("nonsense", aside[^1].Raw);
    }

    [Theory]
    [InlineData(@"{""text"":""lone \ud83d surrogate""}", "lone \uFFFD surrogate")]
    [InlineData(@"{""text"":""lone \udc00\ud83d""}", "lone \uFFFD\uFFFD")]
    [InlineData(@"{""text"":""pair \ud83d\ude00 and \u00e9\n\/""}", "pair \U0001F600 and é\n/")]
    [InlineData("\uFEFF{\"text\":\"after a byte order mark\"}\r\n", "after a byte order mark")]
    [InlineData(@"{""text"":""odd types"",""author"":7,""stars"":""x"",""posted"":null,""ago"":-1,""lang"":{},""url"":""javascript:alert(1)""}", "odd types")]
    [InlineData(@"{""text"":""absurd"",""posted"":"" "",""ago"":1e300,""author"":{""followers"":-5}}", "absurd")]
    public async Task Odd_but_readable_lines_are_heard(string line, string text)
    {
        var post = Assert.Single(await PostsOfAsync(line));

        Assert.Equal(text, post.Text);
        Assert.Null(post.Posted);
        Assert.Null(post.Url);
        Assert.Null(post.Stars);
        Assert.Null(post.Author.Followers);
    }

    [Theory]
    [InlineData("\"2023-11-14T22:13:20.5Z\"")]
    [InlineData("1700000000.5")]
    [InlineData("1700000000500")]
    [InlineData("\"1700000000500\"")]
    public async Task A_time_may_be_written_in_seconds_or_milliseconds(string posted)
    {
        var post = Assert.Single(await PostsOfAsync($"{{\"text\":\"a\",\"posted\":{posted}}}"));

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1700000000500), post.Posted);
    }

    private const string NoIsoTime = "is no time that is read: write ISO 8601 with its separators (\"2026-11-03T09:30:00Z\"), or seconds or milliseconds since 1970";
    private const string NoUnixTime = "is a number that is neither seconds (10 digits) nor milliseconds (13 digits) since 1970, and micro- or nanoseconds and a date in mere digits are not read: write one of those two, or ISO 8601 (\"2026-11-03T09:30:00Z\")";

    [Theory]
    [InlineData("\"yesterday\"", NoIsoTime)]
    [InlineData("\"99999-01-01\"", NoIsoTime)]
    [InlineData("\"20261121T093000Z\"", NoIsoTime)]
    [InlineData("[]", NoIsoTime)]
    [InlineData("false", NoIsoTime)]
    [InlineData("20261121093000", NoUnixTime)]
    [InlineData("\"20261121093000\"", NoUnixTime)]
    [InlineData("1700000000000000", NoUnixTime)]
    [InlineData("-1e308", NoUnixTime)]
    public async Task A_line_whose_time_cannot_be_read_is_kept_aside_and_is_not_from_now(string posted, string why)
    {
        var batches = await ReadAsync(Options($"{{\"text\":\"old\",\"posted\":{posted}}}\n{{\"id\":\"2\",\"text\":\"next\"}}\n{{\"id\":\"1\",\"deleted\":true,\"posted\":{posted}}}"));

        Assert.Equal("line 1 has a \"posted\" that " + why, Assert.Single(batches.SelectMany(b => b.Aside)).What);
        Assert.Equal([ChangeKind.Added, ChangeKind.Deleted], batches.SelectMany(b => Enumerable.Range(0, b.Count).Select(b.KindOf)));
    }

    [Theory]
    [InlineData(@"{""\ud800"":1,""text"":""x""}")]
    [InlineData("{\"text\":\"x\u0001\"}")]
    public async Task Unreadable_keys_and_control_characters_are_kept_aside(string line)
    {
        var batches = await ReadAsync(Options(line + "\n{\"text\":\"next\"}"));

        Assert.Equal("next", Assert.Single(Posts(batches)).Text);
        Assert.StartsWith("line 1 ", Assert.Single(batches.SelectMany(b => b.Aside)).What);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_heard_as_replacement_characters()
    {
        byte[] line = [.. """{"text":"caf"""u8, 0xE9, .. "\"}"u8];

        var batches = await ReadAsync(new ReplayOptions { Source = () => new MemoryStream(line) });

        Assert.Equal("caf\uFFFD", Assert.Single(Posts(batches)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_not_there_waits_for_an_operator_only_when_nobody_may_write_it_later(bool follow)
    {
        var fault = await Assert.ThrowsAsync<ChannelException>(() => ReadAsync(new ReplayOptions { Path = "/nowhere/at/all.jsonl", Follow = follow }));

        Assert.Equal(!follow, fault.NeedsOperator);
    }

    [Fact]
    public async Task A_line_beyond_the_cap_is_kept_aside_and_the_next_is_heard()
    {
        var huge = "{\"text\":\"" + new string('x', 3 * LineReader.LongestLine) + "\"}";

        var batches = await ReadAsync(Options(huge + "\n{\"text\":\"next\"}\n" + huge));

        Assert.Equal("next", Assert.Single(Posts(batches)).Text);
        var aside = batches.SelectMany(b => b.Aside).ToList();
        Assert.Equal(["line 1 is longer than 1048576 bytes", "line 3 is longer than 1048576 bytes"], aside.Select(a => a.What));
        Assert.All(aside, a => Assert.InRange(a.Raw.Length, 1, 4096));
    }

    [Fact]
    public async Task A_line_just_at_the_cap_is_heard()
    {
        var text = new string('x', LineReader.LongestLine - "{\"text\":\"\"}".Length);

        var batches = await ReadAsync(Options("{\"text\":\"" + text + "\"}\n"));

        Assert.Equal(text.Length, Assert.Single(Posts(batches)).Text.Length);
    }

    [Fact]
    public async Task Edits_deletions_and_gone_authors_come_as_such()
    {
        var batches = await ReadAsync(Options("""
            {"id":"1","text":"new"}
            {"id":"1","text":"changed","change":"edited"}
            {"id":"1","change":"deleted"}
            {"id":"mia","change":"authorGone"}

            """));

        var batch = Assert.Single(batches, b => b.Count > 0);
        Assert.Equal([ChangeKind.Added, ChangeKind.Edited, ChangeKind.Deleted, ChangeKind.AuthorGone], Enumerable.Range(0, batch.Count).Select(batch.KindOf));
        Assert.Equal(new PostKey("replay:posts", "mia"), batch.KeyAt(3));
        Assert.Equal("changed", batch.PostAt(1).Text);
    }

    [Fact]
    public async Task A_restart_goes_on_behind_every_batch()
    {
        var lines = string.Join("\r\n", Enumerable.Range(1, 350).Select(n => $$"""{"id":"{{n}}","text":"post {{n}} ü"}"""));
        using var file = new TemporaryFile(lines);

        var all = await ReadAsync(new ReplayOptions { Path = file.Path });

        Assert.True(all.Count >= 4);
        foreach (var (batch, index) in all.Select((b, i) => (b, i)))
        {
            var rest = Posts(await ReadAsync(new ReplayOptions { Path = file.Path }, batch.Next));
            Assert.Equal(Posts(all.Skip(index + 1)).Select(p => p.Key), rest.Select(p => p.Key));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task A_file_that_was_replaced_by_a_longer_one_is_read_from_its_beginning_and_one_that_grew_is_read_on(string before)
    {
        using var file = new TemporaryFile(before + """{"id":"1","text":"first"}""" + "\n");
        var options = new ReplayOptions { Path = file.Path };
        var read = (await ReadAsync(options))[^1].Next;
        await File.AppendAllTextAsync(file.Path, """{"id":"2","text":"second"}""" + "\n");
        var grown = await ReadAsync(options, read);
        await File.WriteAllTextAsync(file.Path, string.Join('\n', Enumerable.Range(11, 9).Select(n => $$"""{"id":"{{n}}","text":"another file, line {{n}}"}""")));

        var replaced = await ReadAsync(options, grown[^1].Next);

        Assert.Equal(["2"], Posts(grown).Select(post => post.Key.Id));
        Assert.Equal(Enumerable.Range(11, 9).Select(n => n.ToString()), Posts(replaced).Select(post => post.Key.Id));
        Assert.Empty(replaced.SelectMany(batch => batch.Aside));
    }

    /// <summary>Releases before this one wrote no more than how far it was read; and a first line that is still being written is not known yet.</summary>
    [Fact]
    public async Task Where_the_first_line_of_a_file_was_not_known_it_is_read_on_and_known_from_then_on()
    {
        const string first = """{"id":"1","text":"first"}""";
        using var file = new TemporaryFile(first);
        var options = new ReplayOptions { Path = file.Path };
        var unended = (await ReadAsync(options))[^1].Next;
        await File.AppendAllTextAsync(file.Path, "\n" + """{"id":"2","text":"second"}""" + "\n");

        var on = await ReadAsync(options, unended);
        var before = await ReadAsync(options, new Cursor($"{first.Length + 1}:1"));
        await File.WriteAllTextAsync(file.Path, "\n" + await File.ReadAllTextAsync(file.Path));

        Assert.Equal($"{first.Length}:1", unended.Value);
        Assert.Equal(["2"], Posts(on).Select(post => post.Key.Id));
        Assert.Equal(["2"], Posts(before).Select(post => post.Key.Id));
        Assert.Equal(["1", "2"], Posts(await ReadAsync(options, before[^1].Next)).Select(post => post.Key.Id));
    }

    [Theory]
    [InlineData("999999:3")]
    [InlineData("-1:-1")]
    [InlineData("rubbish")]
    [InlineData("99999999999999999999:1")]
    public async Task A_cursor_that_does_not_fit_starts_from_the_beginning(string cursor)
    {
        using var file = new TemporaryFile("""{"id":"1","text":"first"}""");

        Assert.Single(Posts(await ReadAsync(new ReplayOptions { Path = file.Path }, new Cursor(cursor))));
    }

    [Fact]
    public async Task A_pace_presses_the_pauses_together_and_caps_them()
    {
        var options = Options("""
            {"id":"1","text":"a","posted":"2026-11-02T08:00:00Z"}
            {"id":"2","text":"b","posted":"2026-11-02T08:01:00Z"}
            {"id":"3","text":"c","after":4}
            {"id":"4","text":"d","posted":"2026-11-02T20:00:00Z"}
            """) with { Pace = 2, LongestPause = TimeSpan.FromSeconds(10) };
        var heard = new List<(string Id, double At)>();
        var reading = Task.Run(async () =>
        {
            await foreach (var batch in Channel(options).ReadAsync(null, WatchSet.Build([], Ours.Nobody), default))
            {
                heard.AddRange(Enumerable.Range(0, batch.Count).Select(i => (batch.KeyAt(i).Id, (_clock.GetUtcNow() - ManualClock.Start).TotalSeconds)));
            }
        });

        await AdvanceUntilAsync(reading);

        Assert.Equal([("1", 0), ("2", 10), ("3", 12), ("4", 22)], heard);
    }

    [Fact]
    public async Task A_missing_file_is_told_to_the_operator()
    {
        var error = await Assert.ThrowsAsync<ChannelException>(() => ReadAsync(new ReplayOptions { Path = "no/such.jsonl" }));

        Assert.True(error.NeedsOperator);
        Assert.Contains("no/such.jsonl", error.Message);
        Assert.Contains("no such file", error.Message);
    }

    [Fact]
    public async Task Reading_a_stream_that_says_nothing_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var reading = ReadAsync(new ReplayOptions { Source = () => new SilentStream() }, ct: stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Signing_in_counts_posts_and_broken_lines()
    {
        using var file = new TemporaryFile("{\"text\":\"a\"}\n\nrubbish\n{\"text\":\"b\"}");

        Assert.Equal("2 posts to replay, 1 lines that are none", await ReplayChannel.SignInAsync(Context(), new ReplayOptions { Path = file.Path }, default));
    }

    [Theory]
    [InlineData("", 0, 5, false, "Path")]
    [InlineData("x", -1, 5, false, "Pace")]
    [InlineData("x", double.NaN, 5, false, "Pace")]
    [InlineData("x", 0, -1, false, "LongestPause")]
    [InlineData("-", 0, 5, true, "Rebase")]
    public void Options_that_can_not_be_are_told(string path, double pace, int longest, bool rebase, string option)
    {
        var options = new ReplayOptions { Path = path, Pace = pace, LongestPause = TimeSpan.FromSeconds(longest), Rebase = rebase };

        Assert.Equal(option, Assert.Single(ReplayOptions.Validate(options)).Option);
    }

    private async Task AdvanceUntilAsync(Task reading)
    {
        while (!reading.IsCompleted)
        {
            if (_clock.Waiting > 0)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
            await Task.Yield();
        }
        await reading;
    }

    private static ReplayOptions Options(string lines) => new() { Source = () => new MemoryStream(Encoding.UTF8.GetBytes(lines)) };

    private async Task<List<Post>> PostsOfAsync(string lines, Func<ReplayOptions, ReplayOptions>? change = null) =>
        Posts(await ReadAsync((change ?? (o => o))(Options(lines))));

    private static List<Post> Posts(IEnumerable<PostBatch> batches) =>
        [.. batches.SelectMany(b => Enumerable.Range(0, b.Count).Select(b.PostAt))];

    private async Task<List<PostBatch>> ReadAsync(ReplayOptions options, Cursor? since = null, CancellationToken ct = default)
    {
        var batches = new List<PostBatch>();
        await foreach (var batch in Channel(options).ReadAsync(since, WatchSet.Build([], Ours.Nobody), ct))
        {
            batches.Add(batch);
        }
        return batches;
    }

    private ReplayChannel Channel(ReplayOptions options) => new(Context(), options);

    private ChannelContext Context() =>
        new("posts", new WebReader(new HttpSettings(), _clock), _clock, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);

    private sealed class SilentStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource<int>().Task);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
