using ListeningBot.Benchmarks.Scoring;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Storage;

namespace ListeningBot.Benchmarks.Trying;

/// <summary>A store of so many mentions over thirty days, some of them judged, and a full sample; and a change of watches to try on it.</summary>
internal static class TrialStore
{
    private const int Group = 1000;
    private static readonly string[] Brands = ["acme", "nimbus", "nimbusbook", "rider", "cloudline"];

    /// <summary>A changed watch and a new one.</summary>
    public static (WatchSet Before, WatchSet After) Change()
    {
        var before = WatchSet.Build([new Watch { Name = "brand", Team = "care", Find = Brands }, new Watch { Name = "shop", Team = "sales", Find = ["order", "delivery"] }], Ours.Nobody);
        var after = WatchSet.Build([new Watch { Name = "brand", Team = "care", Find = [.. Brands.Skip(1)], Exclude = ["weather", "broom"] }, before.Watches[1], new Watch { Name = "late", Team = "care", Find = ["late", "still waiting"] }], Ours.Nobody);
        return (before, after);
    }

    /// <param name="judgedEach">One mention of so many is judged, on the card of its case.</param>
    public static async Task FillAsync(SqliteStore store, int mentions, int judgedEach, DateTimeOffset now)
    {
        var texts = ScoringTexts.Posts();
        var scorer = new Scorer();
        var assessments = Array.ConvertAll(texts, text => scorer.Assess(text, Evidence.None));
        var step = TimeSpan.FromDays(30) / mentions;
        for (var from = 0; from < mentions; from += Group)
        {
            var first = from;
            await store.WriteAsync(tx =>
            {
                for (var i = first; i < Math.Min(mentions, first + Group); i++)
                {
                    var mention = Mention(texts[i % texts.Length], assessments[i % texts.Length], i, now - (mentions - i) * step);
                    var id = tx.AddMention(mention);
                    if (i % judgedEach == 0)
                    {
                        Open(tx, mention with { Id = id }, now);
                        tx.RecordVerdict(id, i % 3 == 0 ? Core.Pipeline.Verdict.NoComplaint : Core.Pipeline.Verdict.AComplaint, new Responder("member:anna", "Anna"), now);
                    }
                }
                return true;
            });
        }
        await store.WriteAsync(tx =>
        {
            for (var i = 0; i < SampleLimits.Default.Size; i++)
            {
                tx.AddSampled(Post(texts[i % texts.Length], -i - 1, now), 50, now);
            }
            return true;
        });
    }

    private static void Open(IStoreTx tx, Mention mention, DateTimeOffset now)
    {
        var opened = new Opened(tx.NextCaseId(), mention.Id, mention.Assessment.Priority, mention.Teams, mention.Posted, mention.FirstSeen);
        tx.SaveCase(Case.Open(opened), opened, now);
        tx.UpdateMention(mention with { CaseId = opened.CaseId, Standing = Standing.Case });
    }

    private static Mention Mention(string text, Assessment assessment, int number, DateTimeOffset at) => new()
    {
        Post = Post($"{Brands[number % Brands.Length]} {text}", number, at),
        Posted = at,
        FirstSeen = at,
        Assessment = assessment,
        Watches = ["brand"],
        Teams = ["care"],
        Standing = assessment.IsComplaint ? Standing.Case : Standing.Tray,
    };

    private static Post Post(string text, int number, DateTimeOffset at) => new()
    {
        Key = new PostKey("bluesky", $"did:plc:{number:x16}/{number}"),
        Channel = "bluesky",
        Kind = "bluesky",
        Text = text,
        Url = $"https://social.example/profile/{number}/post/{number}",
        Author = new Author { Id = $"did:plc:{number % 50_000:x16}", Name = "Somebody Or Other", Handle = $"somebody{number % 50_000}.social.example", Followers = number % 5000 },
        Lang = "en",
        Posted = at,
    };
}
