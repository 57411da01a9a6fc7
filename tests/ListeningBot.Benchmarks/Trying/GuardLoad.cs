using System.Diagnostics;
using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Benchmarks.Trying;

/// <summary>How long the guard keeps an edit from going live, on a store of so many mentions with one in ten judged and a full sample.</summary>
internal static class GuardLoad
{
    private const int JudgedEach = 10;
    private const int Times = 5;

    public static async Task RunAsync(int mentions)
    {
        var folder = Directory.CreateTempSubdirectory("guard").FullName;
        try
        {
            var time = TimeProvider.System;
            await using var store = SqliteStore.Open(Path.Combine(folder, "bot.db"), NullLogger<SqliteStore>.Instance);
            await TrialStore.FillAsync(store, mentions, JudgedEach, time.GetUtcNow());
            var (before, after) = TrialStore.Change();
            var guard = new WatchGuard(store, new ScorerBook(), time);
            using var self = Process.GetCurrentProcess();
            for (var i = 0; i < Times; i++)
            {
                self.Refresh();
                var (began, busy) = (time.GetTimestamp(), self.TotalProcessorTime);
                var objection = await guard.JudgeAsync(before, after, days: 31, factor: 3, CancellationToken.None);
                var took = time.GetElapsedTime(began);
                self.Refresh();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"judged in {took.TotalMilliseconds:#,0} ms ({(self.TotalProcessorTime - busy).TotalMilliseconds:#,0} ms of processor time), {objection?.Teams.Sum(team => team.MissedCount) ?? 0} missed, on {objection?.ReckonedOn}"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
