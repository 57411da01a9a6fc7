using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>The bot speaks to operators about itself, in the ops room: once when something broke, once when it is well again.</summary>
public static class Notices
{
    public const string OpsRoom = "ops";

    /// <summary>Returns the notice's id.</summary>
    public static long Add(IStoreTx tx, string text, bool good, DateTimeOffset now)
    {
        var id = tx.AddNotice(text, good, now);
        tx.WantCard(new CardKey($"notice:{id}", OpsRoom), 1, Priority.High, now, now);
        return id;
    }
}
