using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring.Training;

public class CalibratorTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 1)]
    [InlineData(2, -1.5)]
    public void Slope_and_offset_are_found_again(double slope, double offset)
    {
        var random = new Random(3);
        var said = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() * 8 - 4).Select(logit => (logit, random.NextDouble() < Steady.Logistic(slope * logit + offset) ? 1.0 : 0)).ToList();
        var found = Calibrator.Of(said);
        Assert.InRange(found.Slope, slope - 0.1, slope + 0.1);
        Assert.InRange(found.Offset, offset - 0.1, offset + 0.1);
    }

    [Fact]
    public void Few_texts_move_little() => Assert.Equal(Calibration.None, Calibrator.Of([]));

    [Fact]
    public void Texts_that_are_told_apart_perfectly_give_no_infinite_slope() =>
        Assert.InRange(Calibrator.Of([.. Enumerable.Range(0, 500).Select(i => (i < 250 ? -50.0 : 50.0, i < 250 ? 0.0 : 1.0))]).Slope, 0.1f, 10f);

    [Fact]
    public void The_best_line_is_the_middle_of_the_best() => Assert.Equal(0.5f, Calibrator.Best(0, 1, line => line is > 0.39 and < 0.61 ? 1 : 0), 2);
}
