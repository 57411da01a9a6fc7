using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring.Training;

public class GainTests
{
    private static readonly bool[] s_truth = [true, true, true, true, false, false, false, false];

    [Fact]
    public void Against_itself_nothing_is_gained()
    {
        var trial = Said(0.9, 0.4, 0.8, 0.6, 0.1, 0.7, 0.3, 0.2);

        Assert.Equal((new Gain(0, 0), new Gain(0, 0), new Gain(0, 0)), (Gain.InLoss(trial, trial), Gain.InDecisions(trial, trial), Gain.InAuc(trial, trial)));
        Assert.False(Gain.InLoss(trial, trial).IsSure);
    }

    [Fact]
    public void The_gain_in_auc_is_the_difference_of_the_two()
    {
        var (before, after) = (Said(0.9, 0.4, 0.8, 0.6, 0.5, 0.7, 0.3, 0.2), Said(0.9, 0.4, 0.8, 0.75, 0.1, 0.7, 0.3, 0.2));

        // Of 16 pairs 13 were right, then 15.
        Assert.Equal(2 / 16.0, Gain.InAuc(before, after).Mean, 12);
        Assert.False(Gain.InAuc(before, after).IsSure);
        Assert.True(Gain.InAuc(Said(0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9), Said(0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1)).IsSure);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Three_texts_that_come_to_stand_on_the_right_side_are_no_chance(int mended, bool sure)
    {
        var before = Said(0.3, 0.3, 0.3, 0.3, 0.1, 0.1, 0.1, 0.1);
        var after = Said([.. Enumerable.Range(0, 8).Select(i => i < mended ? 0.6 : before.Complaints[i])]);

        Assert.Equal((mended / 8.0, sure), (Gain.InDecisions(before, after).Mean, Gain.InDecisions(before, after).IsSure));
        Assert.Equal(-mended / 8.0, Gain.InDecisions(after, before).Mean);
    }

    [Fact]
    public void Of_one_side_alone_no_auc_is_sure()
    {
        var trial = new Trial(new TeamFigures(1, 0, null, null), null, [0.1], [0.9], [true]);

        Assert.False(Gain.InAuc(trial, trial).IsSure);
        Assert.False(Gain.InLoss(trial, trial with { Losses = [0] }).IsSure);
    }

    private static Trial Said(params double[] complaints) => new(
        new TeamFigures(complaints.Length, 0, null, null), null, [.. complaints.Select((p, i) => -Math.Log(s_truth[i] ? p : 1 - p))], complaints, s_truth);
}
