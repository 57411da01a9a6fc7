using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Cli;

/// <summary>One labelled text and what the scorer said of it.</summary>
/// <param name="Label">Of a text in the corpus' form: its kind.</param>
/// <param name="Feeling">"negative", "neutral" or "positive" where the labels tell it.</param>
/// <param name="From">All labels, where it came in the corpus' form.</param>
internal sealed record EvaluateVerbCase(string Id, string Label, string? Feeling, string Text, Assessment Said, CorpusText? From = null)
{
    public const string Complaint = "complaint";
    public const string NoComplaint = "no complaint";
    public static readonly string[] Feelings = ["negative", "neutral", "positive"];

    /// <summary>What somebody sees who works from the cards: the priority of what was called a complaint.</summary>
    public string SaidPriority => Said.IsComplaint ? Name(Said.Priority) : NoComplaint;

    /// <summary>Of a text in the corpus' form.</summary>
    public string TruePriority => From!.Labels.Priority is { } priority ? Name(priority) : NoComplaint;

    public static string Name(Priority priority) => priority.ToString().ToLowerInvariant();
}

/// <summary>Texts that are measured together.</summary>
internal sealed record EvaluateVerbSet(string Name, IReadOnlyList<EvaluateVerbCase> Cases)
{
    /// <summary>True where priority, severity and aspect are labelled too.</summary>
    public bool IsInCorpusForm => Cases.All(one => one.From is not null);
}

/// <summary>How often something was said, was true, and was both. The shares are 0..1, NaN where there is nothing to share.</summary>
internal readonly record struct EvaluateVerbHits(int Both, int Said, int True)
{
    public double Precision => Both / (double)Said;
    public double Recall => Both / (double)True;
    public double F1 => 2.0 * Both / (Said + True);

    public static EvaluateVerbHits Of(IReadOnlyCollection<EvaluateVerbCase> cases, Func<EvaluateVerbCase, bool> said, Func<EvaluateVerbCase, bool> @true) =>
        new(cases.Count(one => said(one) && @true(one)), cases.Count(said), cases.Count(@true));
}
