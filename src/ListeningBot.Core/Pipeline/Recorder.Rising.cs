using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What was kept and is heard as a complaint only now, because it was edited or heard by another watch: it becomes a case, out of the maybe list or out of the thread of another.</summary>
public sealed partial class Recorder
{
    /// <summary>It is heard as if it came now, as when who only stood in the thread of a case complains there.</summary>
    private void Leave(Case left, Mention mention, Heard heard, string verdict)
    {
        Rise(_cases.TakeOut(left, mention), heard, verdict);
        if (tx.MentionOf(mention.Id)?.CaseId is { } id && id != left.Id && tx.CaseOf(id) is { } own)
        {
            _cases.Happen(left, new SplitOff(By: null, mention.Id, id, left.FirstMention));
            _cases.TakeAnswersAlong(left, mention, own);
        }
    }

    /// <param name="verdict">What the maybe lists that have it say of it from now on.</param>
    private void Rise(Mention mention, Heard heard, string verdict)
    {
        if (!Complains(heard))
        {
            WaitAgain(mention);
        }
        else if (Alerted(heard, mention).Silence is { } silence)
        {
            WaitAgain(mention);
            tx.HoldBack(mention.Id, silence.Id);
        }
        else
        {
            tx.DecideTray(mention.Id, verdict, now);
            LeaveTray(mention, heard);
        }
    }

    /// <summary>For the teams that hear it now, and as if it had never been decided.</summary>
    private void WaitAgain(Mention mention)
    {
        if (mention.Standing != Standing.Tray)
        {
            _cases.WantTrayPages(mention.Id);
            tx.Unlist(mention.Id);
        }
        tx.UpdateMention(mention with { Standing = Standing.Tray });
        tx.AddToTray(mention.Id, CaseWriter.RoomsOf(mention), mention.Assessment.Complaint, now);
    }

    private void LeaveTray(Mention mention, Heard heard)
    {
        if (_cases.Of(heard.Post, mention.Teams, complains: true) is { } open)
        {
            tx.UpdateMention(mention with { CaseId = open.Id, Standing = Standing.Case });
            Join(open, mention, heard);
        }
        else
        {
            Open(mention, heard);
        }
    }
}
