using ListeningBot.Channels.Mastodon;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

public sealed class MastodonPaceTests
{
    [Fact]
    public async Task Sixty_pages_are_asked_for_at_once_and_fewer_than_a_server_allows_in_five_minutes()
    {
        var clock = new ManualClock();
        var pace = new MastodonPace(clock);
        var (atOnce, asked) = (0, 0);
        while (clock.GetUtcNow() < ManualClock.Start + TimeSpan.FromMinutes(5))
        {
            var turn = pace.TurnAsync(CancellationToken.None);
            if (turn.IsCompleted)
            {
                atOnce++;
            }
            else
            {
                clock.Advance(TimeSpan.FromSeconds(1.5));
            }
            await turn;
            asked++;
        }

        Assert.Equal(60, atOnce);
        Assert.InRange(asked, 240, 270);
    }

    [Fact]
    public async Task What_can_be_done_without_takes_of_the_same_turns_and_waits_for_none()
    {
        var clock = new ManualClock();
        var pace = new MastodonPace(clock);
        for (var i = 0; i < 30; i++)
        {
            Assert.True(pace.TurnAsync(CancellationToken.None).IsCompletedSuccessfully);
        }

        Assert.Equal(30, Enumerable.Range(0, 100).Count(_ => pace.TryTurn()));
        var turn = pace.TurnAsync(CancellationToken.None);
        Assert.False(turn.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1.5));
        await turn;
        Assert.False(pace.TryTurn());
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(pace.TryTurn());
    }
}
