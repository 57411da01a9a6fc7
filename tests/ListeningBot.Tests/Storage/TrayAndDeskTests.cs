using ListeningBot.Tests.Support;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Storage;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage;

public sealed class TrayAndDeskTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task The_likeliest_complaint_is_listed_first_and_each_once_a_team()
    {
        await _temp.WriteAsync(tx =>
        {
            foreach (var (id, complaint) in new[] { ("1", 0.2), ("2", 0.4), ("3", 0.3) })
            {
                tx.AddToTray(tx.AddMention(Mention(id)), ["care", "billing"], complaint, Now);
            }
        });
        Assert.Equal(new long[] { 2, 3, 1 }, await UnlistedAsync("care"));
        Assert.Equal(["billing", "care"], (await _temp.ReadAsync(view => view.TeamsWithUnlistedTray())).ToArray());

        var page = await _temp.WriteAsync(tx => tx.AddTrayPage("care", new DateOnly(2026, 11, 2), 1, 2, [2, 3]));

        Assert.Equal(new long[] { 1 }, await UnlistedAsync("care"));
        Assert.Equal(new long[] { 2, 3, 1 }, await UnlistedAsync("billing"));
        var stored = await _temp.ReadAsync(view => view.TrayPageOf(page.Id));
        Assert.Equal((page.Id, "care", new DateOnly(2026, 11, 2), 1, 2), (stored!.Id, stored.Team, stored.Day, stored.Page, stored.Pages));
        Assert.Equal(new long[] { 2, 3 }, stored.Mentions);
        Assert.Equal(new[] { page.Id }, await _temp.ReadAsync(view => view.TrayPagesWith(3)));
        Assert.Empty(await _temp.ReadAsync(view => view.TrayPagesWith(1)));
    }

    [Fact]
    public async Task A_decided_mention_is_listed_no_more()
    {
        await _temp.WriteAsync(tx => tx.AddToTray(tx.AddMention(Mention()), ["care", "billing"], 0.3, Now));
        Assert.Null(await _temp.ReadAsync(view => view.TrayVerdictOf(1)));
        Assert.Equal(1, (await _temp.ReadAsync(view => view.Totals())).InTray);

        await _temp.WriteAsync(tx => tx.DecideTray(1, "dismissed by Ann", Now));

        Assert.Equal("dismissed by Ann", await _temp.ReadAsync(view => view.TrayVerdictOf(1)));
        Assert.Empty(await UnlistedAsync("care"));
        Assert.Empty(await _temp.ReadAsync(view => view.TeamsWithUnlistedTray()));
        Assert.Equal(0, (await _temp.ReadAsync(view => view.Totals())).InTray);
    }

    [Fact]
    public async Task A_notice_is_a_card_of_the_ops_room()
    {
        var id = await _temp.WriteAsync(tx => Notices.Add(tx, "The feed is not heard.", good: false, Now));

        var notice = await _temp.ReadAsync(view => view.NoticeOf(id));
        Assert.Equal(new NoticeCard { Key = new($"notice:{id}", "ops"), Version = 1, Good = false, Text = "The feed is not heard.", At = Now }, notice! with { Buttons = notice.Buttons });
        Assert.Equal(notice!.Key, Assert.Single(await _temp.ReadAsync(view => view.CardsToShow("ops", Now, 5))).Key);
        Assert.Null(await _temp.ReadAsync(view => view.NoticeOf(99)));
    }

    [Fact]
    public async Task The_first_answer_to_a_press_stands()
    {
        var press = new Press("interaction-1", new Responder("discord:1", "Ann"), new PressTarget(PressAction.Resolve, 12));
        var answer = new PressAnswer("How did it end?", [new CardButton("Solved", new PressTarget(PressAction.Outcome, 12, "Solved"), Main: true)]);
        Assert.Null(await _temp.ReadAsync(view => view.AnswerTo(press.Id)));

        await _temp.WriteAsync(tx => tx.RecordPress(press, answer, Now));
        await _temp.WriteAsync(tx => tx.RecordPress(press, PressAnswer.Done, Now));

        var stored = await _temp.ReadAsync(view => view.AnswerTo(press.Id));
        Assert.Equal("How did it end?", stored!.Say);
        Assert.Equal(answer.Ask[0], Assert.Single(stored.Ask));
    }

    [Fact]
    public async Task A_cursor_moves_and_first_contact_stays()
    {
        Assert.Null(await _temp.ReadAsync(view => view.CursorOf("posts")));
        Assert.Null(await _temp.ReadAsync(view => view.FirstContactOf("posts")));
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("a"), Now));
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("b"), Now.AddHours(1)));

        Assert.Equal((new Cursor("b"), Now), await _temp.ReadAsync(view => (view.CursorOf("posts"), view.FirstContactOf("posts"))));
    }

    [Fact]
    public async Task What_is_kept_aside_stays_bounded_and_what_gave_way_is_counted()
    {
        var huge = new string('x', 3 * DeadLetterTable.RawLength);
        await _temp.WriteAsync(tx => tx.AddDead(Some.BadItem("quiet", "no id", "one item"), Now));
        await _temp.WriteAsync(tx =>
        {
            for (var i = 0; i < DeadLetterTable.MostItems + 100; i++)
            {
                tx.AddDead(Some.BadItem("loud", "no id", i == 0 ? huge : "x"), Now);
            }
        });
        Assert.Equal((DeadKind.Dropped, "loud", 100), (await _temp.ReadAsync(view => view.DeadLetters(0, 9999))).Where(letter => letter.Kind == DeadKind.Dropped).Select(letter => (letter.Kind, letter.Place, letter.Tries)).Single());
        await _temp.CloseAsync();

        using var db = _temp.OpenDb();
        Assert.Equal(DeadLetterTable.MostItems, db.Number("SELECT count(*) FROM dead_letters WHERE place = 'loud' AND kind = 'Item'"));
        Assert.Equal(1, db.Number("SELECT count(*) FROM dead_letters WHERE place = 'quiet'"));
    }

    [Fact]
    public async Task Gaps_verdicts_and_documents_are_kept()
    {
        await _temp.WriteAsync(tx =>
        {
            tx.AddGap("posts", new Gap(Now.AddHours(-1), Now, "cut off"), Now);
            tx.RecordVerdict(tx.AddMention(Mention()), "not-complaint", new Responder("discord:1", "Ann"), Now);
            tx.KeepDocument("settings", "old", Now);
            tx.KeepDocument("settings", "new", Now);
        });
        Assert.Equal("new", await _temp.ReadAsync(view => view.Document("settings")));
        Assert.Null(await _temp.ReadAsync(view => view.Document("other")));
        await _temp.CloseAsync();

        using var db = _temp.OpenDb();
        Assert.Equal(3_600_000, db.Number("SELECT to_at - from_at FROM gaps WHERE channel = 'posts' AND cause = 'cut off'"));
        Assert.Equal(1, db.Number("SELECT count(*) FROM verdicts WHERE mention = 1 AND verdict = 'not-complaint' AND by_id = 'discord:1'"));
    }

    [Fact]
    public async Task A_verdict_on_nothing_is_refused()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _temp.WriteAsync(tx => tx.RecordVerdict(9, "complaint", new Responder("discord:1", "Ann"), Now)));
        Assert.Contains("FOREIGN KEY", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    private Task<IReadOnlyList<long>> UnlistedAsync(string team) => _temp.ReadAsync(view => view.UnlistedTray(team, 10));
}
