using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

/// <summary>Writes what stands in a case's thread.</summary>
public static class DossierWriter
{
    public static DossierCard Write(Case @case, Mention first, CardKey key, MessageRef under) => new()
    {
        Key = key,
        Version = @case.Version,
        Under = under,
        Title = $"Case {@case.Id}: {(first.Deleted ? "someone" : CardWriter.Who(first.Post.Author))}",
        Sections = [new Section("Why", [.. first.Assessment.Reasons.Take(20).Select(reason => $"{(reason.Weight > 0 ? "for" : "against")} ({reason.Weight:+0.0;-0.0}): {reason.Text}")], SectionLook.List)],
    };
}
