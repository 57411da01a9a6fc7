using System.Diagnostics;
using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Benchmarks.Trying;

/// <summary>A store of so many mentions over thirty days, one in a hundred judged, and a full sample; then a changed and a new watch are tried on all of it by the real engine.</summary>
internal static class BacktestLoad
{
    private const int JudgedEach = 100;

    public static async Task RunAsync(int mentions)
    {
        var folder = Directory.CreateTempSubdirectory("backtest").FullName;
        try
        {
            var time = TimeProvider.System;
            var began = time.GetTimestamp();
            await using var store = SqliteStore.Open(Path.Combine(folder, "bot.db"), NullLogger<SqliteStore>.Instance);
            var now = time.GetUtcNow();
            await TrialStore.FillAsync(store, mentions, JudgedEach, now);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mentions:#,0} mentions and {SampleLimits.Default.Size:#,0} sampled posts made in {time.GetElapsedTime(began).TotalSeconds:0} s, {new FileInfo(Path.Combine(folder, "bot.db")).Length / 1e6:#,0} MB"));

            var (before, after) = TrialStore.Change();
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
}
