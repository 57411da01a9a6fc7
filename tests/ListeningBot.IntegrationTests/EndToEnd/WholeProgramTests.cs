using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program as a process, between a feed, a Jetstream, an inbox and a Discord that it can't tell from real ones.</summary>
public sealed class WholeProgramTests
{
    private const string Anger = ": acme ruined my week, still no refund after three weeks, nobody answers, worst service ever";
    private static readonly string[] Sources = ["fromblog", "frombluesky", "frommail"];

    [Fact]
    public async Task A_complaint_from_each_source_becomes_a_card_that_a_human_claims_and_closes()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await using var town = await Town.BuiltAsync();
        await using var bot = town.StartBot();
        await ComplainAsync(town);
        await OneCardEachAsync(town, bot);

        var claim = await PressAsync(town, CardOf(town, "fromblog"), "Claim");
        Assert.True(claim.Type is 6 or 7, $"answered with {claim.Type}: {claim.Text}");
        await Until.TrueAsync(() => LocalPress.Words(CardOf(town, "fromblog")).Contains("Jo (care)", StringComparison.Ordinal));

        var ask = await PressAsync(town, CardOf(town, "fromblog"), "Resolve");
        var form = await town.Discord.PressAsync(ask.Shown!, ChoiceOf(ask, "solved"), choose: MenuChoice(ask, "solved"));
        await town.Discord.SubmitAsync(form, new() { ["What happened?"] = "refunded" });
        await Until.TrueAsync(() => LocalPress.Words(CardOf(town, "fromblog")).Contains("solved", StringComparison.OrdinalIgnoreCase));

        await PressAsync(town, CardOf(town, "frommail"), "Not a complaint");
        await Until.TrueAsync(() => LocalPress.Words(CardOf(town, "frommail")).Contains("not a complaint", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(3, town.Cards.Count);
    }

    [Fact]
    public async Task The_card_comes_first_and_then_says_who_wrote_it()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Feed.At("/xrpc/app.bsky.actor.getProfile", FeedAnswers.Hang());
        await using (var bot = town.StartBot())
        {
            town.Post("mia", "mia" + Anger);
            await Until.TrueAsync(() => town.Cards.Count == 1);
            Assert.DoesNotContain("did:plc", LocalPress.Words(town.Cards[0]), StringComparison.Ordinal);
            await Until.TrueAsync(() => town.Feed.SeenAt("/xrpc/app.bsky.actor.getProfile") > 0);
        }
        town.Feed.At("/xrpc/app.bsky.actor.getProfile", town.Profile);
        await using var again = town.StartBot();

        await Until.TrueAsync(() => LocalPress.Words(town.Cards[0]).Contains("Person mia (@", StringComparison.Ordinal));
        Assert.Single(town.Cards);
    }

