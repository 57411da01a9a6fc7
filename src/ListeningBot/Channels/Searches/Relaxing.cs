using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Channels.Searches;

/// <summary>
/// Makes of a query what one channel's service can be asked for. What it can't say counts as anything: in an AND it falls away, an OR with it is anything as a
/// whole; NOT of what can't be said exactly falls away too. So a service gives too much, never too little, and the matcher decides.
/// </summary>
/// <param name="channel">The configured name.</param>
/// <param name="languages">Of the watch, two letters each; empty for all.</param>
internal sealed class Relaxing(SearchDialect dialect, string channel, IReadOnlyList<string> languages)
{
    public Ask Of(Query query) => query switch
    {
        Query.Term term => Term(term),
        Query.All all => Ask.AllOf(all.Parts.Select(Of)),
        Query.Any any => Ask.AnyOf(any.Parts.Select(Of)),
        Query.Not not => Without(not.What),
        Query.Near near => Ask.AllOf(Of(near.Left), Of(near.Right)),
        Query.Piece piece => Of(piece.Means),
        Query.OnChannel on => IsHere(on) ? Ask.Anything : Ask.Nothing,
        _ => dialect.Field(query),
    };

    private Ask Without(Query query) => query switch
    {
        Query.Anything => Ask.Nothing,
        Query.Term term => dialect.Without(TextOf(term.Words)),
        Query.All all => Ask.AnyOf(all.Parts.Select(Without)),
        Query.Any any => Ask.AllOf(any.Parts.Select(Without)),
        Query.Not not => Of(not.What),
        Query.Piece piece => Without(piece.Means),
        Query.OnChannel on => IsHere(on) ? Ask.Nothing : Ask.Anything,
        _ => dialect.WithoutField(query),
    };

    /// <summary>A phrase with "*" or "~" in it falls apart into what can be said: each run of plain words, each beginning, each word in its forms.</summary>
    private Ask Term(Query.Term term)
    {
        List<Ask> parts = [];
        List<TermWord> run = [];
        foreach (var word in term.Words)
        {
            if (word.Form == WordForm.Exact)
            {
                run.Add(word);
                continue;
            }
            EndRun();
            parts.Add(word.Form == WordForm.Begins ? dialect.Beginning(word.Text) : Inflected(word));
        }
        EndRun();
        return Ask.AllOf(parts);

        void EndRun()
        {
            if (run.Count > 0)
            {
                parts.Add(dialect.Phrase(TextOf(run)));
                run.Clear();
            }
        }
    }

    private Ask Inflected(TermWord word) => Ask.AnyOf(WordForms.Of(word.Text, languages).Prepend(word.Text).Select(dialect.Phrase));

    private static string TextOf(IEnumerable<TermWord> words) => string.Join(' ', words.Select(word => word.Text));

    private bool IsHere(Query.OnChannel on) => on.Name.Equals(channel, StringComparison.OrdinalIgnoreCase) || on.Name.Equals(dialect.Kind, StringComparison.OrdinalIgnoreCase);
}
