namespace ListeningBot.Core.Alerting.Charts;

/// <summary>A picture of plain rectangles and letters. What lies outside is cut.</summary>
internal sealed class Canvas
{
    private readonly int[] _pixels;

    public Canvas(int width, int height, int colour)
    {
        (Width, Height, _pixels) = (width, height, new int[width * height]);
        Array.Fill(_pixels, colour);
    }

    public int Width { get; }
    public int Height { get; }

    public void Fill(int left, int top, int width, int height, int colour)
    {
        for (var y = Math.Max(0, top); y < Math.Min(Height, top + height); y++)
        {
            var from = Math.Max(0, left);
            var count = Math.Min(Width, left + width) - from;
            if (count > 0)
            {
                _pixels.AsSpan(y * Width + from, count).Fill(colour);
            }
        }
    }

    public static int WidthOf(string text, int scale) => text.Length == 0 ? 0 : (text.Length * (Letters.Width + 1) - 1) * scale;

    public void Write(string text, int left, int top, int colour, int scale)
    {
        foreach (var letter in text)
        {
            var rows = Letters.Of(letter);
            for (var row = 0; row < rows.Length; row++)
            {
                for (var dot = 0; dot < Letters.Width; dot++)
                {
                    if ((rows[row] >> (Letters.Width - 1 - dot) & 1) == 1)
                    {
                        Fill(left + dot * scale, top + row * scale, scale, scale, colour);
                    }
                }
            }
            left += (Letters.Width + 1) * scale;
        }
    }

    public byte[] ToPng() => Png.Of(_pixels, Width);
}
