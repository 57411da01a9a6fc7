using System.Globalization;
using System.Text.Json.Serialization;
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
    Answered,
    Promise,
    PromiseKept,
    Waiting,
    Wants,
    HandOver,
    Release,
    Snooze,
    Escalate,
    Leader,
    Merge,
    Split,
    Undo,
    Reopen,
    StillOnIt,
    FollowedUp,

    /// <summary>A case out of a group card; without a value the most urgent one.</summary>
    Take,

    /// <summary>Shows a case to the one who pressed.</summary>
    Show,
    EndSilence,
    LinkYes,
    LinkNo,

    /// <summary>How urgent a case is, for somebody who knows better.</summary>
    Priority,

    /// <summary>A change of the configuration that is held.</summary>
    ApplyChange,
    DiscardChange,
}

/// <summary>What a button does to what: "Claim:12". At most 60 characters, safe in any vendor's id.</summary>
/// <param name="Subject">The case's number, or that of the mention, group, silence, link or held change.</param>
/// <param name="Value">The outcome, the member, the mention...; of letters, digits, "-", "_" and "." only.</param>
public sealed record PressTarget(PressAction Action, long Subject, string? Value = null)
{
    private const int MostCharacters = 100;

    /// <summary>It tells the presser something and changes nothing.</summary>
    public bool OnlyLooks => Action is PressAction.More or PressAction.Show;

    /// <summary>The subject is a case.</summary>
    public bool IsAboutCase => Action is not (PressAction.TrayComplaint or PressAction.TrayDismiss or PressAction.Take or PressAction.EndSilence or PressAction.LinkYes or PressAction.LinkNo
        or PressAction.ApplyChange or PressAction.DiscardChange);

    public override string ToString() => Value is null ? $"{Action}:{Subject}" : $"{Action}:{Subject}:{Value}";

    /// <summary>Null for anything that we did not write, also where it could be read: "0:12", "Claim: 12".</summary>
    public static PressTarget? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MostCharacters } || text.Split(':') is not { Length: 2 or 3 } parts
            || !Enum.TryParse<PressAction>(parts[0], out var action) || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var subject))
        {
            return null;
        }
        var target = new PressTarget(action, subject, parts.Length == 3 ? parts[2] : null);
        return Enum.IsDefined(action) && target.ToString() == text && (target.Value ?? "").All(IsOfValue) ? target : null;
    }

    private static bool IsOfValue(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.';
}

/// <summary>A human pressed a button, chose from a menu or sent a form.</summary>
/// <param name="Id">Unique, the notifier's own (an interaction id): the same press heard twice counts once.</param>
public sealed record Press(string Id, Responder By, PressTarget Target)
{
    /// <summary>The presser's roles in the chat: "discord:5678".</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What was written in a form, by field name; empty for a button.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>The card that it was pressed on; null for a ping, a question, or a command.</summary>
    public PressedCard? On { get; init; }
}

/// <summary>A card as it stands in a room.</summary>
/// <param name="Sent">When, by its service's clock; no edit changes it.</param>
public sealed record PressedCard(MessageRef Message, DateTimeOffset Sent);

/// <summary>What the presser alone is told, once the press is stored.</summary>
/// <param name="Say">Null when the edited card says it all.</param>
/// <param name="Ask">Choices to offer to the presser; empty when there is nothing to ask.</param>
public sealed record PressAnswer(string? Say, IReadOnlyList<CardButton> Ask)
{
    public static readonly PressAnswer Done = new(null, []);

    /// <summary>It waits for a choice or for words.</summary>
    [JsonIgnore]
    public bool Asks => Form is not null || Ask.Count > 0;

    /// <summary>A form to fill in; then nothing is said and nothing was changed yet.</summary>
    public Form? Form { get; init; }
    public Picture? Picture { get; init; }

    public static PressAnswer Tell(string say) => new(say, []);
    public static PressAnswer FillIn(Form form) => new(null, []) { Form = form };
}

/// <summary>A few fields of text. What is written comes back as a press of <paramref name="Target"/> with its fields.</summary>
/// <param name="Title">At most 45 characters.</param>
/// <param name="Fields">One to five.</param>
public sealed record Form(string Title, PressTarget Target, IReadOnlyList<FormField> Fields);

/// <param name="Name">The key in <see cref="Press.Fields"/>.</param>
/// <param name="Label">At most 45 characters.</param>
/// <param name="Hint">Shown in the empty field, at most 100 characters.</param>
public sealed record FormField(string Name, string Label, bool Long = false, bool Required = false, string? Value = null, string? Hint = null, int Longest = 1000);

/// <param name="Name">"digest.png".</param>
/// <param name="Alt">What it shows, in words, for those who can't see it.</param>
public sealed record Picture(string Name, string Alt, byte[] Png);
