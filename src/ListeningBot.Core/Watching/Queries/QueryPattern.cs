using System.Text.RegularExpressions;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Regular expressions that any text is matched against in linear time.</summary>
public static class QueryPattern
{
    private const int Longest = 200;

    /// <summary>Steps when all that is repeated is written out; what is larger takes memory and time at each text.</summary>
    private const int Largest = 1000;

    /// <summary>The one that a <see cref="Query.Pattern"/> means. Throws <see cref="ArgumentException"/> for what no query that was read has.</summary>
    public static Regex Of(string regex) => new(regex, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    internal static Query? Read(string regex, QuerySpan at, QueryNotes notes)
    {
        if (ProblemOf(regex) is not { } problem)
        {
            return new Query.Pattern(regex);
        }
        notes.Problem(at, $"has {problem.What}", problem.Cure);
        return null;
    }

    private static (string What, string Cure)? ProblemOf(string regex)
    {
        var shown = $"the regular expression {Quoted.Of(regex)}";
        if (regex.Length > Longest)
        {
            return ($"a regular expression of {regex.Length} characters, more than {Longest}", "Shorten it, or make two of it with OR between.");
        }
        if (PatternSize.Of(regex) > Largest)
        {
            return ($"{shown}, which repeats too much", $"Take smaller numbers in {{ }}: all that is repeated may come to {Largest} characters.");
        }
        try
        {
            return Of(regex).IsMatch("") ? ($"{shown}, which fits every post", "Write something in it that must be there.") : null;
        }
        catch (NotSupportedException)
        {
            return ($"{shown}, which looks ahead, looks back or asks for the same again", "Leave out (?=, (?!, (?<=, (?<!, (?> and \\1: on some texts they take too long.");
        }
        catch (RegexParseException error)
        {
            return ($"{shown}, which can't be read at its character {error.Offset}", CureOf(error.Error));
        }
        catch (ArgumentException)
        {
            return ($"{shown}, which can't be read", "Try it in parts.");
        }
    }

    private static string CureOf(RegexParseError error) => error switch
    {
        RegexParseError.InsufficientClosingParentheses => "Close each ( with ), or write \\( for the sign itself.",
        RegexParseError.InsufficientOpeningParentheses => "Open each ) with (, or write \\) for the sign itself.",
        RegexParseError.UnterminatedBracket => "Close each [ with ], or write \\[ for the sign itself.",
        RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized => "Write what is repeated before each *, + and ?, or \\*, \\+ and \\? for the signs themselves.",
        RegexParseError.ReversedCharacterRange => "In [a-z] the earlier letter stands first.",
        RegexParseError.ReversedQuantifierRange => "In {2,5} the smaller number stands first.",
        RegexParseError.UnescapedEndingBackslash or RegexParseError.UnrecognizedEscape => "Write \\\\ for a backslash itself.",
        RegexParseError.UndefinedNumberedReference or RegexParseError.UndefinedNamedReference => "Leave out \\1 and its like: they take too long on some texts.",
        _ => "Look it up, or find the words without it.",
    };
}
