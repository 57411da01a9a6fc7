using System.Text.Json;
using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

/// <summary>What the guide says of `dead`: the list, one of them, tried again by the running bot, put away. On either engine: LISTENINGBOT_TEST_STORE.</summary>
public sealed class DeadVerbTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly DeadLettersRig _bot;
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    public DeadVerbTests() => _bot = new DeadLettersRig(_temp.Store, _clock);

    [Fact]
    public async Task The_list_says_what_waits_since_when_and_why_the_oldest_first()
    {
        await AddAsync(NotUnderstood);
        _clock.Advance(TimeSpan.FromHours(2));
        await AddAsync(Card, NotRecorded("2"), Card);
        await _temp.WriteAsync(tx => tx.AskDeadRetry(3, asked: true));

        Assert.Equal(Exit.Done, await ListAsync());

        Assert.Equal(
            """
            3 could not be dealt with
              number  what                                       since (UTC)                  failed   why
              1       an item of channel inbox                   2026-11-02 09:00 (2 h)       once     line 7 is not JSON
              2       the card of case 7 in room care            2026-11-02 11:00 (a moment)  2 times  the room takes no more than 25 fields
              3       an item of channel posts (replay:posts 2)  2026-11-02 11:00 (a moment)  once     is tried again

            `dead show NUMBER` says more; `dead retry NUMBER...` or `dead retry all` has the running bot try again; `dead drop NUMBER...` puts away.

            """,
            _out.ToString());
    }

    [Fact]
    public async Task Where_nothing_waits_it_says_so()
    {
        Assert.Equal(Exit.Done, await ListAsync());

        Assert.Equal("Nothing waits: all that was heard was dealt with.\n", _out.ToString());
    }

    [Fact]
    public async Task A_short_list_says_how_to_see_the_rest()
    {
        await AddAsync(NotRecorded("1"), NotRecorded("2"), NotRecorded("3"));

        await ListAsync(limit: 2);

        Assert.StartsWith("3 could not be dealt with\n", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("replay:posts 3", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nShown are the first 2; --limit 3 shows all.\n", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_one_object_a_line()
    {
        await AddAsync(NotUnderstood, Card);

        Assert.Equal(Exit.Done, await ListAsync(json: true));

        Assert.Equal(
            """
            {"number":1,"kind":"item","place":"inbox","what":"","why":"line 7 is not JSON","since":"2026-11-02T09:00:00Z","last":"2026-11-02T09:00:00Z","failed":1,"canBeTried":false,"isTried":false}
            {"number":2,"kind":"card","place":"care","what":"case:7","why":"the room takes no more than 25 fields","since":"2026-11-02T09:00:00Z","last":"2026-11-02T09:00:00Z","failed":1,"canBeTried":true,"isTried":false}

            """,
            _out.ToString());
    }

    [Fact]
    public async Task One_of_them_is_shown_with_why_it_failed_what_to_do_and_how_it_began()
    {
        await AddAsync(NotUnderstood, Card);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await AddAsync(Card);

        Assert.Equal(Exit.Done, await ShowAsync(1));
        Assert.Equal(Exit.Done, await ShowAsync(2));

        Assert.Equal(
            """
            1: an item of channel inbox
              why: line 7 is not JSON
              since 2026-11-02 09:00 UTC, failed once
              it can't be tried again: this program does not understand it. If it is a complaint, open a case by hand (/case new), then drop it.
              how it began:
                {"text": "my laptop
                died
            2: the card of case 7 in room care
              why: the room takes no more than 25 fields
              since 2026-11-02 09:00 UTC, failed 2 times, the last at 2026-11-02 09:05 UTC
              `dead retry 2` has it tried again

            """,
            _out.ToString());
    }

    [Fact]
    public async Task For_programs_it_is_shown_with_what_another_try_would_do()
    {
        await AddAsync(NotRecorded("1"));

        Assert.Equal(Exit.Done, await ShowAsync(1, json: true));

        var shown = JsonDocument.Parse(_out.ToString()).RootElement;
        Assert.Equal("replay:posts 1", shown.GetProperty("letter").GetProperty("what").GetString());
        Assert.Equal(Some.Post().Text, shown.GetProperty("raw").GetString());
        Assert.Equal(Some.Post().Text, shown.GetProperty("work").GetProperty("post").GetProperty("text").GetString());
    }

    /// <summary>Of what gave way the number says how many there were, not how often they failed.</summary>
    [Fact]
    public async Task What_gave_way_is_shown_as_a_number_of_items()
    {
        await AddAsync(NotUnderstood, NotUnderstood);
        _clock.Advance(TimeSpan.FromDays(91));
        await _bot.Letters.TendAsync(CancellationToken.None);
        var id = Assert.Single(await LettersAsync()).Id;

        await ShowAsync(id);
        await ListAsync(json: true);

        Assert.StartsWith(
            $"""
            {id}: 2 items of inbox, dropped unseen
              why: Nobody dealt with them in time.
              since 2027-02-01 09:00 UTC, the last at 2027-02-01 09:00 UTC
              these are gone; drop the entry when you have seen it

            """,
            _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"dropped\":2,\"canBeTried\":false", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"failed\"", _out.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What another try needs can be unreadable itself: `show` must not send to `retry`, which sends back.</summary>
    [Fact]
    public async Task What_can_not_be_tried_again_is_not_offered_to_be_tried()
    {
        await AddAsync(NotUnderstood, Card);
        using (var db = _temp.OpenDb())
        {
            db.Execute("UPDATE dead_letters SET item = '{' WHERE id = 2");
        }

        Assert.Equal(Exit.BadInput, await RetryAsync(1));
        Assert.Equal(Exit.BadInput, await RetryAsync(2));
        await ShowAsync(2);

        Assert.Equal("1 can't be tried again. `dead show 1` says why, and what to do.\n2 can't be tried again. `dead show 2` says why, and what to do.\n", _errors.ToString());
        Assert.Contains("\n  it can't be tried again: what another try needs can't be read. Do it by hand where it still matters, then drop it.\n", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_not_there_ends_with_1()
    {
        Assert.Equal(Exit.BadInput, await ShowAsync(12));
        Assert.Equal(Exit.BadInput, await RetryAsync(12));
        Assert.Equal(Exit.BadInput, await DropAsync(12));

        Assert.Equal(string.Concat(Enumerable.Repeat("Nothing of number 12 waits. `dead` shows what does.\n", 3)), _errors.ToString());
        Assert.Equal("", _out.ToString());
    }

    [Fact]
    public async Task One_is_dropped_and_the_rest_stays()
    {
        await AddAsync(NotUnderstood, Card);

        Assert.Equal(Exit.Done, await DropAsync(1));

        Assert.Equal("1 put away.\n", _out.ToString());
        Assert.Equal(2, Assert.Single(await LettersAsync()).Id);
    }

    [Fact]
    public async Task Several_are_dropped_at_once_and_a_number_that_is_not_there_hinders_none()
    {
        await AddAsync(NotUnderstood, Card, NotRecorded("1"));

        Assert.Equal(Exit.BadInput, await DropAsync(1, 12, 3));

        Assert.Equal("2 put away.\n", _out.ToString());
        Assert.Equal("Nothing of number 12 waits. `dead` shows what does.\n", _errors.ToString());
        Assert.Equal(2, Assert.Single(await LettersAsync()).Id);
    }

    [Fact]
    public async Task Several_are_tried_again_at_once_and_one_that_can_not_be_hinders_none()
    {
        await AddAsync(NotUnderstood, NotRecorded("1"), NotRecorded("2"), NotRecorded("3"));

        Assert.Equal(Exit.BadInput, await RetryAsync([1, 2, 12, 3], _bot));

        Assert.Equal("2: dealt with: an item of channel posts (replay:posts 1)\n3: dealt with: an item of channel posts (replay:posts 2)\n", _out.ToString());
        Assert.Equal("1 can't be tried again. `dead show 1` says why, and what to do.\nNothing of number 12 waits. `dead` shows what does.\n", _errors.ToString());
        Assert.Equal([1L, 4L], (await LettersAsync()).Select(letter => letter.Id));
    }

    [Fact]
    public async Task All_are_dropped()
    {
        await AddAsync(NotUnderstood, Card, NotRecorded("1"));

        Assert.Equal(Exit.Done, await DropAllAsync());

        Assert.Equal("3 put away.\n", _out.ToString());
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task What_is_tried_again_and_succeeds_is_said_to_be_dealt_with()
    {
        await AddAsync(NotRecorded("1"));

        Assert.Equal(Exit.Done, await RetryAsync(1, _bot));

        Assert.Equal("1: dealt with: an item of channel posts (replay:posts 1)\n", _out.ToString());
        Assert.NotNull(await _temp.ReadAsync(view => view.MentionOf(Some.Post().Key)));
    }

    [Fact]
    public async Task What_fails_again_ends_with_1_and_says_why_now()
    {
        await AddAsync(NotRecorded("1"), DeadLetters.Of("posts", Change(Some.Post(id: "2") with { Author = null! }), "can't be recorded"), NotUnderstood);

        Assert.Equal(Exit.BadInput, await RetryAsync(null, _bot));

        Assert.StartsWith("1: dealt with: an item of channel posts (replay:posts 1)\n2: failed again: ", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("could not be understood", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal([2L, 3L], (await LettersAsync()).Select(letter => letter.Id));
        Assert.Equal("", _errors.ToString());
    }

    [Fact]
    public async Task Where_nothing_can_be_tried_again_all_is_nothing()
    {
        await AddAsync(NotUnderstood);

        Assert.Equal(Exit.Done, await RetryAsync(null));

        Assert.Equal("Nothing waits that can be tried again.\n", _out.ToString());
    }

    [Fact]
    public async Task Where_no_bot_runs_it_ends_after_half_a_minute_with_1_and_the_wish_stays()
    {
        await AddAsync(NotRecorded("1"));

        Assert.Equal(Exit.BadInput, await RetryAsync(1));

        Assert.InRange(_clock.GetUtcNow() - ManualClock.Start, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
        Assert.Equal("No running bot took it up within 30 seconds. It is tried when one runs: listeningbot run\n", _errors.ToString());
        Assert.True(Assert.Single(await LettersAsync()).RetryAsked);
        await _bot.Letters.TendAsync(CancellationToken.None);
        Assert.Empty(await LettersAsync());
    }

    /// <summary>The bot takes up fifty at a time.</summary>
    [Fact]
    public async Task A_list_that_takes_longer_is_not_laid_to_a_bot_that_does_not_run()
    {
        await AddAsync([.. Enumerable.Range(1, 60).Select(i => NotRecorded($"{i}"))]);

        Assert.Equal(Exit.BadInput, await RetryAsync(null, _bot, times: 1));

        Assert.Equal(50, _out.ToString().Split('\n').Count(line => line.Contains(": dealt with: ", StringComparison.Ordinal)));
        Assert.Equal("10 under way for longer than 30 seconds; the running bot goes on. `dead` shows what still waits.\n", _errors.ToString());
    }

    private static DeadLetter NotUnderstood => Some.BadItem("inbox", "line 7 is not JSON", "{\"text\": \"my laptop\ndied");
    private static DeadLetter Card => new(DeadKind.Card, "care", "case:7", "the room takes no more than 25 fields") { Work = new DeadCard(new CardKey("case:7", "care")) };

    private static DeadLetter NotRecorded(string id) => DeadLetters.Of("posts", Change(Some.Post(id: id)), "can't be recorded");

    private static PostChange Change(Post post) => new(ChangeKind.Added, post.Key, post);

    private Task AddAsync(params DeadLetter[] letters) => _temp.WriteAsync(tx =>
    {
        foreach (var letter in letters)
        {
            tx.AddDead(letter, _clock.GetUtcNow());
        }
    });

    private Task<int> ListAsync(int limit = 100, bool json = false) => DeadVerbList.WriteAsync(_temp.Store, limit, json, _clock.GetUtcNow(), _out, new VerbPaper(_out, null), CancellationToken.None);

    private Task<int> ShowAsync(long id, bool json = false) => DeadVerbList.ShowAsync(_temp.Store, id, json, _out, _errors, CancellationToken.None);

    private Task<int> DropAsync(params long[] ids) => DeadVerbList.DropAsync(_temp.Store, ids, _out, _errors, CancellationToken.None);

    private Task<int> DropAllAsync() => DeadVerbList.DropAsync(_temp.Store, ids: null, _out, _errors, CancellationToken.None);

    private Task<int> RetryAsync(long id, DeadLettersRig? bot = null) => RetryAsync([id], bot);

    /// <summary>Beside a bot that looks so many times, or none.</summary>
    /// <param name="ids">Null: all.</param>
    private async Task<int> RetryAsync(long[]? ids, DeadLettersRig? bot = null, int times = int.MaxValue)
    {
        var retry = new DeadVerbRetry(_temp.Store, _clock, _out, _errors).RunAsync(ids, CancellationToken.None);
        var since = TimeProvider.System.GetTimestamp();
        while (!retry.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(60), "Waited in vain.");
            // Time passes only while the verb sleeps.
            if (_clock.Waiting > 0)
            {
                if (bot is not null && times-- > 0)
                {
                    await bot.Letters.TendAsync(CancellationToken.None);
                }
                _clock.Advance(TimeSpan.FromMilliseconds(250));
            }
            await Task.Yield();
        }
        return await retry;
    }

    private Task<IReadOnlyList<DeadLetter>> LettersAsync() => _temp.ReadAsync(view => view.DeadLetters(0, 9999));

    public async ValueTask DisposeAsync()
    {
        await _temp.DisposeAsync();
        await _out.DisposeAsync();
        await _errors.DisposeAsync();
    }
}
