namespace ListeningBot.Cli;

/// <summary>Says what was measured: each set at once, and at the end what all of them tell together.</summary>
internal sealed class EvaluateVerbReport(EvaluateVerbWishes wishes, TextWriter output)
{
    private readonly List<double> _areas = [];
    private readonly List<EvaluateVerbScores> _scores = [];

    public void Measured(EvaluateVerbSet set, string positive)
    {
        var figures = new EvaluateVerbFigures(set.Cases, positive);
        if (!double.IsNaN(figures.RocAuc))
        {
            _areas.Add(figures.RocAuc);
        }
        if (wishes.FalseAlarmsAt is not null)
        {
            _scores.AddRange(EvaluateVerbScores.Of(set, positive));
        }
        if (wishes.Json)
        {
            output.WriteLine(EvaluateVerbJson.Of(set, figures));
            return;
        }
        EvaluateVerbTable.Write(output, set.Name, figures);
        if (set.IsInCorpusForm)
        {
            EvaluateVerbCorpusTable.Write(output, set.Cases);
        }
        if (wishes.Worst > 0)
        {
            EvaluateVerbWorst.Write(output, set, figures, wishes.Worst, wishes.Texts);
        }
    }

    public void WithoutComplaints(EvaluateVerbSet set) => _scores.AddRange(EvaluateVerbScores.Of(set, null));

    /// <summary>False where false alarms were asked for and can't be told.</summary>
    public bool End()
    {
        if (_areas.Count > 1)
        {
            output.WriteLine(wishes.Json ? EvaluateVerbJson.OfMean(_areas.Average(), _areas.Count)
                : FormattableString.Invariant($"mean ROC-AUC over {_areas.Count} files: {_areas.Average() * 100:0.0}%"));
        }
        if (wishes.FalseAlarmsAt is not { } recall)
        {
            return true;
        }
        var alarms = new EvaluateVerbAlarms(recall, _scores);
        if (!alarms.CanBeTold)
        {
            return false;
        }
        if (wishes.Json)
        {
            output.WriteLine(EvaluateVerbJson.Of(alarms));
        }
        else
        {
            alarms.Write(output);
        }
        return true;
    }
}