    [Fact]
    public async Task It_stops_cleanly_within_five_seconds_of_SIGTERM_and_goes_on_where_it_was()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using (var bot = town.StartBot())
        {
            town.Post("one", "one" + Anger);
            await Until.TrueAsync(() => town.Cards.Count == 1);
            var took = await bot.TerminateAsync();
            Assert.Equal(0, bot.ExitCode);
            Assert.True(took < TimeSpan.FromSeconds(5), $"The stop took {took}.");
        }
        town.Post("two", "two" + Anger.Replace("refund", "parcel", StringComparison.Ordinal));
        await using var again = town.StartBot();
        await Until.TrueAsync(() => town.Cards.Count == 2);
    }

    /// <summary>A service manager that sees anything but 0 calls it a failure.</summary>
    [Fact]
    public async Task A_stop_that_takes_as_long_as_it_may_is_a_clean_one_too()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var bot = town.StartBot();
        town.Post("one", "one" + Anger);
        await Until.TrueAsync(() => town.Cards.Count == 1);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(town.Folder, "data", "listeningbot.db")};Pooling=False");
        await other.OpenAsync();
        await using var transaction = other.BeginTransaction(deferred: false);
        town.Post("two", "two" + Anger.Replace("refund", "parcel", StringComparison.Ordinal));
        await Until.TrueAsync(() => bot.Errors.Contains("\"EventId\":433", StringComparison.Ordinal));

        var stop = bot.TerminateAsync();
        await Until.TrueAsync(() => bot.Errors.Contains("\"EventId\":413", StringComparison.Ordinal));
        await transaction.RollbackAsync();

        Assert.True(await stop > TimeSpan.FromSeconds(3));
        Assert.Equal(0, bot.ExitCode);
    }

    [Fact]
    public async Task A_saved_watch_is_live_without_a_restart_and_a_broken_one_changes_nothing()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var bot = town.StartBot();
        town.Post("one", "one" + Anger);
        await Until.TrueAsync(() => town.Cards.Count == 1);

        town.Watch("watches:\n  - name: acme\n    find: [zenith]\n    alert: 0.2\n");
        await Until.TrueAsync(() => bot.Errors.Contains("\"EventId\":407", StringComparison.Ordinal) && Count(bot.Errors, "\"EventId\":407") >= 2);
        town.Post("two", "two" + Anger.Replace("acme", "zenith", StringComparison.Ordinal));
        await Until.TrueAsync(() => town.Cards.Count == 2);

        town.Watch("watches:\n  - name: acme\n\tfind: [zenith]\n");
        await Until.TrueAsync(() => bot.Output.Contains("ATTENTION", StringComparison.Ordinal));
        town.Post("three", "three" + Anger.Replace("acme", "zenith", StringComparison.Ordinal).Replace("refund", "router", StringComparison.Ordinal));
        await Until.TrueAsync(() => town.Cards.Count == 3);
    }

    public static TheoryData<string> Steps => [.. Enum.GetNames<Step>()];

    public enum Step
    {
        WhileTheFeedIsFetched,
        WhenRecordedAndDiscordIsAway,
        WhileTheCardIsSent,
        WhenTheCardIsAcceptedButNotAnswered,
        WhenThePressIsStoredButNotAnswered,
        WhenThePressIsAnsweredAndTheEditNotYetSent,
        WhenTheEditIsAcceptedButNotAnswered,
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Killed_at_any_step_every_complaint_has_one_card_and_no_press_reported_as_done_is_lost(string name)
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        var step = Enum.Parse<Step>(name);
        await using var town = await Town.BuiltAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LocalPress? reported = null;
        await using (var bot = town.StartBot())
        {
            SetGate(town, step, gate);
            await ComplainAsync(town);
            if (step >= Step.WhenThePressIsStoredButNotAnswered)
            {
                await OneCardEachAsync(town, bot);
                var press = PressAsync(town, CardOf(town, "fromblog"), "Claim");
                await Reached(gate, bot);
                reported = press.IsCompletedSuccessfully ? await press : null;
                _ = press.ContinueWith(t => t.Exception, TaskScheduler.Default);
            }
            else
            {
                await Reached(gate, bot);
            }
            await bot.KillAsync();
        }
        town.Discord.FailNoMore();
        town.HoldFeed(null);
        town.Blog("late", "late: acme lost my second parcel too, and the hotline hangs up");

        await using var again = town.StartBot();
        await OneCardEachAsync(town, again);
        await Until.TrueAsync(() => CardsOf(town, "late").Count == 1);
        if (reported?.Type is 6 or 7)
        {
            await Until.TrueAsync(() => LocalPress.Words(CardOf(town, "fromblog")).Contains("Jo (care)", StringComparison.Ordinal));
        }
        await Until.TrueAsync(() => town.Discord.Gateway.IsListening);
        var second = await PressAsync(town, CardOf(town, "frommail"), "Claim");
        Assert.NotNull(second.Type);
        await Until.TrueAsync(() => LocalPress.Words(CardOf(town, "frommail")).Contains("Jo (care)", StringComparison.Ordinal));
        Assert.All([.. Sources, "late"], source => Assert.Single(CardsOf(town, source)));
    }

    private static void SetGate(Town town, Step step, TaskCompletionSource gate)
    {
        LocalFault.Way before = async (context, _) => { gate.TrySetResult(); await Forever(context); };
        LocalFault.Way after = async (context, proceed) => { await proceed(); gate.TrySetResult(); await Forever(context); };
        switch (step)
        {
            case Step.WhileTheFeedIsFetched:
                town.HoldFeed(gate);
                break;
            case Step.WhenRecordedAndDiscordIsAway:
                town.Discord.Fail((context, _) => { gate.TrySetResult(); context.Response.StatusCode = 503; return Task.CompletedTask; }, "POST", "/messages", times: 1000);
                break;
            case Step.WhileTheCardIsSent:
                town.Discord.Fail(before, "POST", "/messages");
                break;
            case Step.WhenTheCardIsAcceptedButNotAnswered:
                town.Discord.Fail(after, "POST", "/messages");
                break;
            case Step.WhenThePressIsStoredButNotAnswered:
                town.Discord.Fail(before, "POST", "/callback");
                break;
            case Step.WhenThePressIsAnsweredAndTheEditNotYetSent:
                town.Discord.Fail(before, "PATCH", "/messages/");
                break;
            case Step.WhenTheEditIsAcceptedButNotAnswered:
                town.Discord.Fail(after, "PATCH", "/messages/");
                break;
        }
    }

    private static Task Forever(HttpContext context) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static async Task Reached(TaskCompletionSource gate, BotProcess bot)
    {
        try
        {
            await Until.TrueAsync(() => gate.Task.IsCompleted || bot.HasExited);
            Assert.True(gate.Task.IsCompleted, "The program ended.\n" + bot.Errors);
        }
        catch (Exception e)
        {
            Assert.Fail($"The step was never reached: {e.Message}\n{bot.Errors}");
        }
    }

    private static async Task ComplainAsync(Town town)
    {
        town.Blog("b1", "fromblog" + Anger);
        town.Post("frombluesky", "frombluesky" + Anger.Replace("refund", "answer to my letter", StringComparison.Ordinal));
        await town.WriteAsync("mia", "frommail" + Anger.Replace("refund", "technician", StringComparison.Ordinal));
    }

    private static async Task OneCardEachAsync(Town town, BotProcess bot)
    {
        try
        {
            await Until.TrueAsync(() => bot.HasExited || Sources.All(source => CardsOf(town, source).Count >= 1) && town.Discord.Gateway.IsListening);
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}\n{string.Join('\n', town.Cards.Select(LocalPress.Words))}\n{bot.Errors}\n{bot.Output}");
        }
        Assert.All(Sources, source => Assert.Single(CardsOf(town, source)));
    }

    private static Task<LocalPress> PressAsync(Town town, JsonObject card, string button) => town.Discord.PressAsync(card, button);

    private static List<JsonObject> CardsOf(Town town, string source) =>
        [.. town.Cards.Where(card => LocalPress.Words(card).Contains(source + ": acme", StringComparison.Ordinal))];

    private static JsonObject CardOf(Town town, string source) => CardsOf(town, source).Single();

    private static string? ChoiceOf(LocalPress ask, string label) => MenuChoice(ask, label) is null ? label : null;

    private static string? MenuChoice(LocalPress ask, string label) =>
        LocalDiscord.Parts(ask.Shown!).Any(part => (int?)part["type"] == 3) ? label : null;

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
