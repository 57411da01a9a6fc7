using ListeningBot.Core.Text;

namespace ListeningBot.Configuration;

/// <summary>Gathers every problem of one reading; none holds a secret's value.</summary>
internal sealed class Problems
{
    private const int ShortestSecret = 4;

    /// <summary>A shorter one may be a part of our own words: "Secret is shorter than 16 characters" must be read also where the secret is "short".</summary>
    private const int ShortestApart = 8;
    private readonly List<Problem> _found = [];
    private readonly List<Problem> _warnings = [];
    private readonly HashSet<string> _secrets = [];

    public int Count => _found.Count;

    public void Add(Place place, string what, string cure, bool isAbsentSecret = false) =>
        _found.Add(new Problem(place.File, place.Line, what, cure) { Column = place.Column, IsAbsentSecret = isAbsentSecret });

    /// <summary>What is likely not meant, and keeps nothing from going live.</summary>
    public void Warn(Place place, string what, string cure) => _warnings.Add(new Problem(place.File, place.Line, what, cure) { Column = place.Column });

    public bool HasWarned(string beginning) => _warnings.Exists(warning => warning.What.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>From here on this value is blotted out of every problem.</summary>
    public void Hide(string secret)
    {
        if (secret.Length >= ShortestSecret)
        {
            _secrets.Add(secret);
        }
    }

    public IReadOnlyList<Problem> All() => InOrder(_found);

    public IReadOnlyList<Problem> Warnings() => InOrder(_warnings);

    private IReadOnlyList<Problem> InOrder(IEnumerable<Problem> problems) =>
        [.. problems.Select(Blotted).Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line ?? 0).ThenBy(p => p.Column ?? 0)];

    /// <summary>Something from a file, fit to be shown.</summary>
    public static string Quote(string text) => Quoted.Of(text);

    private Problem Blotted(Problem problem) => problem with { What = Blot(problem.What), Cure = Blot(problem.Cure) };

    /// <summary>Secrets out, and on one line: what was written in a file may hold anything.</summary>
    private string Blot(string text) =>
        string.Concat(_secrets.Aggregate(text, BlotOut).Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>A short one out of what is quoted: all between the first and the last quotation mark, as what is quoted may hold one.</summary>
    private static string BlotOut(string text, string secret)
    {
        var (from, to) = secret.Length >= ShortestApart ? (0, text.Length) : (text.IndexOf('"', StringComparison.Ordinal) + 1, text.LastIndexOf('"'));
        return from >= to ? text : text[..from] + text[from..to].Replace(secret, "***", StringComparison.Ordinal) + text[to..];
    }
}
