using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>What its author changed: whether it says something else now, and what that makes of it.</summary>
public sealed partial class Recorder
{
    private const string TurnedByAuthor = "edited by its author: now a case";
    private const double AnotherMeaning = 0.2;

    /// <summary>Sources tell again what nobody changed, above all when they are asked: nothing is written for it.</summary>
    private static bool SaysElse(Post known, Post told) => (known.Text, known.Title, known.Stars) != (told.Text, told.Title, told.Stars);

    /// <summary>Of what its author changed long after, a channel may not know any more that it had read it, and tells it as new: an edit where its time is that of the change (a review in an app store).</summary>
    private static bool IsSaidLater(Post known, Heard heard) =>
        heard is { ByUs: false, Post: { Private: false } told } && told.Channel == known.Channel && told.Posted - known.Posted >= TimeSpan.FromSeconds(1)
        && AuthorName.Of(told) is { } author && author == AuthorName.Of(known);

    private void Edit(Mention known, Heard heard)
    {
        var edited = known with { Post = heard.Post with { Author = heard.Post.Author.Or(known.Post.Author) }, Assessment = heard.Assessment };
        var @case = known.CaseId is { } id ? tx.CaseOf(id) : null;
        edited = heard.ByUs ? edited : _cases.WithEvidence(edited, @case);
        var isAnew = SaysAnew(edited, known);
        edited = SaysOtherwise(edited, known) ? edited with { RewrittenAt = now } : edited;
        tx.UpdateMention(edited);
        var isTheirs = @case is not null && known.Standing == Standing.Case && !heard.ByUs;
        if (isTheirs && LeavesTrial(@case!, known, edited, heard))
        {
            LeaveTrial(@case!, SpeaksUp(edited, known) ? SaidNow(edited, heard) : ByBoth(edited, heard), heard, TurnedByAuthor);
            return;
        }
        if (isTheirs && Complains(heard) && (SpeaksUp(edited, known) || IsHeardAnew(known, heard)) && _cases.OnlyStandsIn(@case!, edited.Post))
        {
            Leave(@case!, SaidNow(edited, heard), heard, TurnedByAuthor);
            return;
        }
        if (@case is not null)
        {
            // Before the edit calls anybody: a watch's team may have another name than when the case was opened.
            var hasOthers = isTheirs && !@case.Shadow && (IsHeardAnew(known, heard) || heard.Watches.Any(watch => !watch.Shadow && !@case.Teams.Contains(watch.Team)));
            if (hasOthers && (!@case.HasEnded || SpeaksUp(edited, known)))
            {
                ShowToOthers(@case, ByBoth(edited, heard), heard);
                @case = tx.CaseOf(@case.Id) ?? @case;
            }
            _cases.Edit(@case, edited, SoundsMoreUrgent(edited, known) && !heard.ByUs ? edited.Assessment.Priority : Priority.Low, isAngry: edited.Assessment.IsComplaint && !heard.ByUs && SpeaksUp(edited, known), isAnew: isAnew && !heard.ByUs);
            if (hasOthers && @case.HasEnded && tx.CaseOf(@case.Id) is { HasEnded: false } its)
            {
                ShowToOthers(its, ByBoth(edited, heard), heard);
            }
            return;
        }
        if (!heard.ByUs && Complains(heard) && (known.Standing == Standing.Tray || (known.Standing is Standing.Baseline or Standing.Dismissed && SpeaksUp(edited, known))))
        {
            Rise(SaidNow(edited, heard), heard, TurnedByAuthor);
        }
        else if (!heard.ByUs && known.Standing == Standing.Tray && IsHeardAnew(known, heard))
        {
            WaitAgain(ByBoth(edited, heard));
        }
        _cases.WantTrayPages(known.Id);
    }

    /// <summary>A real watch hears it now. What people ended stays so, unless it says another thing that alerts.</summary>
    private static bool LeavesTrial(Case @case, Mention known, Mention edited, Heard heard) =>
        @case.Shadow && IsHeardAnew(known, heard) && (!@case.HasEnded || (Complains(heard) && SpeaksUp(edited, known)));

    /// <summary>A real watch hears it that had not heard it, or on trial only.</summary>
    private static bool IsHeardAnew(Mention known, Heard heard) => heard.Watches.Any(watch => !watch.Shadow && (CaseWriter.IsTrial(known.Teams) || !known.Watches.Contains(watch.Name)));

    /// <summary>What is said now was not there before: it waits since now, for who listens to it now.</summary>
    private Mention SaidNow(Mention edited, Heard heard)
    {
        var said = Mention(heard, edited.Standing);
        return edited with
        {
            Posted = heard.Post.Posted - edited.Posted >= TimeSpan.FromSeconds(1) ? said.Posted : now,
            Watches = said.Watches,
            OnTrial = said.OnTrial,
            Found = said.Found,
            Teams = said.Teams,
        };
    }

    /// <summary>A comma that was set right does not overrule people who know better how urgent it is.</summary>
    private static bool SoundsMoreUrgent(Mention edited, Mention known) =>
        edited.Assessment.IsComplaint && (!known.Assessment.IsComplaint || edited.Assessment.Priority > known.Assessment.Priority);

    /// <summary>It says what it did not say before: graver, with fewer stars, or in words most of which are new. A comma that was set right, and thanks below old anger, are no new anger.</summary>
    private static bool SpeaksUp(Mention edited, Mention known) =>
        SoundsMoreUrgent(edited, known) || edited.Post.Stars < known.Post.Stars || Copies.IsRewritten(known.Post, edited.Post);

    /// <summary>The same, or better: also with more stars.</summary>
    private static bool SaysAnew(Mention edited, Mention known) => SpeaksUp(edited, known) || edited.Post.Stars > known.Post.Stars;

    /// <summary>Other words, or by what goes with them another meaning by far: what people said of it before was said of something else.</summary>
    private static bool SaysOtherwise(Mention edited, Mention known) =>
        Copies.IsRewritten(known.Post, edited.Post) || Math.Abs(edited.Assessment.Complaint - known.Assessment.Complaint) >= AnotherMeaning;
}
