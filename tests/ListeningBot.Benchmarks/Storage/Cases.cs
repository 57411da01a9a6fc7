using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Benchmarks.Storage;

/// <summary>What one complaint makes the store write: mention, case, event, two keys, card, cursor.</summary>
internal static class Cases
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private const string Text = "Still waiting for my Acme laptop, ordered three weeks ago, paid in full, and nobody answers the phone. The shop says it was sent, the carrier "
        + "says it never got it. I need it for work on Monday. How can a company of this size lose a parcel twice? #acme #fail";

    public static Mention Mention(int number) => new()
    {
        Post = new Post
        {
            Key = new PostKey("bluesky", $"at://did:plc:abcdefghijklmnopqrst/app.bsky.feed.post/{number}"),
            Channel = "bluesky",
            Kind = "bluesky",
            Text = Text,
            Url = $"https://social.example/profile/mia/post/{number}",
            Author = new Author { Id = $"did:plc:{number}", Name = "Mia Lang", Handle = "mia.social.example" },
            Lang = "en",
            Posted = Now,
        },
        Posted = Now,
        FirstSeen = Now,
        Assessment = new Assessment
        {
            Complaint = 0.93,
            IsComplaint = true,
            Sentiment = -0.7,
            SentimentLabel = "negative",
            Urgency = 0.6,
            Priority = Priority.High,
            Aspect = "delivery",
            Lang = "en",
            Reasons = [new Reason("waiting", 1.4, "says \"still waiting\""), new Reason("money", 0.7, "says \"paid in full\""), new Reason("contact", 0.6, "says \"nobody answers\"")],
        },
        Watches = ["acme"],
        Teams = ["care"],
        Standing = Standing.Case,
    };

    public static Case Case(long id, long mention, Mention first) => new()
    {
        Id = id,
        Version = 1,
        State = CaseState.Unclaimed,
        Priority = Priority.High,
        Teams = first.Teams,
        Posted = first.Posted,
        FirstSeen = first.FirstSeen,
        FirstMention = mention,
        Voices = 1,
        Due = Now.AddMinutes(15),
    };

    public static Opened Opened(Case @case) => new(@case.Id, @case.FirstMention, @case.Priority, @case.Teams, @case.Posted, @case.FirstSeen);

    public static long Record(IStoreTx tx, int number)
    {
        var id = tx.NextCaseId();
        var mention = Mention(number) with { CaseId = id };
        var @case = Case(id, tx.AddMention(mention), mention);
        tx.SaveCase(@case, Opened(@case), Now);
        tx.TakeKey("thread " + mention.Post.Key, id, ThreadHash.Of(mention.Post.Key));
        tx.TakeKey("author bluesky " + mention.Post.Author.Id + " care", id);
        tx.WantCard(new CardKey("case:" + id, "care"), 1, @case.Priority, @case.Posted, Now);
        tx.MoveCursor("bluesky", new Cursor(number.ToString()), Now);
        return id;
    }
}
