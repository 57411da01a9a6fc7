namespace ListeningBot.Core.Cases;

/// <summary>The words of people in a case and in its events, all in one place, so that none is missed when a person is forgotten.</summary>
public static class Reworded
{
    /// <summary>The event with each free text as <paramref name="reword"/> gives it; who, when and how stay.</summary>
    public static CaseEvent With(CaseEvent happened, Func<string, string> reword) => happened switch
    {
        WantsKnown wants => wants with { Text = reword(wants.Text) },
        Promised promised => promised with { What = reword(promised.What) },
        HandedOver handed => handed with { Summary = reword(handed.Summary) },
        Escalated escalated => escalated with { Why = reword(escalated.Why) },
        LeaderBrought brought => brought with { Draft = reword(brought.Draft) },
        Noted noted => noted with { Text = reword(noted.Text) },
        Resolved resolved => resolved with { Note = Each(resolved.Note, reword), Offered = Each(resolved.Offered, reword), Beyond = Each(resolved.Beyond, reword) },
        _ => happened,
    };

    /// <summary>The same of the state; a press before it can't be undone any more.</summary>
    public static Case With(Case @case, Func<string, string> reword) => @case with
    {
        Wants = Each(@case.Wants, reword),
        Promises = [.. @case.Promises.Select(promise => promise with { What = reword(promise.What) })],
        ClosingNote = Each(@case.ClosingNote, reword),
        Offered = Each(@case.Offered, reword),
        Beyond = Each(@case.Beyond, reword),
        LastPress = null,
    };

    private static string? Each(string? text, Func<string, string> reword) => text is null ? null : reword(text);
}
