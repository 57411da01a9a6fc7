using System.Collections.Frozen;

namespace ListeningBot.Net;

/// <summary>What the elements of HTML mean for a reader of plain text.</summary>
internal static class HtmlTags
{
    /// <summary>Have no end tag.</summary>
    public static readonly FrozenSet<string> Void = Names("area base br col embed hr img input link meta param source track wbr");

    /// <summary>Never shown as text, or no part of what a person wrote.</summary>
    public static readonly FrozenSet<string> Unseen = Names(
        "script style head title template noscript noframes noembed iframe object applet canvas audio video svg math select datalist textarea map");

    /// <summary>Stand on lines of their own.</summary>
    public static readonly FrozenSet<string> Line = Names(
        "div li tr dt dd section article main header footer nav aside address fieldset form figcaption caption option center body html legend summary details hr thead tbody tfoot");

    /// <summary>Are set apart by an empty line.</summary>
    public static readonly FrozenSet<string> Paragraph = Names("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table figure");

    /// <summary>End by themselves where the next of them begins.</summary>
    public static readonly FrozenSet<string> EndsAtNext = Names("p li dt dd td th tr option");

    /// <summary>Parts of a page that are not its subject.</summary>
    public static readonly FrozenSet<string> Furniture = Names("nav aside footer form button dialog menu");

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
