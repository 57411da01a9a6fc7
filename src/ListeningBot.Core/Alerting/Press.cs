using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

public enum PressAction
{
    Claim,
    NotAComplaint,
    More,
    Resolve,
    Outcome,
    TrayComplaint,
    TrayDismiss,
}

/// <summary>What a button does to what: "claim:12". At most 60 characters, safe in any vendor's id.</summary>
/// <param name="Subject">The case's number, or the mention's for the tray.</param>
/// <param name="Value">The outcome, for <see cref="PressAction.Outcome"/>.</param>
public sealed record PressTarget(PressAction Action, long Subject, string? Value = null)
{
    public override string ToString() => Value is null ? $"{Action}:{Subject}" : $"{Action}:{Subject}:{Value}";

    /// <summary>Null for anything that we did not write.</summary>
    public static PressTarget? Parse(string? text)
    {
        var parts = (text ?? "").Split(':');
        return parts.Length is 2 or 3 && Enum.TryParse<PressAction>(parts[0], out var action) && Enum.IsDefined(action) && long.TryParse(parts[1], out var subject)
            ? new PressTarget(action, subject, parts.Length == 3 ? parts[2] : null)
            : null;
    }
}

/// <summary>A human pressed a button.</summary>
/// <param name="Id">Unique, the notifier's own (an interaction id): the same press heard twice counts once.</param>
public sealed record Press(string Id, Responder By, PressTarget Target);

/// <summary>What the presser alone is told, once the press is stored.</summary>
/// <param name="Say">Null when the edited card says it all.</param>
/// <param name="Ask">Choices to offer to the presser; empty when there is nothing to ask.</param>
public sealed record PressAnswer(string? Say, IReadOnlyList<CardButton> Ask)
{
    public static readonly PressAnswer Done = new(null, []);
    public static PressAnswer Tell(string say) => new(say, []);
}
