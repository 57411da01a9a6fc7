using System.Diagnostics;
using System.Globalization;
using ListeningBot.Benchmarks.Scoring;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Benchmarks.Trying;

/// <summary>A store of so many mentions over thirty days, one in a hundred judged, and a full sample; then a changed and a new watch are tried on all of it by the real engine.</summary>
internal static class BacktestLoad
{
    private const int Group = 1000;
    private const int JudgedEach = 100;
    private static readonly string[] Brands = ["acme", "nimbus", "nimbusbook", "rider", "cloudline"];

    public static async Task RunAsync(int mentions)
    {
        var folder = Directory.CreateTempSubdirectory("backtest").FullName;
        try
        {
            var time = TimeProvider.System;
            var began = time.GetTimestamp();
            await using var store = SqliteStore.Open(Path.Combine(folder, "bot.db"), NullLogger<SqliteStore>.Instance);
            var now = time.GetUtcNow();
            await FillAsync(store, mentions, now);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mentions:#,0} mentions and {SampleLimits.Default.Size:#,0} sampled posts made in {time.GetElapsedTime(began).TotalSeconds:0} s, {new FileInfo(Path.Combine(folder, "bot.db")).Length / 1e6:#,0} MB"));

            var before = WatchSet.Build([new Watch { Name = "brand", Team = "care", Find = Brands }, new Watch { Name = "shop", Team = "sales", Find = ["order", "delivery"] }], Ours.Nobody);
            var after = WatchSet.Build([new Watch { Name = "brand", Team = "care", Find = [.. Brands.Skip(1)], Exclude = ["weather", "broom"] }, before.Watches[1], new Watch { Name = "late", Team = "care", Find = ["late", "still waiting"] }], Ours.Nobody);
            GC.Collect();
            using var self = Process.GetCurrentProcess();
            var busy = self.TotalProcessorTime;
            began = time.GetTimestamp();
            var result = await new Backtest(store, new Scorer()).RunAsync(new BacktestPlan(before, after, now.AddDays(-31)));
            var took = time.GetElapsedTime(began);
            self.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tried in {took.TotalSeconds:0.0} s ({(self.TotalProcessorTime - busy).TotalSeconds:0.0} s of processor time): {(mentions + result.SampledPosts) / took.TotalSeconds:#,0} posts/s; heap {GC.GetTotalMemory(false) / 1e6:0} MB, process at most {self.PeakWorkingSet64 / 1e6:#,0} MB"));
            Console.WriteLine($"alerts {result.Alerts.Before.Total} -> {result.Alerts.After.Total}, confirmed complaints missed {result.Missed.Count}, of {result.Mentions} mentions and {result.SampledPosts} sampled posts");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(SqliteStore store, int mentions, DateTimeOffset now)
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
                    var id = tx.AddMention(Mention(texts[i % texts.Length], assessments[i % texts.Length], i, now - (mentions - i) * step));
                    if (i % JudgedEach == 0)
                    {
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
