using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>/link: the one command that is for everybody.</summary>
public sealed partial class CommandDesk
{
    private static PressAnswer Link(Asked asked, IStoreTx tx, CaseWriter cases)
    {
        var written = asked["member"] ?? "";
        var member = asked.Responders.MemberNamed(written.ToLowerInvariant())
            ?? asked.Responders.Teams.SelectMany(team => team.People).FirstOrDefault(one => one.Name.Equals(written, StringComparison.OrdinalIgnoreCase) || one.Id.Equals(written, StringComparison.OrdinalIgnoreCase));
        return member is null
            ? PressAnswer.Tell($"I know nobody called \"{Plain.Line(written, 40)}\". The names stand in config/responders.yaml; ask an operator to add you.")
            : LinkDesk.Ask(tx, cases, asked.Actors, asked.Responders, asked.Command, member, asked.Now);
    }
}

/// <summary>Ties chat accounts to people: at once where nothing speaks against it, else when somebody who is known says yes.</summary>
internal static class LinkDesk
{
    public static PressAnswer Ask(IStoreTx tx, CaseWriter cases, Actors actors, Responders responders, Command command, Member member, DateTimeOffset now)
    {
        var account = command.By;
        if (actors.MemberOf(account.Id) is { } known)
        {
            return PressAnswer.Tell(known.Id == member.Id
                ? $"This account is {known.Name} already."
                : $"This account is {known.Name}: it can't be {member.Name} as well. Ask an operator if that is wrong.");
        }
        if (tx.LinkAskedBy(account.Id) is { } open)
        {
            return PressAnswer.Tell($"You have asked to be {NameOf(open, responders)}: that waits for a yes in the room for operators.");
        }
        var id = tx.AskLink(account.Id, account.Name, member.Id, now);
        var ownTeams = responders.Teams.Where(team => team.People.Any(one => one.Id == member.Id));
        if (actors.AccountsOf(member).Count == 0 && ownTeams.Any(team => team.Roles.Intersect(command.Roles).Any()))
        {
            tx.DecideLink(id, yes: true, "their role", now);
            return PressAnswer.Tell($"Welcome, {member.Name}. From now on this account acts for you, and you can be called.");
        }
        cases.WantCard(new CardKey($"link:{id}", Notices.OpsRoom));
        return PressAnswer.Tell($"Thank you. Somebody who is known must say that you are {member.Name}: I have asked in the room for operators.");
    }

    public static PressAnswer Decide(IStoreTx tx, CaseWriter cases, Responders responders, string account, Press press, DateTimeOffset now)
    {
        if (tx.LinkOf(press.Target.Subject) is not { } link)
        {
            return PressAnswer.Tell("This question is no longer kept. Nothing was changed.");
        }
        if (link.Yes is { } before)
        {
            return PressAnswer.Tell($"{link.DecidedBy} has said {(before ? "yes" : "no")} already.");
        }
        var yes = press.Target.Action == PressAction.LinkYes;
        if (yes && link.Account == account)
        {
            return PressAnswer.Tell("Somebody else must say who you are. Nothing was changed.");
        }
        if (yes && new Actors(tx, responders).MemberOf(link.Account) is { } other)
        {
            return PressAnswer.Tell($"That account is {other.Name} meanwhile. Nothing was changed.");
        }
        tx.DecideLink(link.Id, yes, press.By.Name, now);
        cases.WantCard(new CardKey($"link:{link.Id}", Notices.OpsRoom));
        return PressAnswer.Tell(yes ? $"{link.AccountName} is {NameOf(link, responders)} now." : $"{link.AccountName} stays unknown.");
    }

    /// <summary>The question as the room for operators shows it.</summary>
    public static NoticeCard Card(AccountLink link, Responders responders, CardKey key, int version)
    {
        var says = $"The account \"{link.AccountName}\" ({link.Account}) says that it is {NameOf(link, responders)}";
        return new NoticeCard
        {
            Key = key,
            Version = version,
            Good = link.Yes is not null,
            At = link.AskedAt,
            Text = link.Yes is { } yes ? $"{says}. {link.DecidedBy} has said {(yes ? "yes" : "no")}." : $"{says}. Is that so? Whoever says yes lets it act and be called in that name.",
            Buttons = link.Yes is not null ? []
                : [new CardButton("Yes, link it", new PressTarget(PressAction.LinkYes, link.Id)), new CardButton("No", new PressTarget(PressAction.LinkNo, link.Id))],
        };
    }

    private static string NameOf(AccountLink link, Responders responders) => responders.MemberNamed(link.Member)?.Name ?? link.Member;
}
