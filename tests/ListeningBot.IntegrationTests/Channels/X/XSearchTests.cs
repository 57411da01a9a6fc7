using System.Globalization;
using ListeningBot.Channels.X;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.X;

public sealed class XSearchTests
{
    [Fact]
    public async Task A_crash_between_any_two_pages_loses_nothing()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.PageSize = 3;
        for (var i = 1; i <= 20; i++)
        {
            bench.X.Post($"acme post{i}.", at: bench.Clock.GetUtcNow() - TimeSpan.FromMinutes(60 - i));
        }
        for (var crash = 0; crash < 40 && bench.Texts.Distinct().Count() < 20; crash++)
        {
            await bench.ReadAsync(bench.Options, () => true);
            if (crash == 3)
            {
                bench.X.Post("acme post21.");
            }
        }
        await bench.ReadAsync(bench.Options, () => bench.Texts.Any(text => text.Contains("post21.", StringComparison.Ordinal)));

        Assert.Equal(21, bench.Texts.Distinct().Count());
        Assert.Equal(21, bench.Texts.Count());
        Assert.Empty(bench.Gaps);
    }

    [Fact]
    public async Task A_watch_with_a_query_is_searched_for_in_Xs_operators_and_what_comes_too_much_is_not_heard()
    {
        await using var bench = await new XBench { Watches = ByQuery.Watches("#acme (refund OR ~late) /mo.ey/ NOT giveaway lang:en") }.StartedAsync();
        bench.X.Matching = (_, _) => true;
        bench.X.Post("#acme refund my money");
        bench.X.Post("#acme refund");

        await bench.ReadAsync(bench.Options, () => bench.Texts.Count() == 2);

        var asked = System.Web.HttpUtility.ParseQueryString(new Uri("https://x.example" + bench.Searches.First()).Query)["query"];
        Assert.Equal("#acme (\"refund\" OR #refund OR @refund OR \"late\" OR #late OR @late OR \"later\" OR #later OR @later OR \"latest\" OR #latest OR @latest) -\"giveaway\" lang:en -is:retweet", asked);
        Assert.Equal("#acme refund my money", Assert.Single(ByQuery.Heard(bench.Watches!, bench.Changes.Select(change => change.Post!))));
    }

    [Fact]
    public async Task A_page_that_X_no_longer_knows_begins_its_look_anew()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.PageSize = 2;
        for (var i = 1; i <= 6; i++)
        {
            bench.X.Post($"acme post{i}.", at: bench.Clock.GetUtcNow() - TimeSpan.FromMinutes(60 - i));
        }
        bench.X.Next.Enqueue(null);
        bench.X.Next.Enqueue(LocalX.Problem(400, "Invalid Request", "Invalid 'next_token'", "https://api.x.com/2/problems/invalid-request"));

        await bench.ReadAsync(bench.Options, () => bench.Texts.Distinct().Count() == 6);

        Assert.Equal(8, bench.Texts.Count());
    }

    [Fact]
    public async Task Pages_that_lead_nowhere_come_to_an_end_and_are_told()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.LyingToken = "b0";
        bench.X.Post("acme one");

        await bench.ReadAsync(bench.Options, () => bench.Gaps.Count > 0);

        Assert.InRange(bench.X.Asked.Count, 2, 3);
        Assert.Contains("more pages than can be read", bench.Gaps[0].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_more_than_seven_days_the_rest_is_read_and_what_is_lost_is_in_the_ledger()
    {
        await using var bench = await new XBench().StartedAsync();
        await bench.ReadAsync(bench.Options, () => true);
        var stopped = bench.Clock.GetUtcNow();
        bench.Clock.Advance(TimeSpan.FromDays(10));
        bench.X.Post("acme lost", at: bench.Clock.GetUtcNow() - TimeSpan.FromDays(8));
        bench.X.Post("acme found", at: bench.Clock.GetUtcNow() - TimeSpan.FromDays(6));

        await bench.ReadAsync(bench.Options, () => bench.Texts.Any());

        Assert.Equal(["acme found"], bench.Texts);
        var gap = Assert.Single(bench.Gaps);
        Assert.InRange(gap.From, stopped - TimeSpan.FromHours(2), stopped);
        Assert.InRange(gap.To, bench.Clock.GetUtcNow() - TimeSpan.FromDays(7), bench.Clock.GetUtcNow() - TimeSpan.FromDays(6.9));
        Assert.Equal(GapFate.Lost, gap.Fate);
    }

    [Fact]
    public async Task A_look_that_was_broken_off_for_more_than_seven_days_goes_on_with_what_X_still_gives()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.PageSize = 2;
        for (var i = 1; i <= 6; i++)
        {
            bench.X.Post($"acme post{i}.", at: bench.Clock.GetUtcNow() - TimeSpan.FromMinutes(60 - i));
        }
        await bench.ReadAsync(bench.Options, () => true);
        bench.Clock.Advance(TimeSpan.FromDays(8));
        bench.X.Post("acme now");

        await bench.ReadAsync(bench.Options, () => bench.Texts.Contains("acme now"));

        Assert.Equal(GapFate.Lost, Assert.Single(bench.Gaps).Fate);
    }

    [Fact]
    public async Task A_wait_for_money_does_not_lead_out_of_what_X_gives()
    {
        await using var bench = await new XBench().StartedAsync();
        var options = bench.Options with { Budget = 1 };
        await bench.ReadAsync(options, () => true);
        bench.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(30));
        var spending = bench.Context().Spending;
        await spending.ReserveAsync(options.DayBudget, 1, long.MaxValue, 1, CancellationToken.None);
        bench.Clock.Advance(TimeSpan.Zero);
        bench.X.Post("acme now");

        await bench.ReadAsync(options, () => bench.Texts.Contains("acme now"));
    }

    [Theory]
    [InlineData("9199999999999999999")]
    [InlineData("3000000000000000000")]
    public async Task A_number_from_the_far_future_makes_nobody_deaf(string id)
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Next.Enqueue(FeedAnswers.Text($$$"""{"data":[{"id":"{{{id}}}","text":"acme future"}],"meta":{"result_count":1,"newest_id":"{{{id}}}","oldest_id":"{{{id}}}"}}""", "application/json"));
        await bench.ReadAsync(bench.Options, () => true);
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        bench.X.Post("acme now");

        await bench.ReadAsync(bench.Options, () => bench.Searches.Count() == 3);

        Assert.Contains("acme now", bench.Texts);
    }

    [Fact]
    public async Task New_words_are_looked_for_from_where_the_others_were_read_to()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Post("acme one", at: bench.Clock.GetUtcNow() - TimeSpan.FromHours(2));
        await bench.ReadAsync(bench.Options, () => bench.Searches.Count() == 2);
        bench.X.Post("zenith two");
        await bench.ReadAsync(bench.Options, () => bench.Texts.Count() == 2, find: ["acme", "zenith"]);

        Assert.Equal(["acme one", "zenith two"], bench.Texts);
    }

    [Fact]
    public async Task What_is_asked_for_shrinks_to_what_is_left_and_the_rest_of_a_flood_is_a_gap()
    {
        await using var bench = await new XBench().StartedAsync();
        for (var i = 0; i < 500; i++)
        {
            bench.X.Post($"acme post{i}.", at: bench.Clock.GetUtcNow() - TimeSpan.FromSeconds(5000 - i));
        }

        // 1 dollar is 200 posts a day; at nine in the morning 106 of them may have been read.
        await bench.ReadAsync(bench.Options with { Budget = 1 }, () => bench.Gaps.Count > 0);

        Assert.InRange(bench.Texts.Count(), 95, 106);
        Assert.Contains("post499.", bench.Texts.Aggregate((a, b) => a + b), StringComparison.Ordinal);
        Assert.Contains(bench.Searches, asked => asked.Contains("max_results=100", StringComparison.Ordinal));
        Assert.Equal("the day's budget for X was used up", bench.Gaps[0].Cause);
        Assert.True(bench.Spend!.GoesOn > bench.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Where_X_gives_no_more_answers_it_is_left_alone_until_it_does()
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Headers["x-rate-limit-remaining"] = "0";
        bench.X.Headers["x-rate-limit-reset"] = (bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(10)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var polls = 0;
        var reading = bench.ReadAsync(bench.Options, () => bench.Searches.Count() == 2, (_, _) => Task.FromResult(Interlocked.Increment(ref polls)));

        // The first question is answered, so that it is the second one that waits.
        await Until.TrueAsync(() => Volatile.Read(ref polls) == 1 && bench.Clock.Waiting > 0);
        Assert.Single(bench.Searches);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await reading;
    }

    /// <summary>The end of a limit is a time of X's clock: it is so long until then as X's answer is dated, and as long by ours that nobody sets.</summary>
    [Theory]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 1)]
    public async Task It_is_left_alone_as_long_however_wrong_our_clock_is_and_is_set_meanwhile(int daysAhead, int thenAhead)
    {
        await using var bench = await new XBench().StartedAsync();
        bench.Clock.Ahead = TimeSpan.FromDays(daysAhead);
        bench.X.Headers["x-rate-limit-remaining"] = "0";
        bench.X.Headers["x-rate-limit-reset"] = (bench.X.Time.GetUtcNow() + TimeSpan.FromMinutes(10)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var polls = 0;
        var reading = bench.ReadAsync(bench.Options, () => bench.Searches.Count() == 2, (_, _) =>
        {
            bench.Clock.Ahead = TimeSpan.FromDays(polls++ == 0 ? thenAhead : 0);
            return Task.CompletedTask;
        });

        // The first question is answered, so that it is the second one that waits.
        await Until.TrueAsync(() => Volatile.Read(ref polls) == 1 && bench.Clock.Waiting > 0);
        bench.Clock.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Single(bench.Searches);
        bench.Clock.Advance(TimeSpan.FromMinutes(0.1));
        await reading;
    }

    /// <summary>Posts are numbered by X's clock, so that how far was read is too.</summary>
    [Fact]
    public async Task While_our_clock_is_a_day_ahead_and_when_it_is_right_again_each_post_is_found()
    {
        await using var bench = await new XBench().StartedAsync();
        for (var i = 1; i <= 5; i++)
        {
            bench.Clock.Ahead = TimeSpan.FromDays(i is 2 or 3 ? 1 : i == 5 ? -1 : 0);
            var looks = bench.X.Asked.Count;
            await bench.ReadAsync(bench.Options, () => bench.X.Asked.Count > looks);
            bench.Clock.Advance(TimeSpan.FromHours(3));
            bench.X.Post($"acme post{i}.");
            looks = bench.X.Asked.Count;
            await bench.ReadAsync(bench.Options, () => bench.X.Asked.Count > looks);
        }
        Assert.Equal(5, bench.Texts.Distinct().Count());
    }

    [Theory]
    [InlineData(402, "about:blank", "no more credit")]
    [InlineData(429, "https://api.x.com/2/problems/usage-capped", "no more posts in this billing cycle")]
    [InlineData(400, "https://api.x.com/2/problems/invalid-request", "does not take a question (HTTP 400): told so")]
    [InlineData(403, "https://api.x.com/2/problems/client-forbidden", "forbids us")]
    public async Task What_only_an_operator_can_mend_is_told_with_its_cure_and_costs_nothing(int status, string type, string says)
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Next.Enqueue(LocalX.Problem(status, "No", "told so", type));

        var fault = await Assert.ThrowsAnyAsync<ChannelException>(() => bench.ReadAsync(bench.Options, () => true));

        Assert.True(fault.NeedsOperator);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Spend!.Spent);
    }

    /// <summary>Who stands in X's place, such as a proxy, may repeat what it was told.</summary>
    [Theory]
    [InlineData(400, "https://api.x.com/2/problems/invalid-request")]
    [InlineData(429, "https://api.x.com/2/problems/usage-capped")]
    public async Task A_refusal_that_repeats_our_token_is_told_without_it(int status, string type)
    {
        await using var bench = await new XBench().StartedAsync();
        bench.X.Next.Enqueue(LocalX.Problem(status, "No", $"told Bearer {LocalX.Token} so", type));

        var fault = await Assert.ThrowsAnyAsync<ChannelException>(() => bench.ReadAsync(bench.Options, () => true));

        Assert.Contains("told Bearer *** so", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(LocalX.Token, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_given_by_name_is_asked_for_once_and_its_own_posts_are_known()
    {
        await using var bench = await new XBench().StartedAsync();
        var options = bench.Options with { Account = "@acme", Listen = null };
        bench.X.Post("@acme where is it?");
        bench.X.Post("@mia on its way", author: LocalX.Account);
        await bench.ReadAsync(options, () => bench.Texts.Count() == 2);
        await bench.ReadAsync(options, () => bench.X.Asked.Count > 4);

        Assert.Single(bench.X.Asked, asked => asked.StartsWith("/2/users/by/username/acme", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.X.Asked, asked => asked.Contains("/search/", StringComparison.Ordinal));
        Assert.Equal([null, "acme"], bench.Changes.Take(2).Select(change => change.Post!.Author.Handle));
    }

    /// <summary>The searches have nothing to do with the account.</summary>
    [Fact]
    public async Task Another_account_begins_its_mentions_anew_and_the_searches_go_on()
    {
        await using var bench = await new XBench().StartedAsync();
        await bench.ReadAsync(bench.Options with { Account = "@acme" }, () => bench.Cursor is not null && bench.Searches.Any(), find: "acme");
        bench.Clock.Advance(TimeSpan.FromDays(3));
        bench.X.Post("acme broke", at: bench.Clock.GetUtcNow() - TimeSpan.FromDays(2));
        bench.X.Post("acme fell", at: bench.Clock.GetUtcNow() - TimeSpan.FromHours(3));

        await bench.ReadAsync(bench.Options with { Account = LocalX.AccountId }, () => bench.Texts.Contains("acme broke"), find: "acme");

        Assert.Contains(bench.X.Asked, asked => asked.StartsWith($"/2/users/{LocalX.AccountId}/mentions", StringComparison.Ordinal));
        Assert.Empty(bench.Gaps);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(700, false)]
    public async Task Of_more_mentions_than_X_shows_what_was_lost_is_in_the_ledger(int posted, bool lost)
    {
        await using var bench = await new XBench().StartedAsync();
        var options = bench.Options with { Account = LocalX.AccountId, Listen = null };
        await bench.ReadAsync(options, () => true);
        var stopped = bench.Clock.GetUtcNow();
        bench.Clock.Advance(TimeSpan.FromHours(24));
        for (var i = 0; i < posted; i++)
        {
            bench.X.Post($"@acme post{i}.", at: stopped.AddMinutes(i + 1));
        }
        for (var crash = 0; crash < 9; crash++)
        {
            await bench.ReadAsync(options, () => true);
        }
        await bench.ReadAsync(options, () => bench.Texts.Contains("@acme last"), (pause, _) =>
        {
            bench.Clock.Advance(pause);
            bench.X.Post("@acme last");
            return Task.CompletedTask;
        });

        Assert.Equal(Math.Min(posted, LocalX.MostMentions), bench.Texts.Distinct().Count(text => text != "@acme last"));
        Assert.Equal(lost ? 1 : 0, bench.Gaps.Count);
        Assert.All(bench.Gaps, gap =>
        {
            Assert.InRange(gap.From, stopped - TimeSpan.FromHours(1.1), stopped);
            Assert.InRange(gap.To, stopped.AddMinutes(201), stopped.AddMinutes(201.1));
            Assert.Equal((GapFate.Lost, "X shows the 800 newest mentions only"), (gap.Fate, gap.Cause));
        });
    }

    /// <summary>Floods, faults, hang-ups and crashes at any point: what X charged on each day is never more than the budget.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_no_day_costs_more_than_its_budget(int seed)
    {
        await using var bench = await new XBench().StartedAsync();
        var random = new Random(seed);
        var options = bench.Options with { Budget = random.Next(40, 300) / 100m, Account = random.Next(2) == 0 ? LocalX.AccountId : null, Authors = random.Next(2) == 0, Every = TimeSpan.FromMinutes(random.Next(1, 20)) };
        var (day, before) = (SpendPace.DayOf(bench.Clock.GetUtcNow()), 0L);
        var days = 0;
        for (var step = 0; step < 120; step++)
        {
            for (var i = random.Next(0, 40); i > 0; i--)
            {
                bench.X.Post($"acme {seed} {step} {i}", author: "author" + random.Next(5));
            }
            for (var i = random.Next(0, 3); i > 0; i--)
            {
                bench.X.Next.Enqueue(Trouble(random));
            }
            var batches = random.Next(1, 5);
            try
            {
                await bench.ReadAsync(options, () => --batches == 0, (pause, _) =>
                {
                    Check();
                    bench.Clock.Advance(pause);
                    return Task.CompletedTask;
                });
            }
            catch (ChannelException)
            {
                bench.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 600)));
            }
            Check();
        }
        Assert.True(days > 0 && bench.X.Charged > 0);

        void Check()
        {
            if (SpendPace.DayOf(bench.Clock.GetUtcNow()) is var today && today != day)
            {
                (day, before, days) = (today, bench.X.Charged, days + 1);
            }
            Assert.True(bench.X.Charged - before <= options.DayBudget, $"seed {seed}: {bench.X.Charged - before} of {options.DayBudget}");
        }
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate? Trouble(Random random) => random.Next(4) switch
    {
        0 => FeedAnswers.Status(503),
        1 => FeedAnswers.CutOff("{\"data\":[{\"id\":\"19"),
        2 => FeedAnswers.Text("garbage { ] >", "application/json"),
        _ => null,
    };
}
