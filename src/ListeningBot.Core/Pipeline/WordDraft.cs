using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Gathers words and two-word phrases that several people use in posts of one kind. Left out are small words, numbers, links and @names; and the names of all who wrote,
/// also of other posts, so that no suggestion ever tells who complained.
/// </summary>
internal sealed class WordDraft
{
    /// <summary>A word of fewer people may be a person's own.</summary>
    public const int FewestPeople = 3;
    private const int LongestWord = 40;
    private const int MostDigits = 3;
    private readonly Dictionary<string, HashSet<string>> _people = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>How many different words and phrases were seen.</summary>
    public int Tried => _people.Count;

    /// <summary>Posts that were read.</summary>
    public int Posts { get; private set; }

    public void Read(Post post)
    {
        Posts++;
        var person = post.Author.Id ?? post.Author.Handle ?? post.Key.ToString();
        var words = FoldedWords.Of(Intake.TextOf(post));
        for (var i = 0; i < words.Count; i++)
        {
            if (Tells(words[i]))
            {
                Note(words[i], person);
                if (i + 1 < words.Count && Tells(words[i + 1]) && words[i + 1] != words[i])
                {
                    Note($"{words[i]} {words[i + 1]}", person);
                }
            }
        }
    }

    /// <summary>Once all posts are read, of everybody who wrote anything: what they are called is no word for others.</summary>
    public void NoteNames(Author author)
    {
        foreach (var name in new[] { author.Name, author.Handle })
        {
            if (name is { Length: > 0 })
            {
                var folded = FoldedWords.Of(name).Concat(FoldedWords.Of(string.Concat(name.Select(c => char.IsLetter(c) ? c : ' '))));
                _names.UnionWith(folded.Where(_people.ContainsKey));
            }
        }
    }

    /// <summary>Words and phrases of at least <see cref="FewestPeople"/>, without anybody's name.</summary>
    public IReadOnlyList<string> Words() =>
        [.. _people.Where(word => word.Value.Count >= FewestPeople && !word.Key.Split(' ').Any(_names.Contains)).Select(word => word.Key).Order(StringComparer.Ordinal)];

    /// <summary>As a word of a watch would stand among these.</summary>
    public static string Folded(string word) => string.Join(' ', FoldedWords.Of(word));

    private static bool Tells(string word) => word.Length is > 2 and <= LongestWord && !FoldedWords.IsSmall(word) && word.Any(char.IsLetter) && word.Count(char.IsAsciiDigit) <= MostDigits;

    private void Note(string word, string person)
    {
        if (!_people.TryGetValue(word, out var people))
        {
            _people[word] = people = new HashSet<string>(StringComparer.Ordinal);
        }
        if (people.Count < FewestPeople)
        {
            people.Add(person);
        }
    }
}
