namespace ListeningBot.Core.Alerting;

/// <summary>What managers wrote for answering: reply templates and gestures. Immutable.</summary>
public sealed record Playbook
{
    public static readonly Playbook Empty = new();
}
