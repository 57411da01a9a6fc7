using System.Globalization;
using System.Net;
using ListeningBot.Net;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Notifiers.Discord;

public sealed class RateLimitsTests
{
    private readonly ManualClock _clock = new();
    private readonly RateLimits _limits;

    public RateLimitsTests() => _limits = new RateLimits(_clock);

    [Fact]
    public void Until_a_limit_is_known_one_request_at_a_time_asks_for_it()
    {
        Assert.Null(_limits.Take(Route.Create("1")));
        Assert.NotNull(_limits.Take(Route.Create("1")));
        Assert.Null(_limits.Take(Route.Create("2")));

        _limits.End(Route.Create("1"), Answer(5, 4, 2));
        Assert.Null(_limits.Take(Route.Create("1")));
        Assert.Null(_limits.Take(Route.Create("1")));
    }

    [Fact]
    public void Threads_that_are_quiet_are_forgotten_and_those_that_are_not_are_kept()
    {
        Used(Route.Create("busy"), Answer(5, 0, 3600));
        for (var thread = 0; thread < 10_000; thread++)
        {
            Used(Route.Create($"thread {thread}"), Answer(5, 4, 1));
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.InRange(_limits.Buckets, 2, 1100);
        Assert.NotNull(_limits.Take(Route.Create("busy")));
    }

    [Fact]
    public void A_request_that_failed_unheard_lets_the_next_one_ask()
    {
        Assert.Null(_limits.Take(Route.Create("1")));
        _limits.End(Route.Create("1"), null);

        Assert.Null(_limits.Take(Route.Create("1")));
    }

    [Fact]
    public void An_empty_bucket_says_how_long_until_it_is_full_again()
    {
        Used(Route.Create("1"), Answer(5, 0, 3.5));

        Assert.Equal(TimeSpan.FromSeconds(3.5), _limits.Take(Route.Create("1"))?.Wait);
        _clock.Advance(TimeSpan.FromSeconds(3.5));
        Assert.Null(_limits.Take(Route.Create("1")));
    }

    [Fact]
    public void Requests_under_way_count_against_what_is_left()
    {
        Used(Urgent("1"), Answer(3, 2, 10));
        Assert.Null(_limits.Take(Urgent("1")));
        Assert.Null(_limits.Take(Urgent("1")));
        _limits.End(Urgent("1"), Answer(3, 1, 10));

        Assert.NotNull(_limits.Take(Urgent("1")));
    }

    [Fact]
    public void The_last_request_of_a_limit_is_kept_for_what_is_urgent()
    {
        Used(Route.Create("1"), Answer(5, 1, 4));

        Assert.Equal(TimeSpan.FromSeconds(4), _limits.Take(Route.Create("1"))?.Wait);
        Assert.Null(_limits.Take(Urgent("1")));
        Assert.NotNull(_limits.Take(Urgent("1")));
    }

    [Fact]
    public void An_answer_that_was_overtaken_gives_nothing_back()
    {
        Used(Urgent("1"), Answer(3, 2, 10));
        Assert.Null(_limits.Take(Urgent("1")));
        Assert.Null(_limits.Take(Urgent("1")));
        _limits.End(Urgent("1"), Answer(3, 0, 10));
        _limits.End(Urgent("1"), Answer(3, 1, 10));

        Assert.NotNull(_limits.Take(Urgent("1")));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(_limits.Take(Urgent("1")));
    }

    [Fact]
    public void Routes_of_one_bucket_share_it_in_the_same_room_only()
    {
        var edit = Route.Edit(new MessageAddress("1", "2"));
        var delete = Route.Delete(new MessageAddress("1", "2"));
        Used(edit, Answer(5, 3, 10, bucket: "same"));
        Used(delete, Answer(5, 0, 10, bucket: "same"));

        Assert.NotNull(_limits.Take(edit));
        Assert.NotNull(_limits.Take(delete));
        Assert.Null(_limits.Take(Route.Edit(new MessageAddress("9", "2"))));
        Assert.Null(_limits.Take(Route.Create("1")));
    }

    [Fact]
    public void Rooms_that_learn_of_their_bucket_at_the_same_time_get_no_request_too_many()
    {
        Assert.Null(_limits.Take(Urgent("1")));
        Assert.Null(_limits.Take(Urgent("2")));
        _limits.End(Urgent("1"), Answer(5, 4, 2, "shared"));
        _limits.End(Urgent("2"), Answer(5, 4, 2, "shared"));

        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(_limits.Take(Urgent("2"))));
        Assert.NotNull(_limits.Take(Urgent("2")));
    }

