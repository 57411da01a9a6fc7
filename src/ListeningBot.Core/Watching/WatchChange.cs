namespace ListeningBot.Core.Watching;

public enum WatchChangeKind
{
    /// <summary>One more word to find.</summary>
    Add,

    /// <summary>One more word that rules a post out.</summary>
    Exclude,

    /// <summary>One word less to find.</summary>
    Remove,

    /// <summary>No longer on trial.</summary>
    Promote,
}

/// <summary>What somebody wants changed of a watch, as people say it.</summary>
/// <param name="Word">A word or phrase; empty for <see cref="WatchChangeKind.Promote"/>.</param>
public sealed record WatchChange(WatchChangeKind Kind, string Watch, string Word = "");

/// <param name="Told">What was written and where, or why not and what to do.</param>
/// <param name="IsSo">It stood there already, so nothing was written.</param>
public sealed record WatchChanged(bool Done, string Told, bool IsSo = false);
