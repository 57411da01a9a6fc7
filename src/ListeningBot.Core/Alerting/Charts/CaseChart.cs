using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Alerting.Charts;

/// <summary>How many cases came at one time of a chart.</summary>
/// <param name="Label">Below the bar, at most five letters; empty for none.</param>
public sealed record ChartBar(string Label, int Critical, int High, int Others)
{
    public int Total => Critical + High + Others;
}

/// <summary>
/// Cases over time as stacked bars: critical at the bottom, then high, then the others. It is read on a phone of 360 points as well as on a wide screen, on a
/// light ground so that it looks the same in each theme; the three colours differ in lightness too, for those who see no red.
/// </summary>
internal static class CaseChart
{
    private const int Width = 720;
    private const int Height = 320;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 56;
    private const int Bottom = 40;
    private const int Ground = 0xFAFAFA;
    private const int Ink = 0x2B2D31;
    private const int Line = 0xD5D7DB;
    private const int Red = 0xB3261E;
    private const int Orange = 0xF0883E;
    private const int Blue = 0x9DB7EE;

    public static byte[] Draw(IReadOnlyList<ChartBar> bars)
    {
        var canvas = new Canvas(Width, Height, Ground);
        var most = RoundUp(bars.Select(bar => bar.Total).DefaultIfEmpty(0).Max());
        Legend(canvas);
        Scale(canvas, most);
        Bars(canvas, bars, most);
        return canvas.ToPng();
    }

    /// <summary>In words, for those who can't see it.</summary>
    public static string InWords(IReadOnlyList<ChartBar> bars)
    {
        var busiest = bars.MaxBy(bar => bar.Total);
        return busiest is not { Total: > 0 }
            ? "No cases came."
            : $"{bars.Sum(bar => bar.Total)} cases, {bars.Sum(bar => bar.Critical)} critical and {bars.Sum(bar => bar.High)} high; most of them ({busiest.Total}) at {NameOf(bars, busiest)}.";
    }

    /// <summary>A bar without a label of its own is named after the last one before it.</summary>
    private static string NameOf(IReadOnlyList<ChartBar> bars, ChartBar bar)
    {
        var at = bars.ToList().IndexOf(bar);
        var named = at;
        while (named > 0 && bars[named].Label.Length == 0)
        {
            named--;
        }
        return named == at ? bar.Label : $"{bars[named].Label} +{at - named}";
    }

    private static void Legend(Canvas canvas)
    {
        var left = Left;
        foreach (var (name, colour) in new[] { ("CRITICAL", Red), ("HIGH", Orange), ("OTHERS", Blue) })
        {
            canvas.Fill(left, 18, 16, 16, colour);
            canvas.Write(name, left + 24, 19, Ink, 2);
            left += 24 + Canvas.WidthOf(name, 2) + 32;
        }
    }

    private static void Scale(Canvas canvas, int most)
    {
        var steps = most % 4 == 0 ? 4 : most % 5 == 0 ? 5 : most % 3 == 0 ? 3 : most % 2 == 0 ? 2 : 1;
        for (var step = 0; step <= steps; step++)
        {
            var y = Height - Bottom - (Height - Top - Bottom) * step / steps;
            canvas.Fill(Left, y, Width - Left - Right, 1, Line);
            var number = $"{most / steps * step}";
            canvas.Write(number, Left - 10 - Canvas.WidthOf(number, 2), y - Letters.Height, Ink, 2);
        }
    }

    private static void Bars(Canvas canvas, IReadOnlyList<ChartBar> bars, int most)
    {
        var room = Width - Left - Right;
        for (var i = 0; i < bars.Count; i++)
        {
            var left = Left + room * i / bars.Count;
            var width = Left + room * (i + 1) / bars.Count - left;
            var gap = Math.Max(2, width / 6);
            var y = Height - Bottom;
            foreach (var (count, colour) in new[] { (bars[i].Critical, Red), (bars[i].High, Orange), (bars[i].Others, Blue) })
            {
                // One case is never too small to be seen.
                var height = count == 0 ? 0 : Math.Max(2, (Height - Top - Bottom) * count / most);
                y -= height;
                canvas.Fill(left + gap, y, width - 2 * gap, height, colour);
            }
            canvas.Write(bars[i].Label, left + (width - Canvas.WidthOf(bars[i].Label, 2)) / 2, Height - Bottom + 12, Ink, 2);
        }
    }

    /// <summary>The next number that reads well on a scale: 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80...</summary>
    private static int RoundUp(int number)
    {
        for (var tens = 1; ; tens *= 10)
        {
            foreach (var step in new[] { 1, 2, 3, 4, 5, 6, 8 })
            {
                if (step * tens >= number)
                {
                    return step * tens;
                }
                if (tens >= 10 && step is 1 or 2 && (step * tens + tens / 2) is var half && half >= number)
                {
                    return half;
                }
            }
        }
    }
}
