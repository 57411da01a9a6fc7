using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Reads words and phrases. What can't be one is told, and gives null.</summary>
/// <param name="at">Where all of it stands.</param>
internal sealed class QueryWords(QuerySpan at, QueryNotes notes)
{
    private const int LettersBeforeStar = 2;

    /// <summary>In one phrase: a hashtag fits each both as a whole and in pieces, so that every further one doubles the ways to read some texts.</summary>
    private const int MostStars = 5;

    /// <param name="written">Without quotes.</param>
    public Query? Read(string written)
    {
        var text = written.Trim();
        if (text.Length == 0)
        {
            return Told<Query>("", "has nothing between its quotes", "Write a word there, or take the quotes away.");
        }
        if (text.Length > WatchTerms.MaxLength)
        {
            return Told<Query>("", $"has {text.Length} characters in one phrase, more than {WatchTerms.MaxLength}", "Shorten it to the words that tell it.");
        }
        var told = notes.Count;
        var words = text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(Word).OfType<TermWord>().Where(word => CanBeFound(word.Text)).ToList();
        return notes.Count > told ? null
            : words.Count(word => word.Form == WordForm.Begins) is > MostStars and var stars ? Told<Query>("", $"has {stars} words with * in one phrase, more than {MostStars}", "Leave the * out where it is not needed.")
            : words.Count > 0 ? new Query.Term(words, text) { At = at }
            : text.All(c => char.IsWhiteSpace(c) || QuerySigns.IsUnseen(c)) ? Told<Query>("", "has only invisible characters", "Take them away.")
            : Told<Query>("", $"has {Quoted.Of(text)}, which is punctuation only and can't be found", text is "#" or "@" or "$" ? $"Write it directly before a word, as in {text}{(text == "$" ? "brand" : "nimbus")}, or take it away." : "Use a word or an emoji.");
    }

    private TermWord? Word(string word)
    {
        var plain = QuerySigns.Plain(word);
        if (plain is ['~', ..])
        {
            return Inflected(word, plain[1..]);
        }
        if (plain.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is [.. var before, '~'] && before.Length > 0 && char.IsLetter(before[^1]))
        {
            return Told<TermWord>(word, $"has a ~ after a word in {Quoted.Of(word)}", $"For its forms write ~{before}.");
        }
        return plain.Contains('*', StringComparison.Ordinal) ? Beginning(word, plain) : new TermWord(word);
    }

    private TermWord? Beginning(string word, string plain)
    {
        var star = word.AsSpan().IndexOfAny("*＊");
        var (stem, rest) = (word[..star], QuerySigns.Plain(word[(star + 1)..]));
        var shown = QuerySigns.Plain(stem);
        return (stem, rest) switch
        {
            _ when plain.Trim('*').Length == 0 => Told<TermWord>(word, "has a * that stands alone", "Write it at the end of a word: refund*."),
            _ when plain is ['*', ..] => Told<TermWord>(word, $"has a * before a word in {Quoted.Of(word)}", "A * stands at the end of a word only: name each word that you mean, with OR between."),
            _ when rest.Any(char.IsLetterOrDigit) => Told<TermWord>(word, $"has a * inside a word in {Quoted.Of(word)}", $"A * stands at the end of a word only: {(EndsWithLetters(shown) ? $"write {shown}*, or " : "")}name each word that you mean, with OR between."),
            _ when rest.Contains('*', StringComparison.Ordinal) => Told<TermWord>(word, $"has more than one * in {Quoted.Of(word)}", $"Write one: {shown}*."),
            _ when !EndsWithLetters(stem) => Told<TermWord>(word, $"has a * after fewer than two letters in {Quoted.Of(word)}", $"Write at least two letters directly before it, as in refund*, or take it away: punctuation is of no account."),
            _ => new TermWord(stem, WordForm.Begins),
        };
    }

    private TermWord? Inflected(string word, string plain) => plain switch
    {
        _ when plain.Contains('*', StringComparison.Ordinal) => Told<TermWord>(word, $"has both ~ and * in {Quoted.Of(word)}", $"Write {word.TrimEnd('*', '＊')} for its forms, or {plain} for all words that begin so."),
        ['#' or '@', ..] => Told<TermWord>(word, $"has a ~ before a sign in {Quoted.Of(word)}", $"Write {plain} as it is, or ~{plain[1..]} for the forms of the word."),
        [var first, ..] when char.IsLetter(first) || char.IsSurrogate(first) => Tokens(plain) == 1 || EndsUnspaced(plain)
            ? new TermWord(word[(word.AsSpan().IndexOfAny("~～") + 1)..], WordForm.Inflected)
            : Told<TermWord>(word, $"has a ~ before more than one word in {Quoted.Of(word)}", "Write them apart, each with its own: \"~order ~cancel\"."),
        _ => Told<TermWord>(word, "has a ~ that is not before a word", "Write it directly before a word, as in ~refund, or take it away."),
    };

    /// <summary>Whether enough letters stand before a star; one is enough in writing without spaces, where it is a word.</summary>
    private static bool EndsWithLetters(string stem)
    {
        var letters = 0;
        foreach (var rune in stem.EnumerateRunes().Reverse())
        {
            var known = FoldingTables.ClassOf(rune.Value);
            if (known is CharClass.Mark or CharClass.Dropped)
            {
                continue;
            }
            if (!TokenReading.IsLetter(known) && known is not (CharClass.Digit or CharClass.Single))
            {
                break;
            }
            letters += known == CharClass.Single ? LettersBeforeStar : 1;
        }
        return letters >= LettersBeforeStar;
    }

    private static bool EndsUnspaced(string word) => Rune.DecodeLastFromUtf16(word, out var last, out _) == System.Buffers.OperationStatus.Done && FoldingTables.ClassOf(last.Value) == CharClass.Single;

    private bool CanBeFound(string word)
    {
        var tokens = Tokens(word);
        if (tokens < 0)
        {
            Told<Query>(word, $"has {Quoted.Of(word)}, which is too long for a word", "Shorten it.");
        }
        return tokens > 0;
    }

    /// <summary>How many tokens of a text it takes: 0 for punctuation, -1 for what is too long.</summary>
    private static int Tokens(string word)
    {
        var tokens = new HashedToken[HashedTokens.Room(Encoding.UTF8.GetMaxByteCount(word.Length))];
        var count = WatchTerms.Tokens(word, tokens);
        return Array.Exists(tokens[..count], token => token.Hash == 0) ? -1 : count;
    }

    private T? Told<T>(string word, string what, string cure)
        where T : class
    {
        var inside = word.Length == 0 ? -1 : notes.Of(at).IndexOf(word, StringComparison.Ordinal);
        notes.Problem(inside < 0 ? at : new QuerySpan(at.Start + inside, word.Length), what, cure);
        return null;
    }
}
