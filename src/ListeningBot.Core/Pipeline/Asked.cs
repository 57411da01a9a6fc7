using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>A command that is being answered, over one moment of the store: who asks, what for, and times as they are told to this person.</summary>
internal sealed class Asked(Command command, IStoreView view, Policy policy, DateTimeOffset now)
{
    public Command Command => command;
    public IStoreView View => view;
    public Policy Policy => policy;
    public Responders Responders => policy.Responders;
    public DateTimeOffset Now => now;
    public Actors Actors { get; } = new(view, policy.Responders);

    /// <summary>Whoever may not act is told why, and nothing is shown or changed.</summary>
    public bool MayAct => Actors.MayAct(command.By.Id, command.Roles) && !IsFromAnywhere;

    /// <summary>As long as nobody is described, who may read a room acts on its cards; a command can be typed anywhere in a server, also by customers.</summary>
    private bool IsFromAnywhere => command.Room is null && Responders.DescribeNobody;
    public string WhyNot => IsFromAnywhere
        ? "As long as config/responders.yaml describes nobody, commands work only in the channels that show cards, and in the threads there. Nothing was changed."
        : Actors.WhyNot();
    public Responder By => Actors.PersonOf(command.By);

    /// <summary>Where the asker lives, else where the team of this room works.</summary>
    public string Zone => Actors.MemberOf(command.By.Id) is { } member ? policy.Responders.ZoneOf(member) : policy.Responders.TeamOf(command.Room ?? "").Zone;

    /// <summary>What was written for an option, or null.</summary>
    public string? this[string option] => command.Options.GetValueOrDefault(option)?.Trim() is { Length: > 0 } written ? written : null;

    public string When(DateTimeOffset at) => WhenWords.InWords(at, Zone, now);

    /// <summary>"12 min", "3 h", "2 days".</summary>
    public string Age(DateTimeOffset since) => Wording.InWords(now - since);

    /// <summary>The asker as the one who acts on this case.</summary>
    public Responder ActorOn(Case @case) => Actors.Actor(command.By, command.Roles, @case) ?? By;

    /// <summary>The case whose number was written, else the one in whose thread the command was typed. Null: <paramref name="why"/> says why.</summary>
    public Case? CaseOf(string option, out string why)
    {
        var written = this[option];
        var number = written is null ? PressDesk.CaseUnder(view, command.Under, command.Thread)?.Id : NumberOf(written);
        why = (written, number) switch
        {
            (null, null) => "Which case? Write its number, or type this in the case's thread.",
            (_, null) => $"\"{Plain.Line(written, 20)}\" is no case number. It stands on the card: \"#12\".",
            _ => $"Case {number} is not known, or no longer kept.",
        };
        return number is { } id ? view.CaseOf(id) : null;
    }

    /// <summary>12 in "12", "#12" and "case 12".</summary>
    public static long? NumberOf(string written)
    {
        var digits = written.Trim();
        digits = digits.StartsWith("case ", StringComparison.OrdinalIgnoreCase) ? digits["case ".Length..].Trim() : digits;
        return long.TryParse(digits.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
