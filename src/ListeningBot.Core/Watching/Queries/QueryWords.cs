using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Reads words and phrases.</summary>
internal static class QueryWords
{
    /// <summary>Null when it has a problem, which is told.</summary>
    /// <param name="written">Without quotes.</param>
    public static Query? Read(string written, QuerySpan at, QueryNotes notes)
    {
        if (written.Trim().Length > WatchTerms.MaxLength)
        {
            notes.Problem(at, $"has a phrase of {written.Trim().Length} characters, more than {WatchTerms.MaxLength}", "Shorten it to the words that tell it.");
            return null;
        }
        var before = notes.Count;
        var words = written.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(word => Word(word, at, notes)).ToList();
        if (notes.Count > before)
        {
            return null;
        }
        if (words.Count == 0)
        {
            notes.Problem(at, "has nothing between its quotes", "Write a word there, or take the quotes away.");
            return null;
        }
        var found = words.OfType<TermWord>().Where(word => Room(word.Text) > 0).ToList();
        if (found.Count == 0)
        {
            notes.Problem(at, $"has {Quoted.Of(written)}, which is punctuation only and can't be found", "Use a word or an emoji.");
            return null;
        }
        return new Query.Term(found, written.Trim()) { At = at };
    }

    private static TermWord? Word(string word, QuerySpan at, QueryNotes notes)
    {
        var inflected = QuerySigns.Plain(word[0]) == '~';
        var text = inflected ? word[1..] : word;
        var star = text.IndexOfAny(['*', '＊']);
        if (star < 0)
        {
            return inflected ? Inflected(text, at, notes) : new TermWord(text);
        }
        var stem = text[..star];
        if (inflected)
        {
            notes.Problem(at, $"has both ~ and * in {Quoted.Of(word)}", $"Write ~{stem} for its forms, or {stem}* for every word that begins so.");
        }
        else if (star < text.Length - 1)
        {
            notes.Problem(at, $"has a * inside or before a word in {Quoted.Of(word)}", "A * stands at the end of a word only: refund*.");
        }
        else if (EndingLetters(stem) < 2 && Room(stem) < 2)
        {
            notes.Problem(at, $"has a * after fewer than two letters in {Quoted.Of(word)}", "Write at least two letters before it: refund*.");
        }
        else
        {
            return new TermWord(stem, WordForm.Begins);
        }
        return null;
    }

    private static TermWord? Inflected(string text, QuerySpan at, QueryNotes notes)
    {
        if (text.Length > 0 && char.IsLetter(text[0]))
        {
            return new TermWord(text, WordForm.Inflected);
        }
        notes.Problem(at, "has a ~ that is not before a word", "Write it directly before a word: ~refund.");
        return null;
    }

    private static int EndingLetters(string stem) => stem.Reverse().TakeWhile(char.IsLetterOrDigit).Count();

    /// <summary>How many tokens of a text it takes; 0 for what can't be found.</summary>
    private static int Room(string word)
    {
        var tokens = new HashedToken[HashedTokens.Room(WatchTerms.MaxLength * 4)];
        var count = WatchTerms.Tokens(word, tokens);
        return Array.Exists(tokens[..count], token => token.Hash == 0) ? 0 : count;
    }
}
