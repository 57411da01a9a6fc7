using System.Globalization;
using System.Text;

namespace ListeningBot.Net;

/// <summary>Builds text for people: white space folded, at most one empty line, nothing invisible. Stops at its limit.</summary>
internal sealed class PlainText(int maxChars)
{
    private readonly StringBuilder _text = new();
    private int _breaks;
    private bool _space;
    private bool _bullet;

    public int Length => _text.Length;
    public bool IsFull => _text.Length >= maxChars;

    /// <summary>Adds text of a page: any white space counts as one space.</summary>
    public void Add(ReadOnlySpan<char> text, bool asIs = false)
    {
        for (var i = 0; i < text.Length && !IsFull; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                AddSpace(c, asIs);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                AddPair(c, text[++i]);
            }
            else if (!IsInvisible(c))
            {
                AddSeen(char.IsSurrogate(c) ? '\uFFFD' : c);
            }
        }
    }

    /// <summary>What follows stands on a new line; two make an empty line.</summary>
    public void Break(int lines) => _breaks = _bullet ? _breaks : Math.Max(_breaks, lines);

    /// <summary>What follows is an item of a list, on this line.</summary>
    public void Bullet() => _bullet = true;
    public void NoBullet() => _bullet = false;

    /// <summary>One more line end, as br gives.</summary>
    public void NewLine() => _breaks = Math.Min(_breaks + 1, 2);

    public void Space() => _space = true;

    public override string ToString() => Range(0, _text.Length);

    /// <summary>The text between two lengths, without space around it.</summary>
    public string Range(int from, int to)
    {
        var end = Math.Min(to, Math.Min(_text.Length, maxChars));
        end -= end > from && char.IsHighSurrogate(_text[end - 1]) ? 1 : 0;
        return end <= from ? "" : _text.ToString(from, end - from).Trim();
    }

    private void AddSpace(char c, bool asIs)
    {
        if (asIs && c == '\n')
        {
            NewLine();
        }
        _space = true;
    }

    private void AddPair(char high, char low)
    {
        AddSeen(high);
        _text.Append(low);
    }

    private void AddSeen(char c)
    {
        if (_text.Length > 0)
        {
            if (_breaks > 0)
            {
                _text.Append('\n', _breaks);
            }
            else if (_space)
            {
                _text.Append(' ');
            }
        }
        _text.Append(_bullet ? "- " : "").Append(c);
        (_breaks, _space, _bullet) = (0, false, false);
    }

    /// <summary>Control characters, soft hyphens and fillers; not the joiners that scripts and emoji need.</summary>
    private bool IsInvisible(char c) => c switch
    {
        '\u00AD' or '\u034F' or '\u200B' or '\u2060' or '\uFEFF' => true,
        '\u200C' or '\u200D' => _space || _breaks > 0 || _text.Length == 0,
        _ => c < ' ' || char.GetUnicodeCategory(c) == UnicodeCategory.Control,
    };
}
