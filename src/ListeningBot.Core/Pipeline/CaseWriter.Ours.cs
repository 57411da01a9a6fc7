using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What we answered in the thread of a case.</summary>
public sealed partial class CaseWriter
{
    /// <summary>So many answers of ours in a row go on with one another.</summary>
    private const int MostOfOurs = 20;

    /// <summary>It marks the case answered, at its true time, unless it is for somebody else there.</summary>
    public void Answer(Case thread, Mention ours)
    {
        ExpectAnswers(thread, ours.Post);
        if (ForWhom(ours.Post) is not { Post: { Private: false } answered } || !IsBystanders(thread, answered))
        {
            Happen(thread, new AnsweredByUs(CardWriter.Who(ours.Post.Author), ours.Posted));
        }
    }

    /// <summary>What this post answers, where it is known.</summary>
    public Mention? AnsweredBy(Post post) => post.InReplyTo is { } key ? tx.MentionOf(key) : null;

    /// <summary>Whose post our answer is for: one that goes on with another is for whom that was. Null where it is not known.</summary>
    private Mention? ForWhom(Post ours)
    {
        var answered = AnsweredBy(ours);
        for (var left = MostOfOurs; left > 0 && answered is { Standing: Standing.Ours }; left--)
        {
            answered = AnsweredBy(answered.Post);
        }
        return answered is { Standing: Standing.Ours } ? null : answered;
    }
}
