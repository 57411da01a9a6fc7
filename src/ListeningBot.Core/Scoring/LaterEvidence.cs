namespace ListeningBot.Core.Scoring;

/// <summary>What only the store knows of a post, after its words were judged.</summary>
public static class LaterEvidence
{
    /// <summary>The assessment with the urgency that <see cref="Evidence.Thread"/> and <see cref="Evidence.Earlier"/> give it; unchanged when they give none.</summary>
    /// <param name="before">The urgency of what the same author complained of before: who writes again has a trouble at least as urgent. 0 when there is nothing.</param>
    public static Assessment Knowing(this Assessment said, bool thread, int earlier, double before = 0)
    {
        var evidence = new Evidence { Thread = thread, Earlier = earlier };
        var ofThread = UrgencyEvidence.Thread(thread) * said.Complaint;
        var ofEarlier = UrgencyEvidence.Repetition(earlier) * said.Complaint;
        ofEarlier += ofEarlier > 0 && said.IsComplaint ? Math.Max(0, before - said.Urgency) : 0;
        if (ofThread + ofEarlier == 0)
        {
            return said;
        }
        var reasons = said.PriorityReasons.ToList();
        Add(GroundCodes.Thread, ofThread);
        Add(GroundCodes.Repetition, ofEarlier);
        var urgency = Math.Round(Math.Min(1, said.Urgency + ofThread + ofEarlier), 4);
        return said with { Urgency = urgency, Priority = Urgency.PriorityOf(urgency), PriorityReasons = reasons };

        void Add(byte code, double term)
        {
            if (term >= UrgencyEvidence.LeastNamed)
            {
                reasons.Add(Reasons.Of(code, term, evidence));
            }
        }
    }
}
