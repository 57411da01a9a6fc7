using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>Starts the program in one town, kills it at the next step, and starts it again.</summary>
internal sealed class CrashLane(CrashTown town, CrashTally tally, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);
    private static readonly bool ForgetsNonces = Environment.GetEnvironmentVariable("LISTENINGBOT_CRASH_LATE") == "1";
    private int _edits;

    public async Task KillAsync(CrashStep step)
    {
        if (ForgetsNonces && random.Next(3) == 0)
        {
            town.Town.Discord.ForgetNonces();
        }
        town.Complain(random.Next(3));
        var subscriptions = town.Town.Jetstream.Subscriptions.Count;
        var gate = new CrashGate(town.Town, town.Store);
        var isGate = gate.Set(step);
        using var end = new CancellationTokenSource();
        await using (var bot = town.Town.StartBot(town.Settings))
        {
            var claims = step is CrashStep.DueWorkSwept or CrashStep.PingBeingSent or CrashStep.PingTakenNotAnswered or CrashStep.PingAnsweredNotNoted ? Task.CompletedTask
                : Task.Run(() => town.ClaimAsync(step is CrashStep.PingBeingWithdrawn or CrashStep.PingWithdrawnNotAnswered, end.Token));
            var posts = town.Form.Posting(bot, tally);
            bool Listens() => town.Town.Jetstream.Subscriptions.Count > subscriptions && town.Store.IsThere;
            IDisposable? block = null;
            try
            {
                var reached = isGate
                    ? await ReachedAsync(bot, Listens, () => gate.Reached.IsCompleted)
                    : step switch
                    {
                        CrashStep.AtAnyMoment => await AnyMomentAsync(bot, Listens),
                        CrashStep.WhileItStarts => await PauseAsync(1500),
                        CrashStep.FeedAskedFor => await FeedAsync(bot),
                        CrashStep.ReadNotStored => await UntilAsync(bot, Listens) && await BlockedAsync(),
                        CrashStep.InTheTransaction => await ReachedAsync(bot, Listens, town.Store.IsWriting),
                        CrashStep.Committed => await ChangedAsync(bot, Listens, "SELECT count(*) FROM mentions", () => town.Complain()),
                        CrashStep.CursorMoved => await ChangedAsync(bot, Listens, "SELECT max(value) FROM cursors WHERE channel = 'bluesky'", town.ComplainOnStream),
                        CrashStep.DueWorkSwept => await ChangedAsync(bot, Listens, "SELECT count(*) FROM pings", () => town.Complain()),
                        CrashStep.AuthorAskedFor => await AuthorAsync(bot, Listens),
                        CrashStep.ConfigurationStored => await EditedAsync(bot, Listens),
                        CrashStep.DeliveryStoredNotAnswered => await LostAnswerAsync(bot, Listens),
                        CrashStep.DeliveryAnswered => await AnsweredAsync(bot),
                        CrashStep.DatabaseKilled => await FailingAsync(bot, Listens, town.Database!.KillAsync),
                        CrashStep.SessionsEnded => await FailingAsync(bot, Listens, () => town.Database!.EndSessionsAsync(town.Store)),
                        CrashStep.AnswerCutOff => await FailingAsync(bot, Listens, () => town.Database!.CutAnswerAsync(random)),
                        _ => throw new InvalidOperationException($"Nobody waits for {step}."),
                    };
                await bot.KillAsync();
                tally.Killed(step, reached);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                tally.Fault($"{step}: {e.Message}; {bot.Errors}");
            }
            finally
            {
                block?.Dispose();
                await (town.Database?.MendAsync() ?? Task.CompletedTask);
                await end.CancelAsync();
                await claims;
                await posts.DisposeAsync();
                town.Form.IsDeaf = false;
                gate.Open();
                town.Town.HoldFeed(null);
                town.Town.Feed.At(ProfilePath, town.Town.Profile);
            }

            async Task<bool> BlockedAsync()
            {
                block = await Task.Run(town.Store.Block);
                town.Complain(2);
                return await PauseAsync(200);
            }
        }
        CrashJudge.AfterAKill(town, tally);
    }

    private const string ProfilePath = "/xrpc/app.bsky.actor.getProfile";

    private async Task<bool> AnyMomentAsync(BotProcess bot, Func<bool> listens)
    {
        if (random.Next(3) > 0 && await UntilAsync(bot, listens))
        {
            town.Complain(random.Next(1, 5));
        }
        return await PauseAsync(random.Next(2) == 0 ? 300 : 3000);
    }

    private async Task<bool> FeedAsync(BotProcess bot)
    {
        var asked = new TaskCompletionSource();
        town.Town.HoldFeed(asked);
        return await UntilAsync(bot, () => asked.Task.IsCompleted);
    }

    private async Task<bool> AuthorAsync(BotProcess bot, Func<bool> listens)
    {
        var asked = new TaskCompletionSource();
        town.Town.Feed.At(ProfilePath, async context =>
        {
            asked.TrySetResult();
            await FeedAnswers.Hang()(context);
        });
        return await ReachedAsync(bot, listens, () => asked.Task.IsCompleted);
    }

    private async Task<bool> EditedAsync(BotProcess bot, Func<bool> listens)
    {
        if (!await UntilAsync(bot, listens))
        {
            return false;
        }
        var before = town.Store.Number(Versions);
        town.Town.Watch($"watches:\n  - name: acme\n    find: [acme, zenith{++_edits}]\n    alert: 0.2\n");
        return await UntilAsync(bot, () => town.Store.Number(Versions) > before);
    }

    private const string Versions = "SELECT count(*) FROM config_versions";

    private async Task<bool> ChangedAsync(BotProcess bot, Func<bool> listens, string sql, Action complain)
    {
        if (!await UntilAsync(bot, listens))
        {
            return false;
        }
        var before = town.Store.Text(sql);
        complain();
        return await UntilAsync(bot, () => town.Store.Text(sql) != before);
    }

    /// <summary>The form never learns that what it posted is stored.</summary>
    private async Task<bool> LostAnswerAsync(BotProcess bot, Func<bool> listens)
    {
        town.Form.IsDeaf = true;
        return await ChangedAsync(bot, listens, "SELECT count(*) FROM mentions WHERE ns = 'webhook:forms'", town.ComplainByForm);
    }

    private async Task<bool> AnsweredAsync(BotProcess bot)
    {
        var before = town.Form.Answered.Count;
        town.ComplainByForm();
        return await UntilAsync(bot, () => town.Form.Answered.Count > before);
    }

    /// <summary>The database fails some times over while people complain and press. Then the program may come to rest, or is killed in the middle of it.</summary>
    private async Task<bool> FailingAsync(BotProcess bot, Func<bool> listens, Func<Task> fail)
    {
        if (!await UntilAsync(bot, listens))
        {
            return false;
        }
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            town.Complain(random.Next(1, 4));
            await PauseAsync(random.Next(2) == 0 ? 150 : 1500);
            await fail();
            town.Complain(random.Next(2));
            await PauseAsync(random.Next(2) == 0 ? 150 : 3000);
            if (times == 1 && random.Next(3) == 0)
            {
                return true;
            }
            await town.Database!.MendAsync();
        }
        return random.Next(2) == 0 ? await PauseAsync(1000) : await UntilAsync(bot, () => CrashJudge.IsAtRest(town));
    }

    /// <summary>People complain as soon as the program listens, one of them on the stream, so that there is something to do.</summary>
    private async Task<bool> ReachedAsync(BotProcess bot, Func<bool> listens, Func<bool> reached)
    {
        var complained = false;
        return await UntilAsync(bot, () =>
        {
            if (!complained && listens())
            {
                complained = true;
                town.ComplainOnStream();
                town.Complain();
            }
            return complained && reached();
        });
    }

    private async Task<bool> PauseAsync(int longest)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * longest), TimeProvider.System);
        return true;
    }

    /// <summary>False when it did not come; the program is killed where it is then.</summary>
    private async Task<bool> UntilAsync(BotProcess bot, Func<bool> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (bot.HasExited)
            {
                tally.Fault($"the program ended by itself: {bot.Errors[..Math.Min(2000, bot.Errors.Length)]} {bot.Output}");
                return false;
            }
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                return false;
            }
            await Task.Delay(Look, TimeProvider.System);
        }
        return true;
    }
}
