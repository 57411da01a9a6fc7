using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Searches;

/// <summary>What a channel asks its service for.</summary>
/// <param name="Searches">As the service reads them; empty when there is nothing to ask for.</param>
/// <param name="Unsearchable">The names of watches that listen here and that the service can't be asked for.</param>
public sealed record SearchPlan(IReadOnlyList<string> Searches, IReadOnlyList<string> Unsearchable)
{
    public static readonly SearchPlan Nothing = new([], []);

    /// <summary>The same in the words in which the service is asked.</summary>
    internal SearchPlan As(Func<string, string> asked) => this with { Searches = [.. Searches.Select(asked)] };

    /// <summary>Itself, where there is nothing to do without any search. Throws <see cref="ChannelException"/> with the cure.</summary>
    public SearchPlan Needed(string channel) => Searches.Count > 0 ? this : throw NothingFor(channel);

    private static ChannelException NothingFor(string channel) =>
        new($"There is nothing to search for: no watch that listens on \"{channel}\" names words that must be there. Add words under \"find\" of a watch, or give the channel Words.") { NeedsOperator = true };
}
