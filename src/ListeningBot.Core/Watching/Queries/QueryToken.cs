namespace ListeningBot.Core.Watching.Queries;

internal enum QueryMark
{
    Open,
    Close,
    Minus,
    And,
    Or,
    Not,
    Near,

    /// <summary>A word without quotes, with its "~" and "*".</summary>
    Word,

    /// <summary>What stands between quotes.</summary>
    Phrase,

    /// <summary>What stands between slashes.</summary>
    Pattern,
    Piece,
    Field,

    /// <summary>Something whose problem is told already; stands for a query, so that the rest can be read.</summary>
    Broken,
    End,
}

/// <param name="Text">What counts of it: a phrase without quotes, the name of a field or a piece.</param>
internal readonly record struct QueryToken(QueryMark Mark, QuerySpan At, string Text = "")
{
    /// <summary>Of a field: what stands after the colon.</summary>
    public string Value { get; init; } = "";

    /// <summary>Of a field: where that stands.</summary>
    public QuerySpan ValueAt { get; init; }

    /// <summary>Of NEAR/n.</summary>
    public int Words { get; init; }
}
