using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

public class SteadyTests
{
    [Fact]
    public void The_exponent_is_right_to_the_last_digits()
    {
        for (var x = -40.0; x <= 40; x += 0.0173)
        {
            Assert.InRange(Steady.Exp(x) / Math.Exp(x), 1 - 1e-13, 1 + 1e-13);
        }
        Assert.Equal(1, Steady.Exp(0));
    }

    [Fact]
    public void The_logarithm_is_right_to_the_last_digits()
    {
        for (var x = 1e-6; x < 1e9; x *= 1.0371)
        {
            Assert.InRange(Steady.Log2(x) - Math.Log2(x), -1e-12, 1e-12);
        }
        Assert.Equal(10, Steady.Log2(1024), 12);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.35)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_logit_is_the_logistic_the_other_way_round(double p) => Assert.Equal(p, Steady.Logistic(Steady.Logit(p)), 1e-12);

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    public void No_logit_is_too_far(double logit) => Assert.InRange(Steady.Logistic(logit), 0, 1);
}
