namespace ListeningBot.Core.Scoring;

/// <summary>
/// Exponent and logarithm from sums and products alone: those of the system's library differ in the last bit from machine to machine,
/// and the same text must give the same figures, and the same corpus the same model, everywhere.
/// </summary>
internal static class Steady
{
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896340736;
    private const double Farthest = 700;

    /// <summary>e to the x; relative error below 1e-14. What lies beyond 700 either way is taken as 700.</summary>
    public static double Exp(double x)
    {
        x = Math.Clamp(x, -Farthest, Farthest);
        var k = Math.Floor(x * Log2E + 0.5);
        var r = x - k * Ln2High - k * Ln2Low;
        var sum = 1.0;
        for (var i = 13; i > 0; i--)
        {
            sum = 1 + r / i * sum;
        }
        return sum * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
    }

    /// <summary>For x &gt; 0 and finite; relative error below 1e-14.</summary>
    public static double Log2(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 1023L << 52);
        if (m > 1.41421356237309504880)
        {
            m /= 2;
            exponent++;
        }
        var z = (m - 1) / (m + 1);
        var square = z * z;
        var sum = 0.0;
        for (var i = 19; i > 0; i -= 2)
        {
            sum = sum * square + 1.0 / i;
        }
        return exponent + 2 * z * sum * Log2E;
    }

    public static double Logistic(double logit) => 1 / (1 + Exp(-logit));

    /// <summary>The other way round, for 0 &lt; p &lt; 1.</summary>
    public static double Logit(double p) => Log2(p / (1 - p)) / Log2E;
}
