using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>/case and /promise.</summary>
public sealed partial class CommandDesk
{
    private static PressAnswer ShowCase(Asked asked) =>
        asked.CaseOf("number", out var why) is { } @case ? CaseSheet.Write(asked.View, @case, asked.Zone, asked.Now) : PressAnswer.Tell(why);

    /// <summary>As if it were pressed on the card.</summary>
    private static PressAnswer Promise(Asked asked, IStoreTx tx, CaseWriter cases) =>
        PressOn(asked, tx, cases, "case", PressAction.Promise, null, ("when", asked["when"]), ("what", asked["what"]));

    private static PressAnswer Merge(Asked asked, IStoreTx tx, CaseWriter cases) =>
        Asked.NumberOf(asked["into"] ?? "") is { } into
            ? PressOn(asked, tx, cases, "number", PressAction.Merge, $"{into}")
            : PressAnswer.Tell("Into which case? Write its number: it stands on the card.");

    private static PressAnswer SetPriority(Asked asked, IStoreTx tx, CaseWriter cases) => PressOn(asked, tx, cases, "number", PressAction.Priority, asked["is"]);

    private static PressAnswer Split(Asked asked, IStoreTx tx, CaseWriter cases) => PressOn(asked, tx, cases, "number", PressAction.Split, null);

    private static PressAnswer PressOn(Asked asked, IStoreTx tx, CaseWriter cases, string option, PressAction action, string? value, params (string Name, string? Text)[] fields)
    {
        if (asked.CaseOf(option, out var why) is not { } @case)
        {
            return PressAnswer.Tell(why);
        }
        var press = new Press(asked.Command.Id, asked.ActorOn(@case), new PressTarget(action, @case.Id, value))
        {
            Roles = asked.Command.Roles,
            Fields = fields.Where(field => field.Text is not null).ToDictionary(field => field.Name, field => field.Text!, StringComparer.Ordinal),
        };
        return new CasePresses(tx, cases, @case, press, asked.Policy, asked.Now).Take();
    }

    /// <summary>Scored before the store is asked: nothing else waits for it.</summary>
    private Task<PressAnswer> NewCaseAsync(Command command)
    {
        var post = SeenPost.Of(command.Options.GetValueOrDefault("what") ?? "", command.Options.GetValueOrDefault("author"), out var why);
        if (post is null)
        {
            return LookAsync(command, _ => PressAnswer.Tell(why));
        }
        var heard = intake.Listen(ChangeKind.Added, post, watches.Current);
        return ChangeAsync(command, (asked, tx, cases) => NewCase(asked, tx, cases, heard));
    }

    private PressAnswer NewCase(Asked asked, IStoreTx tx, CaseWriter cases, Heard heard)
    {
        var known = tx.MentionOf(heard.Post.Key) ?? (WebAddress.Of(heard.Post.Url) is { } address ? tx.MentionAt(address) : null);
        if (known is { CaseId: { } id } && tx.CaseOf(id) is { } its)
        {
            return Already(its);
        }
        if (known is { Deleted: true } or { Standing: Standing.Ours })
        {
            return PressAnswer.Tell(known.Deleted ? "Its author deleted this post. Nothing is left to answer." : "That is our own answer.");
        }
        if (TeamsFor(asked, known?.Watches.Count > 0 ? known.Teams : [.. Deciding.Of(heard.Watches).Select(watch => watch.Team).Distinct()], out var why) is not { } teams)
        {
            return PressAnswer.Tell(why);
        }
        var mention = known ?? Store(tx, heard, teams, asked.Now);
        tx.RecordVerdict(mention.Id, Pipeline.Verdict.AComplaint, asked.By, asked.Now);
        tx.DecideTray(mention.Id, $"a complaint, by {asked.By.Name}", asked.Now);
        cases.WantTrayPages(mention.Id);
        if (cases.Of(mention.Post, teams, complains: true) is { } open)
        {
            tx.UpdateMention(mention with { CaseId = open.Id, Standing = Standing.Case });
            cases.Join(open, mention with { Assessment = mention.Assessment with { IsComplaint = true } }, teams);
            return Already(open);
        }
        var @case = cases.Open(mention, teams, asked.By, to: asked["team"] is null ? null : teams);
        return new PressAnswer($"Case {@case.Id} is open, {@case.Priority.ToString().ToLowerInvariant()}, for {string.Join(" and ", @case.Teams)}. Thank you for telling.", [Press("Claim", PressAction.Claim, @case, main: true), Press("Show", PressAction.Show, @case)]);
    }

    /// <summary>A link alone has no words to score: nobody knows how bad it is, so it is not put last.</summary>
    private static Mention Store(IStoreTx tx, Heard heard, IReadOnlyList<string> teams, DateTimeOffset now)
    {
        var mention = new Mention
        {
            Post = heard.Post,
            Posted = PostTime.Clamp(heard.Post.Posted, now),
            FirstSeen = now,
            Assessment = heard.Post.Text == heard.Post.Url && heard.Assessment.Priority < Priority.Normal ? heard.Assessment with { Priority = Priority.Normal } : heard.Assessment,
            Watches = [.. Deciding.Of(heard.Watches).Select(watch => watch.Name)],
            OnTrial = [.. heard.Watches.Except(Deciding.Of(heard.Watches)).Select(watch => watch.Name)],
            Found = heard.Found,
            Teams = teams,
            Standing = Standing.Case,
        };
        return mention with { Id = tx.AddMention(mention) };
    }

    /// <summary>The team that was written; those of its watches; that of the room; the only one there is. Null: <paramref name="why"/> asks for it.</summary>
    private IReadOnlyList<string>? TeamsFor(Asked asked, IReadOnlyList<string> watching, out string why)
    {
        var written = TeamWritten(asked, out var unknown);
        var known = TeamsKnown(asked);
        why = unknown ?? $"Which team shall answer? Add the team: {string.Join(", ", known)}.";
        return unknown is not null ? null
            : written is not null ? [written]
            : watching.Count > 0 ? watching
            : asked.Command.Room is { } room && known.Contains(room) ? [room]
            : known.Count == 1 ? known
            : null;
    }

    private static PressAnswer Already(Case @case) => new(
        $"This is case {@case.Id} already: {CaseSheet.Standing(@case)}.",
        [Press("Show", PressAction.Show, @case), .. @case.IsFree ? [Press("Claim", PressAction.Claim, @case, main: true)] : @case.HasEnded && @case.MergedInto is null ? [Press("Reopen", PressAction.Reopen, @case)] : Array.Empty<CardButton>()]);

    private static CardButton Press(string label, PressAction action, Case @case, bool main = false) => new(label, new PressTarget(action, @case.Id), Main: main);
}
