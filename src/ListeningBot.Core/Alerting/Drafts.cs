using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Alerting;

/// <summary>
/// Drafts of what a human may say to a customer, in the customer's language where somebody wrote templates in it. Pure. A draft is a beginning: nothing is sent.
/// </summary>
public static class Drafts
{
    /// <summary>Placeholders that always have something to say.</summary>
    public static readonly IReadOnlyList<string> Always = ["owner", "team", "case"];

    /// <summary>Placeholders that a draft of this purpose may have nothing to say for: only in brackets.</summary>
    public static IReadOnlyList<string> SometimesIn(ReplyPurpose purpose) => purpose == ReplyPurpose.Answer ? ["name", "wants", "gesture", "promise"] : ["name", "wants"];

    public static IReadOnlyList<string> AlwaysIn(ReplyPurpose purpose) => purpose == ReplyPurpose.Leader ? [.. Always, "leader"] : Always;

    /// <summary>The question that finds out what they want.</summary>
    public static string Ask(Case @case, Mention first, Playbook playbook) => Whole(ReplyPurpose.Ask, @case, first, playbook, leader: null, owner: null);

    /// <summary>Acknowledge, offer, be quick. A gesture is named only when anyone may give it.</summary>
    public static string Answer(Case @case, Mention first, Playbook playbook, Severity severity, Team team)
    {
        var language = playbook.LanguageOf(ReplyPurpose.Answer, first.Assessment.Lang);
        var gesture = playbook.GesturesFor(@case.Aspect, severity.Level, @case.Priority)
            .FirstOrDefault(gesture => gesture.Approve == Approver.Anyone && gesture.Say.ContainsKey(language));
        var values = Values(@case, first, owner: null);
        values["gesture"] = gesture?.Say[language];
        values["promise"] = @case.OpenPromise is { } promise ? TimeText.InWords(promise.Due, team.Zone, language) : null;
        return string.Join(' ', new[] { ReplyPart.Acknowledge, ReplyPart.Offer, ReplyPart.BeQuick }
            .Select(part => Template.Fill(playbook.TemplateOf(ReplyPurpose.Answer, part, language, @case.Aspect), values))
            .Where(part => part.Length > 0));
    }

    public static string FollowUp(Case @case, Mention first, Playbook playbook) => Whole(ReplyPurpose.FollowUp, @case, first, playbook, leader: null, owner: null);

    /// <param name="leader">The name of the one who is to write.</param>
    /// <param name="owner">The name of the one who stays in charge.</param>
    public static string ForLeader(Case @case, Mention first, Playbook playbook, string leader, string owner) => Whole(ReplyPurpose.Leader, @case, first, playbook, leader, owner);

    private static string Whole(ReplyPurpose purpose, Case @case, Mention first, Playbook playbook, string? leader, string? owner)
    {
        var values = Values(@case, first, owner);
        values["leader"] = leader;
        return Template.Fill(playbook.TemplateOf(purpose, ReplyPart.Whole, playbook.LanguageOf(purpose, first.Assessment.Lang), @case.Aspect), values);
    }

    private static Dictionary<string, string?> Values(Case @case, Mention first, string? owner) => new()
    {
        ["name"] = first.Deleted || @case.Private || first.Post.Private ? null : NameOf(first.Post.Author),
        ["owner"] = owner ?? @case.Owner?.Name ?? @case.ClosedBy?.Name ?? "(your name)",
        ["team"] = @case.Teams[0],
        ["case"] = $"{@case.Id}",
        ["wants"] = @case.Wants?.Seen(@case.Private).Trim().TrimEnd('.'),
    };

    /// <summary>What to call somebody: their name, else their handle; an address is no name.</summary>
    private static string? NameOf(Author author) =>
        author.Name is { Length: > 0 } name && !name.Contains('@', StringComparison.Ordinal) ? name
        : author.Handle is { Length: > 0 } handle && !handle.TrimStart('@').Contains('@', StringComparison.Ordinal) ? "@" + handle.TrimStart('@')
        : null;
}
