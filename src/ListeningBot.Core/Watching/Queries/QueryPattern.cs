using System.Text.RegularExpressions;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Regular expressions that any text is matched against in linear time.</summary>
public static class QueryPattern
{
    private const int Longest = 200;

    /// <summary>The one that a <see cref="Query.Pattern"/> means. Throws for what no query that was read has.</summary>
    public static Regex Of(string regex) => new(regex, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    internal static Query? Read(string regex, QuerySpan at, QueryNotes notes)
    {
        var (what, cure) = ProblemOf(regex);
        if (what is null)
        {
            return new Query.Pattern(regex) { At = at };
        }
        notes.Problem(at, what, cure);
        return null;
    }

    private static (string? What, string Cure) ProblemOf(string regex)
    {
        if (regex.Length > Longest)
        {
            return ($"has a regular expression of {regex.Length} characters, more than {Longest}", "Shorten it, or make two of it with OR between.");
        }
        try
        {
            return Of(regex).IsMatch("") ? ($"has the regular expression {Quoted.Of(regex)}, which fits every post", "Write something that must be there.") : (null, "");
        }
        catch (NotSupportedException)
        {
            return ($"has the regular expression {Quoted.Of(regex)}, which looks ahead or back", "Leave out (?=...), (?<=...), (?!...) and \\1: they take too long on some texts.");
        }
        catch (ArgumentException error)
        {
            return ($"has the regular expression {Quoted.Of(regex)}, which can't be read", $"{error.Message}");
        }
    }
}
