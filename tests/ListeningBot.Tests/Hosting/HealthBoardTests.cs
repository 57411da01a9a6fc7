using ListeningBot.Hosting;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Hosting;

public sealed class HealthBoardTests
{
    private const string Part = "channel inbox";
    private readonly HealthBoard _board = new(new ManualClock());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_that_was_well_fails_when_nothing_is_heard(bool isStarting)
    {
        if (isStarting)
        {
            _board.Starting(Part);
        }
        else
        {
            _board.Heard(Part, 1, 0);
        }

        _board.Unheard(Part, "silence");

        Assert.Equal((Condition.Failing, 1, "silence"), (_board.Of(Part)!.Condition, _board.Of(Part)!.Failures, _board.Of(Part)!.Why));
    }

    [Fact]
    public void A_part_that_fails_or_is_finished_stays_as_it_is()
    {
        _board.Failing(Part, "before");
        _board.Finished("channel file");
        var before = _board.Parts;

        _board.Unheard(Part, "silence");
        _board.Unheard("channel file", "silence");

        Assert.Equal(before, _board.Parts);
    }

    [Fact]
    public void A_part_that_is_gone_or_was_never_there_does_not_come_back()
    {
        _board.Heard(Part, 1, 0);
        _board.Removed(Part);

        _board.Unheard(Part, "silence");
        _board.Unheard("channel nobody", "silence");

        Assert.Empty(_board.Parts);
    }
}
