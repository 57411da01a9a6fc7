namespace ListeningBot.Core.Watching.Queries;

/// <summary>Gathers what is to be said of one text.</summary>
internal sealed class QueryNotes(string text)
{
    /// <summary>More of them help nobody.</summary>
    private const int Most = 20;
    private readonly List<QueryProblem> _problems = [];
    private readonly List<QueryProblem> _warnings = [];

    public string Text => text;

    public bool AnyProblem => _problems.Count > 0;

    public int Count => _problems.Count;

    public void Problem(QuerySpan at, string what, string cure) => Add(_problems, at, what, cure);

    public void Warning(QuerySpan at, string what, string cure) => Add(_warnings, at, what, cure);

    public string Of(QuerySpan at) => text.Substring(at.Start, at.Length);

    /// <summary>Warnings wait until there is no problem left: what they would say of a broken query is not to be trusted.</summary>
    /// <param name="root">Of no account when there is a problem.</param>
    public QueryReading Reading(Query? root) => new(AnyProblem ? null : root, InOrder(_problems), AnyProblem ? [] : InOrder(_warnings)) { Wide = AnyProblem || root is null ? null : QueryWarnings.Wide(root) };

    private static IReadOnlyList<QueryProblem> InOrder(List<QueryProblem> notes) => [.. notes.Distinct().OrderBy(note => note.At.Start)];

    private static void Add(List<QueryProblem> notes, QuerySpan at, string what, string cure)
    {
        if (notes.Count < Most)
        {
            notes.Add(new QueryProblem(at, what, cure));
        }
    }
}
