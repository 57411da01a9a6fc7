namespace ListeningBot.Core.Scoring.Training;

/// <summary>One model in a comparison.</summary>
/// <param name="Name">"shipped", "in use", "new".</param>
/// <param name="OnVerdicts">On the verdicts held back.</param>
/// <param name="OnCorpus">On the held-back part of the corpus that the shipped model was made from.</param>
public sealed record Rival(string Name, string Version, Trial OnVerdicts, Trial OnCorpus);

/// <summary>What came of learning from a team's verdicts.</summary>
/// <param name="New">What was learned, whether it is kept or not.</param>
/// <param name="Rivals">In order: shipped, in use where that is another, new.</param>
/// <param name="WhyNot">Why it is not to be kept; null when it is better.</param>
public sealed record Lessons(TeamModel New, IReadOnlyList<Rival> Rivals, string? WhyNot);

/// <summary>Learns from a team's verdicts, and tries what was learned on those held back: it is to be kept only when it is really better there and hardly worse on the corpus.</summary>
public static class Apprentice
{
    public const int FewestVerdicts = 40;
    public const int FewestOfASide = 10;
    private const int FewestHeldBack = 5;

    /// <summary>So many texts of the corpus beside each verdict, and at most.</summary>
    private const int Rehearsed = 10;
    private const int MostRehearsed = 5000;

    /// <summary>How much worse it may be on the corpus: log loss, F1, and the share of grave complaints that are found.</summary>
    private const double LossMargin = 0.02;
    private const double F1Margin = 0.01;
    private const double GraveMargin = 0.02;

    /// <summary>Why these are too few; null when they will do.</summary>
    public static string? TooFew(IReadOnlyList<Taught> taught)
    {
        var complaints = taught.Count(one => one.IsComplaint);
        var others = taught.Count - complaints;
        var held = taught.Count(one => one.IsHeldBack);
        string[] missing =
        [
            .. taught.Count < FewestVerdicts ? [$"{FewestVerdicts - taught.Count} more in all"] : Array.Empty<string>(),
            .. complaints < FewestOfASide ? [$"{FewestOfASide - complaints} more that say \"a complaint\""] : Array.Empty<string>(),
            .. others < FewestOfASide ? [$"{FewestOfASide - others} more that say \"not a complaint\""] : Array.Empty<string>(),
            .. held < FewestHeldBack && taught.Count >= FewestVerdicts ? [$"some more: by chance only {held} of them are held back for the comparison"] : Array.Empty<string>(),
        ];
        return missing.Length == 0 ? null
            : $"There are {taught.Count} verdicts to learn from: {complaints} say \"a complaint\", {others} say \"not a complaint\". At least {FewestVerdicts} with {FewestOfASide} of each are needed. Missing: {string.Join("; ", missing)}.";
    }

    /// <param name="inUse">The shipped model or one on top of it.</param>
    public static Lessons Learn(IReadOnlyList<Taught> taught, Model inUse, DateTimeOffset now) =>
        Learn(taught, Model.Shipped, inUse, Corpus.Read().Texts, now);

    internal static Lessons Learn(IReadOnlyList<Taught> taught, Model shipped, Model inUse, IReadOnlyList<CorpusText> corpus, DateTimeOffset now)
    {
        List<Taught> fitted = [.. taught.Where(one => !one.IsHeldBack).OrderBy(one => one.Text, StringComparer.Ordinal)];
        List<Taught> held = [.. taught.Where(one => one.IsHeldBack)];
        List<CorpusText> rehearsed = [.. corpus.Where(text => text is { IsHeldBack: false, IsForCalibration: false }).OrderBy(text => text.Order, StringComparer.Ordinal).Take(Math.Min(MostRehearsed, fitted.Count * Rehearsed))];
        List<Taught> known = [.. corpus.Where(text => text.IsHeldBack).Select(text => new Taught(text.Text, new Evidence { Lang = text.Lang }, text.Labels.IsComplaint, text.Labels.Priority))];
        var lean = Refit.Of(shipped, fitted, rehearsed, RefitSettings.Default);
        var version = TeamModel.VersionOf(lean, shipped.Manifest.Version);
        Rival Try(string name, Model model) => new(name, model.Manifest.Version, Trial.Of(model, held), Trial.Of(model, known));
        var learned = Try("new", shipped.With(lean, shipped.Manifest with { Version = version }));
        List<Rival> rivals = [Try("shipped", shipped), .. inUse.Manifest.Version == shipped.Manifest.Version ? [] : new[] { Try("in use", inUse) }, learned];
        var manifest = new TeamManifest(version, shipped.Manifest.Version, now, fitted.Count, fitted.Count(one => one.IsComplaint), rivals[^2].OnVerdicts.Figures, learned.OnVerdicts.Figures);
        return new Lessons(new TeamModel(lean, manifest), rivals, WhyNot(rivals));
    }

    private static string? WhyNot(List<Rival> rivals)
    {
        var (shipped, learned) = (rivals[0], rivals[^1]);
        foreach (var rival in rivals.SkipLast(1))
        {
            if (rival.Version == learned.Version)
            {
                return "nothing was learned that the model in use does not know";
            }
            var than = $"than the {(rival == shipped ? "shipped model" : "model in use")} on the verdicts held back";
            var loss = Gain.InLoss(rival.OnVerdicts, learned.OnVerdicts);
            if (!loss.IsSure)
            {
                return FormattableString.Invariant($"it is not surely better {than}: its loss is smaller by {loss.Mean:0.000}, give or take {loss.Error:0.000}");
            }
            var (auc, decisions) = (Gain.InAuc(rival.OnVerdicts, learned.OnVerdicts), Gain.InDecisions(rival.OnVerdicts, learned.OnVerdicts));
            if (auc.Mean < 0 || decisions.Mean < 0 || !(auc.IsSure || decisions.IsSure))
            {
                return $"it tells complaints from others not surely better {than}, only its probabilities fit";
            }
        }
        var (before, after) = (shipped.OnCorpus, learned.OnCorpus);
        return after.Figures.Loss > before.Figures.Loss + LossMargin || after.Figures.F1 < before.Figures.F1 - F1Margin || after.GraveFound < before.GraveFound - GraveMargin
            ? "on texts of everybody's complaints it is worse than the shipped model, so that it would miss what the team has not met yet"
            : null;
    }
}
