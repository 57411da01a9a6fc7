using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What we write ourselves: to whom it is an answer.</summary>
public sealed partial class Recorder
{
    /// <summary>Our own posts open nothing; our answer in a thread of an open case marks it answered, at its true time, unless it is for somebody else there. What a machine of ours sent answers nobody, nor what goes among ourselves.</summary>
    private void HearOurselves(Heard heard, Case? thread)
    {
        if (thread is null || heard.Post is { Automatic: true } or { AnswersNobody: true })
        {
            return;
        }
        var answer = Mention(heard, Standing.Ours) with { CaseId = thread.Id };
        tx.AddMention(answer);
        _cases.Answer(thread, answer);
    }

    /// <summary>Our answer came as a copy to our own inbox before it was read where we send from.</summary>
    private void TurnsOutOurs(Mention known, Heard heard)
    {
        if (heard.Post is { Automatic: true } or { AnswersNobody: true } || _cases.OfThread(heard.Post) is not { } thread || known.CaseId != thread.Id)
        {
            return;
        }
        var ours = known with { Post = heard.Post, Standing = Standing.Ours };
        tx.UpdateMention(ours);
        _cases.Answer(thread, ours);
    }
}
