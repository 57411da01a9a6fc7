using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Storage;

/// <summary>Mentions read by the hundred thousand, as far as trying watches needs them.</summary>
internal sealed class PastTable(Db db)
{
    /// <summary>By halving: their ids rise as time does, and no index is kept for what is asked so rarely.</summary>
    public long FirstSince(DateTimeOffset since)
    {
        var (below, above) = (0L, Last() + 1);
        while (above - below > 1)
        {
            var middle = below + (above - below) / 2;
            using var row = db.Ask("SELECT id, first_seen FROM mentions WHERE id >= ? ORDER BY id LIMIT 1").With(middle);
            var isOlder = row.Read() && row.Time(1) < since;
            (below, above) = isOlder ? (row.Long(0), above) : (below, middle);
        }
        return above;
    }

    public long Last()
    {
        using var row = db.Ask("SELECT id FROM mentions WHERE id > 0 ORDER BY id DESC LIMIT 1");
        return row.Read() ? row.Long(0) : 0;
    }

    public JudgedCase? JudgedCaseOf(long mention)
    {
        using var row = db.Ask("""
            SELECT c.id, c.body, (SELECT event FROM case_events WHERE case_id = c.id AND version = 1)
            FROM mentions m JOIN cases c ON c.id = m.case_id WHERE m.id = ?
            """).With(mention);
        if (!row.Read())
        {
            return null;
        }
        if (row.TryJson(1, StoreJson.Default.JudgedBody, "case", row.Long(0)) is not { } judged)
        {
            return new JudgedCase(row.Long(0), NotOurs: null, 0, 0);
        }
        var opened = row.IsNull(2) ? null : row.TryJson(2, StoreJson.Default.OpenedBody, DeadRow.EventOfCase, row.Long(0));
        return new JudgedCase(row.Long(0), judged.Outcome == Outcome.NotOurs, judged.FirstMention, opened?.Mention ?? mention);
    }

    public IReadOnlyList<Mention> From(long id, int limit)
    {
        var page = new Page<Mention>(limit);
        while (page.GoesOn)
        {
            using var rows = db.Ask("SELECT id, body FROM mentions WHERE id >= ? ORDER BY id LIMIT ?").With(page.Last + 1 ?? id).With(limit);
            page.Take(rows, row => row.Long(0), row => row.TryJson(1, StoreJson.Default.BareMention, "mention", row.Long(0))?.Whole(row.Long(0)));
        }
        return page.Items;
    }
}

/// <summary>A case's JSON as far as it says who was judged.</summary>
internal sealed record JudgedBody(Outcome? Outcome, long FirstMention);

/// <summary>The JSON of the event that opened a case, likewise.</summary>
internal sealed record OpenedBody(long Mention);

/// <summary>A mention's JSON without what fills most of it, the reasons: they are passed over.</summary>
internal sealed record BareMention(
    Post Post, DateTimeOffset Posted, DateTimeOffset FirstSeen, BareAssessment Assessment, IReadOnlyList<string> Watches, IReadOnlyList<string> OnTrial, IReadOnlyList<string> Teams,
    Standing Standing, long? CaseId, bool Deleted, bool Erased)
{
    public Mention Whole(long id) => new()
    {
        Id = id,
        Post = Post,
        Posted = Posted,
        FirstSeen = FirstSeen,
        Assessment = Assessment.Whole(),
        Watches = Watches,
        OnTrial = OnTrial ?? [],
        Teams = Teams,
        Standing = Standing,
        CaseId = CaseId,
        Deleted = Deleted,
        Erased = Erased,
    };
}

internal sealed record BareAssessment(double Complaint, bool IsComplaint, double Sentiment, string SentimentLabel, double Urgency, Priority Priority, double? Severity, string Aspect, string Lang, bool LangIsGuess, string? JudgedBy)
{
    public Assessment Whole() => new()
    {
        Complaint = Complaint,
        IsComplaint = IsComplaint,
        Sentiment = Sentiment,
        SentimentLabel = SentimentLabel,
        Urgency = Urgency,
        Priority = Priority,
        Severity = Severity,
        Aspect = Aspect,
        Lang = Lang,
        LangIsGuess = LangIsGuess,
        Reasons = [],
        JudgedBy = JudgedBy,
    };
}
