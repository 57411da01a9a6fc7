#pragma warning disable MA0023 // the groups are read by number
using System.Text;
using System.Text.RegularExpressions;

namespace ListeningBot.Tests.Support;

/// <summary>A piece of a message as a reader sees it.</summary>
/// <param name="Kind">"text", "bold", "italic", "underline", "strike", "spoiler", "code", "block", "quote", "heading", "small", "item", "link", "address", "mention", "emoji", "time", "command", "break".</param>
/// <param name="Text">Of text, code, emoji and time: what is shown. Of links: where they lead.</param>
public sealed record MarkdownNode(string Kind, string Text, IReadOnlyList<MarkdownNode> Inside)
{
    /// <summary>What a reader reads.</summary>
    public string Words => Kind is "text" or "code" or "block" or "address" or "emoji" ? Text : Kind == "break" ? "\n" : string.Concat(Inside.Select(node => node.Words));

    /// <summary>Everything but the words: "quote(text) break bold(text)".</summary>
    public string Shape => Kind == "text" || Inside.Count == 0 ? Kind : $"{Kind}({DiscordMarkdown.ShapeOf(Inside)})";
}

/// <summary>
/// A small model of how Discord reads a message, written from its "Message Formatting" reference and its help pages on markdown:
/// good enough to prove that a text has no format, and to draw a message.
/// </summary>
public static partial class DiscordMarkdown
{
    private static readonly (Regex Rule, Func<Match, MarkdownNode> Make)[] Rules =
    [
        (Escape(), m => Leaf("text", m.Groups[1].Value)),
        (Block(), m => Leaf("block", m.Groups[1].Value)),
        (AngleAddress(), m => Leaf("address", m.Groups[1].Value)),
        (BareAddress(), m => Leaf("address", m.Value)),
        (Mention(), m => Leaf("mention", m.Value)),
        (Everyone(), m => Leaf("mention", m.Value)),
        (Command(), m => Leaf("command", m.Value)),
        (Time(), m => Leaf("time", m.Groups[1].Value)),
        (CustomEmoji(), m => Leaf("emoji", m.Value)),
        (NamedEmoji(), m => Leaf("emoji", m.Value)),
        (MaskedLink(), m => new MarkdownNode("link", m.Groups[2].Value, Inline(m.Groups[1].Value))),
        (Bold(), m => Nest("bold", m)),
        (Underline(), m => Nest("underline", m)),
        (ItalicStar(), m => Nest("italic", m)),
        (ItalicLine(), m => Nest("italic", m)),
        (Strike(), m => Nest("strike", m)),
        (Spoiler(), m => Nest("spoiler", m)),
        (Code(), m => Leaf("code", m.Groups[2].Value)),
    ];

    /// <summary>Each rule begins with one of these; of the letters, addresses do.</summary>
    private const string Beginnings = "\\`<@:[!*_~|hds";

    public static IReadOnlyList<MarkdownNode> Read(string text)
    {
        var nodes = new List<MarkdownNode>();
        if (Fence().Match(text) is { Success: true } fence)
        {
            return [.. Read(text[..fence.Index]), Leaf("block", fence.Groups[1].Value), .. Read(text[(fence.Index + fence.Length)..])];
        }
        foreach (var line in text.Split('\n'))
        {
            if (nodes.Count > 0)
            {
                nodes.Add(Leaf("break", "\n"));
            }
            nodes.AddRange(Line(line));
        }
        return nodes;
    }

    public static string ShapeOf(IEnumerable<MarkdownNode> nodes)
    {
        var shapes = new List<string>();
        foreach (var shape in nodes.Select(node => node.Shape))
        {
            if (shape != "text" || shapes.Count == 0 || shapes[^1] != "text")
            {
                shapes.Add(shape);
            }
        }
        return string.Join(' ', shapes);
    }

    public static string WordsOf(IEnumerable<MarkdownNode> nodes) => string.Concat(nodes.Select(node => node.Words));

    private static IReadOnlyList<MarkdownNode> Line(string line)
    {
        foreach (var (rule, kind) in ((Regex, string)[])[(Quote(), "quote"), (Heading(), "heading"), (Small(), "small"), (Item(), "item")])
        {
            if (rule.Match(line) is { Success: true } match)
            {
                return [new MarkdownNode(kind, match.Groups[1].Value, Line(match.Groups[2].Value))];
            }
        }
        return Inline(line);
    }

