namespace ListeningBot.Cli;

/// <summary>The probabilities that one set was given.</summary>
internal sealed record EvaluateVerbScores(string Name, double[] Complaints, double[] Others)
{
    /// <summary>Where the labels tell kinds (news, ads...), each kind counts as a set without complaints.</summary>
    public static IEnumerable<EvaluateVerbScores> Of(EvaluateVerbSet set, string? positive)
    {
        double[] complaints = [.. set.Cases.Where(one => one.Label == positive).Select(one => one.Said.Complaint)];
        var others = set.Cases.Where(one => one.Label != positive).ToLookup(one => one.Label, one => one.Said.Complaint);
        if (!set.IsInCorpusForm)
        {
            yield return new EvaluateVerbScores(set.Name, complaints, [.. others.SelectMany(kind => kind)]);
            yield break;
        }
        if (complaints.Length > 0)
        {
            yield return new EvaluateVerbScores(set.Name, complaints, []);
        }
        foreach (var kind in others.OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            yield return new EvaluateVerbScores($"{set.Name}: {kind.Key}", [], [.. kind]);
        }
    }

    /// <summary>Shares of 0..1, NaN where there are none.</summary>
    public (double Found, double Alarms) From(double line) => (ShareFrom(Complaints, line), ShareFrom(Others, line));

    private static double ShareFrom(double[] scores, double line) => scores.Count(score => score >= line) / (double)scores.Length;
}

/// <summary>What it costs to find so many complaints: the line that finds them, and what else lies above it.</summary>
internal sealed class EvaluateVerbAlarms(double recall, IReadOnlyList<EvaluateVerbScores> sets)
{
    public double Recall => recall;
    public IReadOnlyList<EvaluateVerbScores> Sets => sets;
    public bool CanBeTold => sets.Any(set => set.Complaints.Length > 0) && sets.Any(set => set.Complaints.Length == 0);

    /// <summary>The highest probability from which this share of all complaints of all sets is found.</summary>
    public double Line
    {
        get
        {
            double[] all = [.. sets.SelectMany(set => set.Complaints).OrderDescending()];
            return all[(int)Math.Ceiling(recall * all.Length - 1e-9) - 1];
        }
    }

    /// <summary>Of all texts of all sets without complaints.</summary>
    public double Together
    {
        get
        {
            double[] all = [.. sets.Where(set => set.Complaints.Length == 0).SelectMany(set => set.Others)];
            return all.Count(score => score >= Line) / (double)all.Length;
        }
    }

    public void Write(TextWriter to)
    {
        var line = Line;
        to.WriteLine($"{EvaluateVerbTable.Percent(recall)} of the complaints are found from a probability of {FormattableString.Invariant($"{line:0.0000}")}");
        to.WriteLine();
        to.WriteLine($"  {"set",-40}{"complaints",14}{"found",14}{"other texts",14}{"false alarms",14}");
        foreach (var set in sets.OrderBy(set => set.Complaints.Length == 0))
        {
            var (found, alarms) = set.From(line);
            to.WriteLine($"  {set.Name,-40}{set.Complaints.Length,14}{EvaluateVerbTable.Percent(found),14}{set.Others.Length,14}{EvaluateVerbTable.Percent(alarms),14}");
        }
        to.WriteLine($"  {"all sets without complaints",-40}{"",14}{"",14}{"",14}{EvaluateVerbTable.Percent(Together),14}");
    }
}
