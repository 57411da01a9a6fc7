using System.Globalization;

namespace ListeningBot.Benchmarks.Load;

/// <summary>How a measured thing was spread, as a line of a table.</summary>
internal static class Spread
{
    public static void Head(string what) => Console.WriteLine($"{what,-42} {"min",6} {"p50",6} {"p90",6} {"max",6}");

    public static void Print(string what, IEnumerable<double> figures, string format = "0")
    {
        double[] all = [.. figures.Order()];
        Console.WriteLine($"{what,-42} {Say(all[0]),6} {Say(At(all, 50)),6} {Say(At(all, 90)),6} {Say(all[^1]),6}");
        string Say(double figure) => figure.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>So many percent of them are no greater.</summary>
    public static T At<T>(IReadOnlyList<T> sorted, double percent) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100) - 1)];
}