    [Fact]
    public void A_limit_for_the_whole_bot_stops_every_route()
    {
        _limits.Exceeded(Route.Create("1"), TimeSpan.FromSeconds(7), global: true, shared: false);

        Assert.Equal(TimeSpan.FromSeconds(7), _limits.Take(Route.Me)?.Wait);
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Null(_limits.Take(Route.Me));
    }

    [Fact]
    public void A_limit_for_one_room_leaves_the_others_alone()
    {
        Used(Route.Create("1"), null);
        _limits.Exceeded(Route.Create("1"), TimeSpan.FromSeconds(7), global: false, shared: true);

        Assert.Equal(TimeSpan.FromSeconds(7), _limits.Take(Route.Create("1"))?.Wait);
        Assert.Null(_limits.Take(Route.Create("2")));
    }

    [Fact]
    public void No_second_sees_fifty_requests()
    {
        var sent = 0;
        for (var room = 0; room < 100; room++)
        {
            sent += _limits.Take(Route.Create(room.ToString(CultureInfo.InvariantCulture))) is null ? 1 : 0;
        }

        Assert.Equal(RateLimits.MostASecond, sent);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_limits.Take(Route.Create("200")));
    }

    [Fact]
    public void Far_fewer_invalid_requests_than_get_the_address_blocked_stop_everything()
    {
        for (var i = 0; i < RateLimits.MostInvalid; i++)
        {
            Assert.Null(_limits.Take(Route.Me));
            _limits.End(Route.Me, null);
            _limits.CountInvalid();
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        var (wait, why) = _limits.Take(Route.Me)!.Value;
        Assert.InRange(wait, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        Assert.Contains("blocked", why);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(_limits.Take(Route.Me));
    }

    [Fact]
    public void A_shared_limit_is_no_invalid_request_of_ours()
    {
        for (var i = 0; i <= RateLimits.MostInvalid; i++)
        {
            _limits.Exceeded(Route.Create("1"), TimeSpan.Zero, global: false, shared: true);
        }

        Assert.Null(_limits.Take(Route.Me));
    }

    [Theory]
    [InlineData("nonsense", "x", "y")]
    [InlineData("-5", "-1", "-3")]
    [InlineData("5", "0", "NaN")]
    [InlineData("5", "0", "1e300")]
    public void Headers_of_any_shape_stop_nothing_for_long(string limit, string remaining, string reset)
    {
        Assert.Null(_limits.Take(Route.Create("1")));
        _limits.End(Route.Create("1"), Answer(new() { ["X-RateLimit-Limit"] = limit, ["X-RateLimit-Remaining"] = remaining, ["X-RateLimit-Reset-After"] = reset }));

        Assert.True(_limits.Take(Route.Create("1")) is null or { Wait.TotalSeconds: <= 2 });
    }

    private static Route Urgent(string channel) => Route.Create(channel) with { Urgent = true };

    private void Used(Route route, WebAnswer? answer)
    {
        Assert.Null(_limits.Take(route));
        _limits.End(route, answer);
    }

    private static WebAnswer Answer(int limit, int remaining, double resetAfter, string bucket = "") => Answer(new()
    {
        ["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture),
        ["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture),
        ["X-RateLimit-Reset-After"] = resetAfter.ToString(CultureInfo.InvariantCulture),
        ["X-RateLimit-Bucket"] = bucket,
    });

    private static WebAnswer Answer(Dictionary<string, string> headers) => new()
    {
        Status = HttpStatusCode.OK,
        Url = new Uri("https://discord.example/"),
        Headers = headers,
        Body = default,
    };
}
