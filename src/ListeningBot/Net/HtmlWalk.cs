using System.Collections.Frozen;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace ListeningBot.Net;

internal enum HtmlPart
{
    Text,
    Open,
    Close,
}

/// <summary>
/// Walks through HTML token by token and leaves out what nobody sees. No tree is built, so neither depth nor broken nesting
/// costs more than its length.
/// </summary>
/// <param name="skip">Elements to leave out besides the unseen ones.</param>
/// <param name="seeHead">Also walk through the head of a page.</param>
internal sealed class HtmlWalk(string html, FrozenSet<string>? skip = null, bool seeHead = false) : IDisposable
{
    /// <summary>What lies behind is not read.</summary>
    private const int Longest = 4 * 1024 * 1024;

    private readonly HtmlTokenizer _tokens = new(new TextSource(html.Length > Longest ? html[..Longest] : html), HtmlEntityProvider.Resolver) { SkipComments = true };
    private readonly HiddenPart _hidden = new();
    private readonly SmallPart _small = new();
    private HtmlTagToken? _tag;

    public HtmlPart Part { get; private set; }

    /// <summary>Of the element, in lower case.</summary>
    public string Name { get; private set; } = "";
    public string Text { get; private set; } = "";

    public string Attribute(string name) => _tag?.GetAttribute(name) ?? "";

    /// <summary>Moves to the next part that is seen; false at the end.</summary>
    public bool Next()
    {
        for (var token = _tokens.Get(); token.Type != HtmlTokenType.EndOfFile; token = _tokens.Get())
        {
            if (Take(token))
            {
                return true;
            }
        }
        return false;
    }

    public void Dispose() => _tokens.Dispose();

    private bool Take(HtmlToken token)
    {
        switch (token.Type)
        {
            case HtmlTokenType.Character:
                (Part, Text, _tag) = (HtmlPart.Text, token.Data, null);
                return !_hidden.Inside && !_small.Inside;
            case HtmlTokenType.StartTag:
                (Part, Name, _tag) = (HtmlPart.Open, token.Name, token.AsTag());
                _tokens.State = ModeOf(Name);
                return Opens();
            case HtmlTokenType.EndTag:
                (Part, Name, _tag) = (HtmlPart.Close, token.Name, null);
                return Closes();
            default:
                return false;
        }
    }

    private bool Opens()
    {
        var style = _tag!.Attributes.Count > 0 && Name is not ("html" or "body") ? HtmlStyle.Of(Attribute("style"), _tag.Attributes.Exists(a => a.Name == "hidden")) : default;
        if (_hidden.Opens(Name, style.IsGone || IsHidden()))
        {
            return false;
        }
        _small.Opens(Name, Name == "font" && Attribute("size").Length > 0 ? false : style.IsSmall);
        return true;
    }

    private bool Closes()
    {
        if (_hidden.Closes(Name))
        {
            return false;
        }
        _small.Closes(Name);
        return true;
    }

    private bool IsHidden() =>
        (HtmlTags.Unseen.Contains(Name) && !(seeHead && Name == "head"))
        || skip?.Contains(Name) == true;

    private static HtmlParseMode ModeOf(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => HtmlParseMode.PCData,
    };
}

/// <summary>Follows a part that is left out to its end, as well as a stream of tags can tell.</summary>
internal sealed class HiddenPart
{
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private string? _name;

    public bool Inside => _name is not null;

    /// <summary>Takes a start tag; true when it is left out.</summary>
    public bool Opens(string name, bool hides)
    {
        if (_name == name && HtmlTags.EndsAtNext.Contains(name))
        {
            _name = null;
        }
        if (_name is null && hides && !HtmlTags.Void.Contains(name))
        {
            _name = name;
            _open.Clear();
        }
        if (_name is null)
        {
            return hides;
        }
        if (!HtmlTags.Void.Contains(name))
        {
            _open[name] = _open.GetValueOrDefault(name) + 1;
        }
        return true;
    }

    /// <summary>Takes an end tag; true when it is left out. The end of an element that was open before ends the hidden one too.</summary>
    public bool Closes(string name)
    {
        if (_name is null)
        {
            return false;
        }
        var open = _open.GetValueOrDefault(name) - 1;
        if (open < 0)
        {
            _name = null;
            return false;
        }
        _open[name] = open;
        if (open == 0 && name == _name)
        {
            _name = null;
        }
        return true;
    }
}

/// <summary>
/// Follows text of the size 0: it is seen again within an element that sets a size of its own. So tables are built to leave no gaps between
/// their cells. Knows all elements that are open within the outermost such part, and nothing outside of it.
/// </summary>
internal sealed class SmallPart
{
    private readonly Stack<(string Name, bool IsSmall)> _open = new();
    private readonly Dictionary<string, int> _count = new(StringComparer.Ordinal);

    public bool Inside => _open.TryPeek(out var last) && last.IsSmall;

    /// <param name="isSmall">Null where the element sets no size.</param>
    public void Opens(string name, bool? isSmall)
    {
        if (_open.TryPeek(out var last) && ((last.Name == name && HtmlTags.EndsAtNext.Contains(name)) || (name == "p" && _count.GetValueOrDefault(name) > 0)))
        {
            Closes(name);
        }
        if ((_open.Count > 0 || isSmall == true) && !HtmlTags.Void.Contains(name))
        {
            _open.Push((name, isSmall ?? Inside));
            _count[name] = _count.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>The end of an element that was open before ends all that is open here.</summary>
    public void Closes(string name)
    {
        var isOpen = _count.GetValueOrDefault(name) > 0;
        while (_open.TryPop(out var last))
        {
            _count[last.Name]--;
            if (isOpen && last.Name == name)
            {
                return;
            }
        }
    }
}
