namespace ListeningBot.Core.Cases;

/// <summary>What becomes due with time. Stored by name: only add.</summary>
public enum Step
{
    /// <summary>Nobody claimed: whoever is on call is pinged.</summary>
    Ping,
    Lead,
    Manager,
    Repeat,

    /// <summary>The first-answer target is nearly missed.</summary>
    WarnTarget,
    TargetMissed,

    /// <summary>Nobody waits longer than the floor, however small their reach.</summary>
    Floor,
    AskOwner,
    FreeClaim,
    NudgePromise,
    PromiseMissed,
    WakeUp,
    FollowUp,

    /// <summary>The customer stayed silent after the fix: the case closes, and shows the silence.</summary>
    CloseInSilence,
}

public sealed record StepTaken(Step Step, DateTimeOffset At);
