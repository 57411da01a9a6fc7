using ListeningBot.Core.Alerting;
using ListeningBot.Core.Text;

namespace ListeningBot.Configuration;

/// <summary>What is wrong with a template (<see cref="Template"/>) that a manager wrote.</summary>
internal static class TemplateCheck
{
    /// <summary>What is wrong with a template, one (what, cure) each.</summary>
    /// <param name="always">Placeholders that always have something to say.</param>
    /// <param name="sometimes">Those that may have nothing to say: only in brackets.</param>
    public static IEnumerable<(string What, string Cure)> Of(string template, IReadOnlyCollection<string> always, IReadOnlyCollection<string> sometimes)
    {
        var inBrackets = false;
        var named = false;
        for (var at = 0; at < template.Length; at++)
        {
            switch (template[at])
            {
                case '[' when inBrackets:
                    yield return ("has a [ inside [ ]", "Close the first with ] before the next begins.");
                    yield break;
                case '[':
                    (inBrackets, named) = (true, false);
                    break;
                case ']' when !inBrackets:
                    yield return ("has a ] without its [", "Take it away, or put the [ where the part begins that may be left out.");
                    yield break;
                case ']':
                    inBrackets = false;
                    if (!named)
                    {
                        yield return ("has [ ] without a placeholder inside", "Use ( ) for words that always stay; [ ] is left out when its placeholder has nothing to say.");
                    }
                    break;
                case '}':
                    yield return ("has a } without its {", "Take it away, or put the { before the placeholder's name.");
                    yield break;
                case '{':
                    var end = template.IndexOf('}', at);
                    if (end < 0)
                    {
                        yield return ("has a { that is not closed", "Close it with }: {name}.");
                        yield break;
                    }
                    var name = template[(at + 1)..end];
                    var mayBeMissing = Has(sometimes, name);
                    if (!mayBeMissing && !Has(always, name))
                    {
                        yield return ($"has the placeholder {{{name}}}, which is not known here", CureOf(name, [.. always, .. sometimes]));
                    }
                    else if (mayBeMissing && !inBrackets)
                    {
                        yield return ($"has {{{name}}} outside of [ ], but it is not always known", $"Put brackets around the words that need it: \"Hello[ {{{name}}}]\".");
                    }
                    named = true;
                    at = end;
                    break;
            }
        }
        if (inBrackets)
        {
            yield return ("has a [ that is not closed", "Close it with ] where the part ends that may be left out.");
        }
    }

    private static bool Has(IReadOnlyCollection<string> names, string name) => names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

    private static string CureOf(string name, IReadOnlyCollection<string> known) => Nearest.To(name.Trim(), known) is { } near
        ? $"Did you mean {{{near}}}?"
        : $"Known here: {string.Join(", ", known.Select(other => $"{{{other}}}"))}.";
}
