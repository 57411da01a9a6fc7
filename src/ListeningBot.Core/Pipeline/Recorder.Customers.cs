using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What a customer says for the first time: the next word on a case, a case of its own, or one more of the maybe list.</summary>
public sealed partial class Recorder
{
    private void HearCustomer(Heard heard, bool firstContact)
    {
        if (firstContact && IsBaseline(heard.Post))
        {
            Store(Mention(heard, Standing.Baseline));
        }
        else if (CaseOf(heard) is { } open)
        {
            Join(open, Store(_cases.WithEvidence(Mention(heard, Standing.Case) with { CaseId = open.Id }, open), open.Trace), heard);
        }
        else if (Complains(heard))
        {
            HearComplaint(heard, firstContact);
        }
        else
        {
            Maybe(heard);
        }
    }

    /// <summary>Whose own case has ended speaks of that one, also where it was told below another customer's open one.</summary>
    private Case? CaseOf(Heard heard) => _cases.Of(heard.Post, Teams(heard), Complains(heard)) is { } open
        ? (_cases.IsOthers(open, heard.Post) ? SpokenOf(heard) : null) ?? open
        : SpokenOf(heard) ?? GoesOnWith(heard);

    private Case? SpokenOf(Heard heard) => _cases.SpokenOf(heard.Post, heard.Assessment, aboutUs: heard.Watches.Any(watch => !watch.Shadow));

    /// <summary>What no watch matched may still be its customer's next word on an open case.</summary>
    private Case? GoesOnWith(Heard heard) => heard.Watches.Count > 0 ? null : _cases.GoesOnWith(heard.Post, heard.Assessment);

    private void HearComplaint(Heard heard, bool firstContact)
    {
        var mention = _cases.WithEvidence(Mention(heard, Standing.Case), joins: null);
        if (Alerted(heard, mention).Silence is { } silence)
        {
            tx.HoldBack(Maybe(heard).Id, silence.Id);
        }
        else if (firstContact && heard.Post.Posted is null)
        {
            // Of what has no date nobody knows how old it is: at first contact a whole source of it would flood the room.
            Maybe(heard);
        }
        else
        {
            var trial = CaseWriter.IsTrial(Teams(heard)) ? null : _cases.TrialOf(heard.Post);
            var stored = Store(mention);
            Open(stored, heard);
            if (trial is not null && tx.MentionOf(stored.Id)?.CaseId is { } own)
            {
                _cases.EndTrial(trial.Id, goesOnAs: own);
            }
        }
    }

    private void Open(Mention mention, Heard heard)
    {
        var (teams, to, _) = Alerted(heard, mention);
        _cases.Open(mention, teams, to: to);
        _opened++;
    }

    /// <summary>An answer that names nobody belongs to those who have the case, not to the first watch besides.</summary>
    private void Join(Case open, Mention mention, Heard heard)
    {
        var (teams, to, _) = Alerted(heard, mention);
        if (heard.ByAddress)
        {
            (teams, to) = (to.Count > 0 ? open.Teams : [], []);
        }
        _cases.Join(open, mention, teams, to: to);
    }

    private Mention Maybe(Heard heard)
    {
        var maybe = Store(Mention(heard, Standing.Tray));
        tx.AddToTray(maybe.Id, CaseWriter.RoomsOf(maybe), maybe.Assessment.Complaint, now);
        _tray++;
        return maybe;
    }
}
