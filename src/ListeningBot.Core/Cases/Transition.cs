namespace ListeningBot.Core.Cases;

/// <summary>Whom a word about a case is for.</summary>
public enum Audience
{
    /// <summary>The room; nobody by name.</summary>
    Room,

    /// <summary>Who is on call, the one with the least open first.</summary>
    OnCall,
    Lead,
    Manager,
    Owner,
    Leader,
}

/// <summary>A short word to the room of a case.</summary>
/// <param name="Key">Unique within the case: said once.</param>
public sealed record Word(Audience To, string Key, string Text)
{
    public WordButtons Buttons { get; init; }

    /// <summary>Somebody must act on it now: off their shift an owner is not the only one who hears it.</summary>
    public bool CannotWait { get; init; }
}

/// <summary>What a word asks.</summary>
public enum WordButtons
{
    None,
    Claim,
    StillOnIt,
    PromiseKept,
    FollowedUp,
}

/// <summary>What an event did to a case.</summary>
public abstract record Transition
{
    private Transition()
    {
    }

    /// <param name="Words">To be said in its rooms.</param>
    /// <param name="WithdrawPings">Words already said are moot.</param>
    public sealed record Changed(Case Case, IReadOnlyList<Word> Words, bool WithdrawPings = false) : Transition
    {
        /// <summary>False when no card looks different for it.</summary>
        public bool Shows { get; init; } = true;
    }

    /// <param name="Why">For the one who pressed; empty when nobody needs to be told.</param>
    public sealed record Unchanged(string Why) : Transition;
}
