namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>What the harness says of itself.</summary>
public sealed class CrashTallyTests
{
    [Fact]
    public void A_step_that_never_came_is_a_fault_and_one_that_came_once_is_none()
    {
        var tally = new CrashTally(TextWriter.Null);
        tally.Killed(CrashStep.CursorMoved, reached: false);
        tally.Killed(CrashStep.CursorMoved, reached: true);
        tally.Killed(CrashStep.AuthorAskedFor, reached: false);
        tally.Killed(CrashStep.AuthorAskedFor, reached: false);

        tally.NeverReached([CrashStep.CursorMoved, CrashStep.AuthorAskedFor, CrashStep.AuthorAskedFor]);

        Assert.Equal(["\"author asked for\" was never reached in 2 kills"], tally.Faults);
    }
}
