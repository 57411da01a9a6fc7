using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Tests.Support;

/// <summary>Ordinary things for tests; change what matters with `with`.</summary>
public static class Some
{
    public static Post Post(string text = "My Acme laptop died again, third time this month", string id = "1", string channel = "posts") => new()
    {
        Key = new PostKey("replay:" + channel, id),
        Channel = channel,
        Kind = "replay",
        Text = text,
        Url = "https://social.example/" + id,
        Author = new Author { Id = "mia", Name = "Mia Lang", Handle = "mia" },
        Posted = ManualClock.Start - TimeSpan.FromMinutes(2),
    };

    public static Watch Watch(string name = "acme", params string[] find) => new()
    {
        Name = name,
        Team = "care",
        Find = find.Length == 0 ? ["acme"] : find,
    };

    /// <summary>An item that its channel could not understand.</summary>
    public static DeadLetter BadItem(string channel, string why, string raw) => new(DeadKind.Item, channel, "", why) { Raw = raw };

    public static Assessment Assessment(double complaint = 0.9, Priority priority = Priority.Normal) => new()
    {
        Complaint = complaint,
        IsComplaint = complaint >= 0.5,
        Sentiment = -0.6,
        SentimentLabel = "negative",
        Urgency = 0.4,
        Priority = priority,
        Aspect = "quality",
        Lang = "en",
        Reasons = [new Reason("failure", 1.2, "says \"died again\"")],
    };

    public static long OpenCase(IStoreTx tx, string team, DateTimeOffset now, Priority priority = Priority.Normal, string post = "1")
    {
        var mention = new Mention { Post = Post(id: post), Posted = now, FirstSeen = now, Assessment = Assessment(priority: priority), Watches = ["acme"], Teams = [team], Standing = Standing.Case };
        return new CaseWriter(tx, now, new Policy()).Open(mention with { Id = tx.AddMention(mention) }, [team]).Id;
    }
}
