namespace ListeningBot.Cli;

/// <summary>Whether two lists of figures rise together.</summary>
internal static class EvaluateVerbRanks
{
    /// <summary>Spearman's: -1..1, NaN where one of them never changes.</summary>
    public static double Correlation(double[] one, double[] other)
    {
        var (a, b) = (Ranks(one), Ranks(other));
        // the mean of ranks from 0 is the same with and without ties
        var mean = (a.Length - 1) / 2.0;
        double Together(double[] x, double[] y) => x.Zip(y, (i, j) => (i - mean) * (j - mean)).Sum();
        return Together(a, b) / Math.Sqrt(Together(a, a) * Together(b, b));
    }

    /// <summary>From 0; equal ones share the mean of their places.</summary>
    private static double[] Ranks(double[] values)
    {
        var places = values.Order().Index().GroupBy(one => one.Item, one => (double)one.Index).ToDictionary(same => same.Key, same => same.Average());
        return [.. values.Select(value => places[value])];
    }
}
