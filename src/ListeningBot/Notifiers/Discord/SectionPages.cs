using System.Text.RegularExpressions;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Sections as the descriptions of one message's embeds: each within its limit, all within the sum that Discord allows. What finds no room is named.</summary>
internal sealed partial class SectionPages(int most)
{
    private const int LongestLine = 400;
    private const int RoomForLastWord = 300;
    private readonly List<string> _pages = [];
    private readonly List<string> _leftOut = [];
    private int _used;

    /// <param name="most">Characters in all; Discord counts 6,000 over all embeds of a message.</param>
    public static IReadOnlyList<string> Of(string heading, IReadOnlyList<Section> sections, int most)
    {
        var pages = new SectionPages(most);
        pages.Add(heading);
        foreach (var section in sections.Where(section => section.Lines.Any(line => line.Trim().Length > 0)))
        {
            pages.AddSection(section);
        }
        return pages.Written();
    }

    /// <summary>Word for word, so that it can be copied: no escapes, which a code block would show; null when there is nothing to copy or it is too long.</summary>
    public static string? CodeBlock(Section section, int most)
    {
        var block = $"```\n{Escaping.Code(string.Join('\n', section.Lines))}\n```";
        return block.Length <= most ? block : null;
    }

    private void AddSection(Section section)
    {
        var title = $"**{Escaping.Line(section.Title, 60)}**";
        var room = Math.Min(Rendering.MostDescription, most - RoomForLastWord - _used) - title.Length - 8;
        if (_leftOut.Count > 0 || room < 40)
        {
            _leftOut.Add(section.Title);
        }
        else if (section.Look == SectionLook.Copy)
        {
            AddCopy(section, title, room);
        }
        else
        {
            AddLines(section, title, room);
        }
    }

    /// <summary>Half a draft is no draft: it is there as a whole or not at all.</summary>
    private void AddCopy(Section section, string title, int room)
    {
        if (CodeBlock(section, room) is { } block)
        {
            Add($"{title}\n{block}");
        }
        else
        {
            _leftOut.Add(section.Title);
        }
    }

    private void AddLines(Section section, string title, int room)
    {
        var lines = section.Lines.Select(line => section.Look == SectionLook.List ? "- " + Entry(line) : Escaping.Line(line, LongestLine)).Where(line => line is not ("" or "- ")).ToList();
        var kept = lines.TakeWhile(line => (room -= line.Length + 1) >= 0).ToList();
        if (kept.Count == 0)
        {
            _leftOut.Add(section.Title);
            return;
        }
        if (kept.Count < lines.Count)
        {
            _leftOut.Add($"{lines.Count - kept.Count} more of “{section.Title}”");
        }
        Add($"{title}\n{string.Join('\n', kept)}");
    }

    /// <summary>"profile: https://social.example/mia" is there to be opened; the link shows the host that it leads to. Any other address stays text.</summary>
    private static string Entry(string line) =>
        AddressOfOurs().Match(line) is { Success: true } match && WebLink.Of(match.Groups["address"].Value) is { } link
            ? $"{match.Groups["label"].Value} {link}{(Escaping.Line(match.Groups["rest"].Value, 60) is { Length: > 0 } rest ? " " + rest : "")}"
            : Escaping.Line(line, LongestLine);

    /// <summary>Only after a label of plain small letters, as we write them.</summary>
    [GeneratedRegex(@"^(?<label>[a-z ]{1,20}:) (?<address>https?://\S+)(?<rest>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressOfOurs();

    private void Add(string text)
    {
        _used += text.Length + 2;
        if (_pages.Count > 0 && _pages[^1].Length + text.Length + 2 <= Rendering.MostDescription)
        {
            _pages[^1] += "\n\n" + text;
        }
        else
        {
            _pages.Add(text);
        }
    }

    private List<string> Written()
    {
        if (_leftOut.Count > 0)
        {
            Add("-# Left out for want of room: " + Escaping.Line(string.Join(", ", _leftOut), 100));
        }
        return _pages;
    }
}
