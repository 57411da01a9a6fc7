using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

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
        var its = known?.CaseId is { } id ? tx.CaseOf(id) : null;
        if (its is { Shadow: false })
        {
            return Already(its);
        }
        if (known is { Deleted: true } or { Standing: Standing.Ours })
        {
            return PressAnswer.Tell(known.Deleted ? "Its author deleted this post. Nothing is left to answer." : "That is our own answer.");
        }
        var listening = Deciding.Of(known is null ? heard.Watches : [.. Intake.MatchedBy(watches.Current, known.Post, known.Assessment).Union(heard.Watches)]);
        var hasTeam = known is { Watches.Count: > 0 } && !CaseWriter.IsTrial(known.Teams);
        if (TeamsFor(asked, hasTeam ? known!.Teams : [.. listening.Select(watch => watch.Team).Distinct()], out var why) is not { } teams)
        {
            return PressAnswer.Tell(why);
        }
        var mention = known is null ? Store(tx, heard, teams, asked.Now) : hasTeam ? known : OffTrial(known, listening, teams);
        return Enter(asked, tx, cases, mention, teams, trial: its);
    }

    /// <param name="trial">The case on trial that has the post, which nobody but the room for trials was shown: it goes on as a real one.</param>
    private static PressAnswer Enter(Asked asked, IStoreTx tx, CaseWriter cases, Mention mention, IReadOnlyList<string> teams, Case? trial)
    {
        var leavesAlone = trial is not null && cases.OnlyStandsIn(trial, mention.Post);
        mention = trial is null ? mention : cases.TakeOut(trial, mention);
        tx.RecordVerdict(mention.Id, Pipeline.Verdict.AComplaint, asked.By, asked.Now);
        tx.DecideTray(mention.Id, $"a complaint, by {asked.By.Name}", asked.Now);
        cases.WantTrayPages(mention.Id);
        var open = cases.Of(mention.Post, teams, complains: true);
        var @case = open ?? cases.Open(mention, teams, asked.By, to: asked["team"] is null ? null : teams);
        if (open is not null)
        {
            tx.UpdateMention(mention with { CaseId = open.Id, Standing = Standing.Case });
            cases.Join(open, mention with { Assessment = mention.Assessment with { IsComplaint = true } }, teams);
        }
        if (trial is not null)
        {
            cases.Happen(trial, new SplitOff(By: null, mention.Id, @case.Id, trial.FirstMention));
            cases.TakeAnswersAlong(trial, mention, tx.CaseOf(@case.Id)!);
        }
        if (trial is not null && !leavesAlone)
        {
            cases.EndTrial(trial.Id, goesOnAs: @case.Id);
        }
        var was = trial is null ? "" : $" It was case {trial.Id}, on trial only.";
        return open is not null ? Already(open, was)
            : new PressAnswer($"Case {@case.Id} is open, {@case.Priority.ToString().ToLowerInvariant()}, for {string.Join(" and ", @case.Teams)}.{was} Thank you for telling.", [Press("Claim", PressAction.Claim, @case, main: true), Press("Show", PressAction.Show, @case)]);
    }

    /// <summary>As a post that somebody entered: those on trial decide nothing of it any more.</summary>
    private static Mention OffTrial(Mention known, IReadOnlyList<Watch> listening, IReadOnlyList<string> teams)
    {
        string[] real = [.. listening.Where(watch => !watch.Shadow).Select(watch => watch.Name)];
        return known with { Watches = real, OnTrial = [.. known.OnTrial.Union(known.Watches).Except(real)], Teams = teams };
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

    private static PressAnswer Already(Case @case, string was = "") => new(
        $"This is case {@case.Id} already: {CaseSheet.Standing(@case)}.{was}",
        [Press("Show", PressAction.Show, @case), .. @case.IsFree ? [Press("Claim", PressAction.Claim, @case, main: true)] : @case.HasEnded && @case.MergedInto is null ? [Press("Reopen", PressAction.Reopen, @case)] : Array.Empty<CardButton>()]);

    private static CardButton Press(string label, PressAction action, Case @case, bool main = false) => new(label, new PressTarget(action, @case.Id), Main: main);
}