    private static List<MarkdownNode> Inline(string text)
    {
        var nodes = new List<MarkdownNode>();
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (!Beginnings.Contains(text[at]))
            {
                plain.Append(text[at++]);
                continue;
            }
            var (make, match) = Rules.Select(rule => (rule.Make, Match: rule.Rule.Match(text, at))).FirstOrDefault(found => found.Match.Success && found.Match.Index == at && found.Match.Length > 0);
            if (make is null)
            {
                plain.Append(text[at++]);
                continue;
            }
            var node = make(match);
            at += match.Length;
            if (node.Kind == "text")
            {
                plain.Append(node.Text);
                continue;
            }
            Flush(nodes, plain);
            nodes.Add(node);
        }
        Flush(nodes, plain);
        return nodes;
    }

    private static void Flush(List<MarkdownNode> nodes, StringBuilder plain)
    {
        if (plain.Length > 0)
        {
            nodes.Add(Leaf("text", plain.ToString()));
            plain.Clear();
        }
    }

    private static MarkdownNode Leaf(string kind, string text) => new(kind, text, []);

    private static MarkdownNode Nest(string kind, Match match) => new(kind, "", Inline(match.Groups[1].Value));

    [GeneratedRegex(@"\G\\([^0-9A-Za-z\s])", RegexOptions.Singleline)]
    private static partial Regex Escape();

    /// <summary>A word alone on the first line names a language; blank lines at both ends are not shown.</summary>
    [GeneratedRegex(@"(?<!\\)```(?:[a-zA-Z0-9_+\-.#]+?\n)?\n*([^\n].*?)\n*```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\G```(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\G<((?:https?|discord|mailto|tel|sms):[^\s>]+)>")]
    private static partial Regex AngleAddress();

    [GeneratedRegex(@"\G(?:https?|discord|steam)://[^\s<]+[^<.,:;""'\]\s]")]
    private static partial Regex BareAddress();

    [GeneratedRegex(@"\G(?:<@[!&]?\d+>|<#\d+>|<id:[a-z-]+(?::\d+)?>)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\G@(?:everyone|here)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Everyone();

    [GeneratedRegex(@"\G</[^:>\n]+:\d+>")]
    private static partial Regex Command();

    [GeneratedRegex(@"\G<t:(-?\d+(?::[a-zA-Z])?)>")]
    private static partial Regex Time();

    [GeneratedRegex(@"\G<a?:\w+:\d+>")]
    private static partial Regex CustomEmoji();

    [GeneratedRegex(@"\G:[^\s:]+?(?:::skin-tone-\d)?:")]
    private static partial Regex NamedEmoji();

    [GeneratedRegex(@"\G!?\[((?:\\.|\[[^\]]*\]|[^\[\]\\])*)\]\(\s*<?((?:[^\s\\()]|\\.|\([^\s()]*\))*?)>?(?:\s+['""].*?['""])?\s*\)", RegexOptions.Singleline)]
    private static partial Regex MaskedLink();

    [GeneratedRegex(@"\G\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", RegexOptions.Singleline)]
    private static partial Regex Bold();

    [GeneratedRegex(@"\G__((?:\\.|[^\\])+?)__(?!_)", RegexOptions.Singleline)]
    private static partial Regex Underline();

    [GeneratedRegex(@"\G\*(?=\S)((?:\\.|\*\*|[^*\\])+?)\*(?!\*)", RegexOptions.Singleline)]
    private static partial Regex ItalicStar();

    [GeneratedRegex(@"\G_((?:\\.|__|[^_\\])+?)_(?!\w)", RegexOptions.Singleline)]
    private static partial Regex ItalicLine();

    [GeneratedRegex(@"\G~~((?:\\.|[^\\])+?)~~(?!_)", RegexOptions.Singleline)]
    private static partial Regex Strike();

    [GeneratedRegex(@"\G\|\|((?:\\.|[^\\])+?)\|\|", RegexOptions.Singleline)]
    private static partial Regex Spoiler();

    [GeneratedRegex(@"\G(`+)([^`]|[^`].*?[^`])\1(?!`)", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^[\s\u2066-\u2069]*(>>>|>)\s(.*)$", RegexOptions.Singleline)]
    private static partial Regex Quote();

    [GeneratedRegex(@"^[\s\u2066-\u2069]*(#{1,3})\s+(.+)$", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[\s\u2066-\u2069]*(-#)\s+(.+)$", RegexOptions.Singleline)]
    private static partial Regex Small();

    [GeneratedRegex(@"^[\s\u2066-\u2069]*([-*+]|\d+\.)\s+(.+)$", RegexOptions.Singleline)]
    private static partial Regex Item();
}
