using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>What "More" tells the one who pressed it.</summary>
public static class MoreWriter
{
    private const int Longest = 1500;

    public static string Write(Case @case, CaseFacts facts)
    {
        var first = facts.First.Seen(@case.Private);
        var text = new StringBuilder();
        text.Append($"Case {@case.Id}, {@case.Priority.ToString().ToLowerInvariant()}: {first.Assessment.Aspect}, ");
        text.Append($"{first.Assessment.Complaint:P0} sure that it is a complaint.\n");
        foreach (var line in ReasonLines.Of(first.Assessment))
        {
            text.Append(line).Append('\n');
        }
        text.Append(first.Watches.Count > 0 ? $"Heard by watch: {Named(first.Watches, first)}\n" : "Heard as an answer in a thread\n");
        if (first.OnTrial.Count > 0)
        {
            text.Append($"Heard on trial as well: {Named(first.OnTrial, first)}\n");
        }
        text.Append(first.Post.Posted is null
            ? $"Its source gives no date; seen {first.FirstSeen:yyyy-MM-dd HH:mm} UTC\n"
            : $"Posted {first.Posted:yyyy-MM-dd HH:mm} UTC, seen {Wording.InWords(first.FirstSeen - first.Posted)} later\n");
        if (facts.LateBecause is { } late)
        {
            text.Append($"Late because {late}\n");
        }
        if (facts.History is { } history)
        {
            text.Append($"This customer: {history.Seen(@case.Private)}\n");
        }
        if (first.Post.Url is { Length: > 0 } url && !first.Deleted)
        {
            text.Append($"Post: {url}\n");
        }
        if (@case.Voices > 1)
        {
            text.Append($"{@case.Voices} posts in this case");
        }
        var all = text.ToString().TrimEnd();
        return all.Cut(Longest);
    }

    /// <summary>"brand (nimbus, down), laptops (hinge)".</summary>
    private static string Named(IReadOnlyList<string> watches, Mention first) => string.Join(", ", watches.Select(watch =>
        first.Found.FirstOrDefault(found => found.Watch == watch) is { Words.Count: > 0 } by ? $"{watch} ({string.Join(", ", by.Words)})" : watch));
}
