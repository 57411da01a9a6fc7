using System.Text.RegularExpressions;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

internal enum Asks : byte
{
    /// <summary>Is one of these terms there?</summary>
    Terms,
    Near,
    Pattern,

    /// <summary>What only the post itself tells, or its score.</summary>
    Fact,
}

/// <summary>
/// One question of a compiled query. Each answer leads to the next question, or to the end; those further on stand before it in the list, so that
/// answering needs no stack, however deep the query was.
/// </summary>
/// <param name="Not">The answer is turned round. What can't be told is yes either way.</param>
/// <param name="At">Its place among the terms, pairs, patterns or facts of <see cref="Questions"/>.</param>
/// <param name="Count">Of terms.</param>
/// <param name="Yes">The next question after a yes, or an end.</param>
internal readonly record struct Question(Asks What, bool Not, int At, int Count, int Yes, int No)
{
    public const int True = -1;
    public const int False = -2;
}

/// <summary>A few terms of <see cref="Questions.Terms"/>.</summary>
internal readonly record struct TermRange(int At, int Count);

/// <summary>Two ranges of terms, with at most so many words between them.</summary>
internal readonly record struct NearPair(TermRange Left, TermRange Right, int Words);

/// <param name="Text">As the manager wrote it.</param>
internal sealed record CompiledPattern(Regex Regex, string Text);

/// <summary>The questions of all watches.</summary>
/// <param name="First">The question that each watch begins with, or an end.</param>
/// <param name="Ranges">Where the questions of each watch stand; one entry more than there are watches.</param>
/// <param name="Terms">Nodes of the <see cref="TermTree"/>; each range in rising order.</param>
/// <param name="Texts">The terms as the manager wrote them.</param>
internal sealed record Questions(
    Question[] All,
    int[] First,
    int[] Ranges,
    int[] Terms,
    string[] Texts,
    NearPair[] Pairs,
    CompiledPattern[] Patterns,
    Query[] Facts)
{
    /// <summary>Found, and the watch matches whatever else the text says.</summary>
    public bool IsDecidedByOneTerm(int watch) =>
        First[watch] >= 0 && All[First[watch]] is { What: Asks.Terms, Not: false, Yes: Question.True, No: Question.False };

    public ReadOnlySpan<int> TermsOf(TermRange range) => Terms.AsSpan(range.At, range.Count);
}
