namespace ListeningBot.Core.Text;

/// <summary>One form as its table writes it: "ge" before the stem, "t" after it.</summary>
internal readonly record struct Affix(string Before, string After);

/// <summary>How words of one shape are inflected: "Cy > y ies ied ying". Context is looked at and stays, the tail is replaced.</summary>
/// <param name="OneSyllable">Only words with one group of vowels.</param>
/// <param name="Context">Before the tail: V a vowel, C a consonant, other letters themselves.</param>
internal sealed record FormRule(bool OneSyllable, string Context, string Tail, Affix[] Outs)
{
    /// <param name="pattern">"1CVp": one syllable, then context, then tail; "*" fits everything.</param>
    public static FormRule Read(string pattern, Affix[] outs)
    {
        var one = pattern[0] == '1';
        var shape = pattern == "*" ? "" : pattern[(one ? 1 : 0)..];
        var tail = shape.AsSpan().LastIndexOfAny('V', 'C') + 1;
        return new FormRule(one, shape[..tail], shape[tail..], outs);
    }

    public bool Fits(string word)
    {
        var stem = word.Length - Tail.Length;
        if (stem < Context.Length || !word.EndsWith(Tail, StringComparison.Ordinal) || (OneSyllable && VowelGroups(word) != 1))
        {
            return false;
        }
        for (var i = 0; i < Context.Length; i++)
        {
            if (!Is(Context[i], word[stem - Context.Length + i]))
            {
                return false;
            }
        }
        return true;
    }

    public IEnumerable<Affix> Of(string word) => Outs.Select(to => to with { After = word[..^Tail.Length] + to.After });

    /// <summary>What this form may be a form of.</summary>
    public IEnumerable<string> Sources(string form) => Outs
        .Where(to => form.Length > to.Before.Length + to.After.Length && form.StartsWith(to.Before, StringComparison.Ordinal) && form.EndsWith(to.After, StringComparison.Ordinal))
        .Select(to => string.Concat(form.AsSpan(to.Before.Length, form.Length - to.Before.Length - to.After.Length), Tail)).Where(Fits);

    private static bool Is(char shape, char letter) => shape switch
    {
        'V' => IsVowel(letter),
        'C' => char.IsAsciiLetter(letter) && !IsVowel(letter),
        _ => shape == letter,
    };

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';

    private static int VowelGroups(string word) =>
        Enumerable.Range(0, word.Length).Count(i => IsSounded(word[i]) && (i == 0 || !IsSounded(word[i - 1])));

    private static bool IsSounded(char letter) => IsVowel(letter) || letter == 'y';
}
