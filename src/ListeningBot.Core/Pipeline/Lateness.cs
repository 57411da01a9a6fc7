using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What the store knows of why a complaint came late.</summary>
public static class Lateness
{
    /// <summary>Why this case's quoted post reached us late; null when it came in time.</summary>
    public static string? LateBecause(this IStoreView view, Case @case, Mention first) =>
        LateWriter.Because(@case, first, view.TrayVerdictOf(first.Id) is not null, view.WasAtFirstContact(first.Id), view.GapsOf(first.Post.Channel, first.Posted, first.FirstSeen));
}
