using System.Text;
using ListeningBot.Core.Watching;
using Spectre.Console;

namespace ListeningBot.Cli;

/// <summary>Shows a text with what matched marked: in colour on a terminal, in [brackets] elsewhere.</summary>
internal static class ExplainVerbMarks
{
    public static void Write(VerbPaper paper, string text, IReadOnlyList<WatchHit> hits)
    {
        var pieces = Pieces(Encoding.UTF8.GetBytes(text), hits);
        if (paper.Terminal is { } terminal)
        {
            terminal.MarkupLine(string.Concat(pieces.Select(p => p.Marked ? $"[black on yellow]{Markup.Escape(p.Text)}[/]" : Markup.Escape(p.Text))));
            return;
        }
        paper.Write(string.Concat(pieces.Select(p => p.Marked ? $"[{p.Text}]" : p.Text)));
    }

    /// <summary>The text cut at its hits; hits that touch or overlap become one.</summary>
    public static List<(string Text, bool Marked)> Pieces(byte[] text, IReadOnlyList<WatchHit> hits)
    {
        var pieces = new List<(string, bool)>();
        var at = 0;
        foreach (var (start, end) in Merged(hits, text.Length))
        {
            Add(at, start, false);
            Add(start, end, true);
            at = end;
        }
        Add(at, text.Length, false);
        return pieces;

        void Add(int start, int end, bool marked)
        {
            if (end > start)
            {
                pieces.Add((CheckVerbSheet.Plain(Encoding.UTF8.GetString(text, start, end - start)), marked));
            }
        }
    }

    private static List<(int Start, int End)> Merged(IReadOnlyList<WatchHit> hits, int length)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var hit in hits.OrderBy(h => h.Start))
        {
            var end = Math.Min(hit.Start + hit.Length, length);
            if (merged.Count > 0 && hit.Start <= merged[^1].End)
            {
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, end));
                continue;
            }
            merged.Add((hit.Start, end));
        }
        return merged;
    }
}
