using ListeningBot.Hosting;

namespace ListeningBot.Tests.Hosting;

public sealed class IdleMemoryTests
{
    private const long Little = IdleMemory.Slack.Little;
    private const long Much = IdleMemory.Slack.Much;

    [Fact]
    public void Memory_is_given_back_once_after_a_busy_time_and_not_in_it()
    {
        var slack = new IdleMemory.Slack();

        Assert.Equal([false, false, true, false, false, false, true], Looks(slack, Much, 2 * Much, (2 * Much) + 1, (2 * Much) + 2, (2 * Much) + Little, (3 * Much) + Little, (3 * Much) + Little));
    }

    [Fact]
    public void What_little_a_quiet_program_asks_for_is_given_back_only_when_it_has_come_to_much()
    {
        var looks = Looks(new IdleMemory.Slack(), [.. Enumerable.Range(1, 100).Select(look => look * (Much / 32))]);

        Assert.Equal([31, 63, 95], looks.Index().Where(look => look.Item).Select(look => look.Index));
    }

    private static IEnumerable<bool> Looks(IdleMemory.Slack slack, params long[] allocated) => [.. allocated.Select(slack.IsWorthGivingBack)];
}
