using System.Text;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>Says of watches that match what was found and where.</summary>
internal sealed class Telling(IReadOnlyList<Watch> watches, Questions questions)
{
    private const int MostOfOnePattern = 100;

    public WatchMatch Of(int watch, in PostFacts facts, ref HitList hits)
    {
        var (found, fitted) = (new List<WatchHit>(), new List<string>());
        for (var at = questions.Ranges[watch]; at < questions.Ranges[watch + 1]; at++)
        {
            ref readonly var question = ref questions.All[at];
            if (question.Not)
            {
                continue;
            }
            if (question.What == Asks.Terms)
            {
                AddTerms(question, hits, found);
            }
            else if (question.What == Asks.Near)
            {
                AddNear(question.At, hits, found);
            }
            else if (question.What == Asks.Pattern)
            {
                AddPattern(questions.Patterns[question.At], ref hits, found);
            }
            else if (facts.Fits(questions.Facts[question.At]) == true)
            {
                fitted.Add(QueryText.Of(questions.Facts[question.At]));
            }
        }
        return new WatchMatch(watches[watch], [.. found.Distinct().OrderBy(hit => hit.Start).ThenBy(hit => hit.Length)]) { Fitted = [.. fitted.Distinct(StringComparer.Ordinal)] };
    }

    private void AddTerms(in Question question, in HitList hits, List<WatchHit> found)
    {
        var terms = questions.TermsOf(new TermRange(question.At, question.Count));
        foreach (ref readonly var term in hits.Terms)
        {
            if (terms.BinarySearch(term.Term) is >= 0 and var place)
            {
                AddPlaces(questions.Texts[question.At + place], term.First, hits, found);
            }
        }
    }

    private static void AddPlaces(string text, int first, in HitList hits, List<WatchHit> found)
    {
        var left = HitList.MostPlaces;
        for (var hit = first; hit != 0 && left-- > 0; hit = hits[hit].Next)
        {
            found.Add(Told(text, hits[hit], hits.Text));
        }
    }

    private void AddNear(int pair, in HitList hits, List<WatchHit> found)
    {
        foreach (var hit in new NearPlaces(questions, pair).AllIn(hits))
        {
            found.Add(Told(TextOf(questions.Pairs[pair], hits[hit].Term), hits[hit], hits.Text));
        }
    }

    private string TextOf(NearPair pair, int term)
    {
        var left = questions.TermsOf(pair.Left).BinarySearch(term);
        return questions.Texts[left >= 0 ? pair.Left.At + left : pair.Right.At + questions.TermsOf(pair.Right).BinarySearch(term)];
    }

    private static void AddPattern(CompiledPattern pattern, ref HitList hits, List<WatchHit> found)
    {
        var chars = hits.Chars;
        var (bytes, before, left) = (0, 0, MostOfOnePattern);
        foreach (var match in pattern.Regex.EnumerateMatches(chars))
        {
            bytes += Encoding.UTF8.GetByteCount(chars[before..match.Index]);
            before = match.Index;
            var length = Encoding.UTF8.GetByteCount(chars.Slice(match.Index, match.Length));
            if (length > 0 && bytes + length <= hits.Text.Length && left-- > 0)
            {
                found.Add(new WatchHit(pattern.Text, bytes, length));
            }
        }
    }

    /// <summary>A term with a sign covers the sign too.</summary>
    private static WatchHit Told(string term, in Hit hit, ReadOnlySpan<byte> text)
    {
        Rune.DecodeLastFromUtf8(text[..hit.Start], out var before, out var length);
        var sign = HasSign(term) && IsSign(before.Value) ? length : 0;
        return new WatchHit(term, hit.Start - sign, hit.End - hit.Start + sign);
    }

    /// <summary>Whether it asks for the sign as well: "#tag" or "@name".</summary>
    private static bool HasSign(string term)
    {
        var word = 0;
        while (word < term.Length && !char.IsLetterOrDigit(term[word]) && term[word] != '_')
        {
            word++;
        }
        return word is > 0 && word < term.Length && IsSign(term[word - 1]);
    }

    private static bool IsSign(int codePoint) => TokenReading.IsTagSign(codePoint) || TokenReading.IsAtSign(codePoint);
}
