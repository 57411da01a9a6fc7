namespace ListeningBot.Net;

/// <summary>The rules of one file for us.</summary>
internal sealed class RobotsTxt
{
    public static readonly RobotsTxt Open = new([]);
    public static readonly RobotsTxt Closed = new([("/", false)]);
    private const string Us = "listeningbot";
    private readonly IReadOnlyList<(string Path, bool Allow)> _rules;

    private RobotsTxt(IReadOnlyList<(string Path, bool Allow)> rules) => _rules = rules;

    /// <summary>Our own group where there is one, else that of all robots.</summary>
    public static RobotsTxt Parse(string text)
    {
        List<(string, bool)>? own = null;
        List<(string, bool)> all = [];
        var (forUs, forAll, named) = (false, false, false);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var (key, value) = Parts(line);
            if (key.Equals("user-agent", StringComparison.OrdinalIgnoreCase))
            {
                forUs = (named && forUs) || value.Equals(Us, StringComparison.OrdinalIgnoreCase);
                forAll = (named && forAll) || value == "*";
                own = forUs ? own ?? [] : own;
                named = true;
            }
            else if (key.Equals("allow", StringComparison.OrdinalIgnoreCase) || key.Equals("disallow", StringComparison.OrdinalIgnoreCase))
            {
                named = false;
                Add(forUs ? own : null);
                Add(forAll ? all : null);
            }

            void Add(List<(string, bool)>? group)
            {
                if (value.Length > 0)
                {
                    group?.Add((value, key.Length == 5));
                }
            }
        }
        return new RobotsTxt(own ?? all);
    }

    /// <summary>The longest rule that fits decides; of two alike, the kinder.</summary>
    public bool Allow(string path) =>
        _rules.Where(rule => Fits(rule.Path, path)).OrderByDescending(rule => rule.Path.Length).ThenByDescending(rule => rule.Allow).Select(rule => (bool?)rule.Allow).FirstOrDefault() ?? true;

    private static (string Key, string Value) Parts(ReadOnlySpan<char> line)
    {
        var comment = line.IndexOf('#');
        line = comment < 0 ? line : line[..comment];
        var colon = line.IndexOf(':');
        return colon < 0 ? ("", "") : (line[..colon].Trim().ToString(), line[(colon + 1)..].Trim().ToString());
    }

    /// <summary>A prefix, in which "*" is any text and a "$" at the end the end.</summary>
    private static bool Fits(string rule, string path)
    {
        var toEnd = rule.EndsWith('$');
        var pieces = (toEnd ? rule[..^1] : rule).Split('*');
        if (!path.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return false;
        }
        var at = pieces[0].Length;
        for (var i = 1; i < pieces.Length; i++)
        {
            var last = toEnd && i == pieces.Length - 1;
            var found = last ? path.LastIndexOf(pieces[i], StringComparison.Ordinal) : path.IndexOf(pieces[i], at, StringComparison.Ordinal);
            if (found < at)
            {
                return false;
            }
            at = found + pieces[i].Length;
        }
        return !toEnd || at == path.Length;
    }
}
