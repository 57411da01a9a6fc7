using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>One post, brought by two channels of its service: the search finds it for one team, and the community's own place for another. Whichever came first takes it away from nobody.</summary>
public sealed partial class Recorder
{
    private const string HeardByOthers = "heard by another watch too: now a case";

    /// <summary>Another channel brings it to real watches that have not heard it. What people called no complaint stays so, and at first contact what is old alerts nobody.</summary>
    private bool HearsMore(Mention known, Heard heard) =>
        heard is { ByUs: false } && known is { Deleted: false, Standing: Standing.Case or Standing.Tray or Standing.Baseline }
        && heard.Post.Channel != known.Post.Channel
        && heard.Watches.Any(watch => !watch.Shadow && !known.Watches.Contains(watch.Name))
        && !(_firstContact && (heard.Post.Posted is null || IsBaseline(heard.Post)));

    private void HearAgain(Mention known, Heard heard)
    {
        var both = ByBoth(known, heard);
        if (known.Standing != Standing.Case)
        {
            Rise(AsHeardNow(both, heard, joins: null), heard, HeardByOthers);
            _cases.WantTrayPages(known.Id);
        }
        else if (known.CaseId is not { } id || tx.CaseOf(id) is not { } @case || WasDismissed(@case, known))
        {
            return;
        }
        else if (@case.Shadow)
        {
            LeaveTrial(@case, AsHeardNow(both, heard, @case), heard, HeardByOthers);
        }
        else if (Complains(heard) && _cases.OnlyStandsIn(@case, known.Post))
        {
            Leave(@case, AsHeardNow(both, heard, @case), heard, HeardByOthers);
        }
        else if (!@case.HasEnded)
        {
            ShowToOthers(@case, both, heard);
        }
    }

    /// <summary>The teams whose watches alert on a post of a case too.</summary>
    private void ShowToOthers(Case @case, Mention both, Heard heard)
    {
        if (Complains(heard) && !heard.ByAddress)
        {
            tx.UpdateMention(both);
            var (teams, to, _) = Alerted(heard, AsHeardNow(both, heard, @case));
            _cases.ShowTo(@case, both, teams, to);
        }
    }

    /// <summary>People judged it with the case. What no watch had heard only stood below: nobody judged that.</summary>
    private static bool WasDismissed(Case @case, Mention known) => @case.Outcome is Outcome.NotAComplaint or Outcome.NotOurs && (@case.Shadow || known.Watches.Count > 0);

    /// <summary>Where no team is alerted the post alone leaves, for its maybe list; and what only stood in it leaves alone too.</summary>
    private void LeaveTrial(Case trial, Mention mention, Heard heard, string verdict)
    {
        var standsIn = _cases.OnlyStandsIn(trial, mention.Post);
        Leave(trial, mention, heard, verdict);
        if (!standsIn && tx.MentionOf(mention.Id)?.CaseId is { } own && own != trial.Id)
        {
            _cases.EndTrial(trial.Id, goesOnAs: own);
        }
    }

    /// <summary>The hearing that alerts is shown: a search may have given the beginning of the words only.</summary>
    private Mention AsHeardNow(Mention both, Heard heard, Case? joins) =>
        _cases.WithEvidence(both with { Post = heard.Post with { Author = heard.Post.Author.Or(both.Post.Author) }, Assessment = heard.Assessment }, joins);

    /// <summary>As if one channel had brought it to all of them: those on trial decide nothing beside a real one.</summary>
    private Mention ByBoth(Mention known, Heard heard)
    {
        var more = Mention(heard, known.Standing);
        var wasTrial = CaseWriter.IsTrial(known.Teams);
        IReadOnlyList<string> watches = wasTrial ? more.Watches : [.. known.Watches.Union(more.Watches)];
        return known with
        {
            Watches = watches,
            OnTrial = [.. known.OnTrial.Concat(known.Watches).Union(more.OnTrial).Except(watches)],
            Found = [.. known.Found.UnionBy(more.Found, found => found.Watch)],
            Teams = wasTrial ? more.Teams : [.. known.Teams.Union(more.Teams)],
        };
    }
}
