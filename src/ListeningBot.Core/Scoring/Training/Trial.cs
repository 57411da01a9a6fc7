namespace ListeningBot.Core.Scoring.Training;

/// <summary>How a model judges texts whose verdict is known: for each its probability and loss, and figures over all.</summary>
/// <param name="GraveFound">Of complaints that are high or critical: the share at or above the line; null where there is none.</param>
/// <param name="Truth">Whether each is a complaint.</param>
public sealed record Trial(TeamFigures Figures, double? GraveFound, IReadOnlyList<double> Losses, IReadOnlyList<double> Complaints, IReadOnlyList<bool> Truth)
{
    /// <summary>Nothing counts as surer than this, so that one text does not decide.</summary>
    private const double Surest = 0.999;
    private static readonly Head[] s_priorities = [Head.Normal, Head.High, Head.Critical];

    public static Trial Of(Model model, IReadOnlyList<Taught> texts)
    {
        var desk = new Desk();
        var judged = texts.Select(text => Judge(desk, model, text)).ToList();
        var losses = judged.Select(one => one.Loss).ToList();
        var sides = judged.Zip(texts, (one, text) => (one.Complaint, text.IsComplaint)).ToList();
        var grave = judged.Zip(texts).Where(one => one.Second is { IsComplaint: true, Priority: >= Priority.High }).Select(one => one.First.Complaint).ToList();
        return new Trial(
            new TeamFigures(texts.Count, losses.Count == 0 ? 0 : losses.Average(), AucOf(sides), F1Of(sides)),
            grave.Count == 0 ? null : (double)grave.Count(p => p >= Scorer.ComplaintLine) / grave.Count,
            losses,
            [.. judged.Select(one => one.Complaint)],
            [.. texts.Select(text => text.IsComplaint)]);
    }

    private static (double Complaint, double Loss) Judge(Desk desk, Model model, Taught text)
    {
        desk.Read(text.Text.AsSpan(0, Math.Min(text.Text.Length, Scorer.MostCharacters)), text.Evidence, model);
        double P(Head head) => model.Probability(head, desk.Logits[(int)head]);
        var loss = LossOf(P(Head.Complaint), text.IsComplaint);
        if (text is { IsComplaint: true, Priority: { } priority })
        {
            loss += s_priorities.Average(head => LossOf(P(head), priority >= Priority.Normal + (head - Head.Normal)));
        }
        return (P(Head.Complaint), loss);
    }

    private static double LossOf(double probability, bool true_)
    {
        var p = Math.Clamp(true_ ? probability : 1 - probability, 1 - Surest, Surest);
        return -Steady.Log2(p) * Math.Log(2);
    }

    /// <summary>How often a complaint is scored above what is none; ties count half.</summary>
    private static double? AucOf(List<(double P, bool IsComplaint)> all)
    {
        var (complaints, others) = (all.Where(one => one.IsComplaint).ToList(), all.Where(one => !one.IsComplaint).Select(one => one.P).Order().ToList());
        if (complaints.Count == 0 || others.Count == 0)
        {
            return null;
        }
        var above = complaints.Sum(one => (Below(others, one.P, orEqual: false) + Below(others, one.P, orEqual: true)) / 2.0);
        return above / complaints.Count / others.Count;
    }

    private static int Below(List<double> sorted, double value, bool orEqual)
    {
        var (from, to) = (0, sorted.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = sorted[middle] < value || (orEqual && sorted[middle] == value) ? (middle + 1, to) : (from, middle);
        }
        return from;
    }

    private static double? F1Of(List<(double P, bool IsComplaint)> all)
    {
        var said = all.Count(one => one.P >= Scorer.ComplaintLine);
        var right = all.Count(one => one.P >= Scorer.ComplaintLine && one.IsComplaint);
        var there = all.Count(one => one.IsComplaint);
        return said + there == 0 ? null : 2.0 * right / (said + there);
    }
}
