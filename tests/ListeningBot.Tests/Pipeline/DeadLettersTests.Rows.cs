using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What is stored and can't be read.</summary>
public sealed partial class DeadLettersTests
{
    [Fact]
    public async Task A_case_that_can_not_be_read_stops_no_sweep_and_no_list_is_told_and_goes_on_when_it_is_mended()
    {
        await _rig.ComplainAsync("1", Priority.Critical);
        await _rig.ComplainAsync("2", Priority.Critical);
        var body = Break(1);
        _rig.Clock.Advance(TimeSpan.FromHours(1));

        await new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }).SweepAsync(CancellationToken.None);
        await new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }).ReckonAsync(CancellationToken.None);

        Assert.NotEmpty((await _rig.CaseAsync(2)).Taken);
        Assert.Equal([2L], (await _rig.Temp.ReadAsync(view => view.LiveCases(null, 9))).Select(@case => @case.Id));
        Assert.Equal([2L], (await _rig.Temp.ReadAsync(view => view.LatestCases(9))).Select(@case => @case.Id));
        var letter = Assert.Single(await LettersAsync());
        Assert.Equal((DeadKind.Row, "case 1"), (letter.Kind, letter.What));
        await TendAsync();
        Assert.Contains("the stored case 1: its stored JSON can't be read", Assert.Single(await NoticesAsync()), StringComparison.Ordinal);

        await RetryAsync();
        Assert.Equal(2, Assert.Single(await LettersAsync()).Tries);
        Run($"UPDATE cases SET body = '{body.Replace("'", "''", StringComparison.Ordinal)}' WHERE id = 1");
        await RetryAsync();

        Assert.Empty(await LettersAsync());
        Assert.NotNull((await _rig.CaseAsync()).Due);
        Assert.Equal([1L, 2L], (await _rig.Temp.ReadAsync(view => view.LiveCases(null, 9))).Select(@case => @case.Id).Order());
    }

    [Fact]
    public async Task An_unreadable_case_that_was_put_away_is_not_told_again()
    {
        await _rig.ComplainAsync("1");
        Break(1);
        var due = new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { });
        await due.ReckonAsync(CancellationToken.None);
        await TendAsync();
        await _rig.Temp.WriteAsync(tx => tx.PutDeadAway((tx.DeadLetters(0, 1))[0].Id));

        await _rig.Temp.ReopenAsync();
        await new DueWork(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }).ReckonAsync(CancellationToken.None);
        await new DeadLettersRig(_rig.Temp.Store, _rig.Clock).Letters.TendAsync(CancellationToken.None);

        Assert.Empty(await LettersAsync());
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task A_post_that_answers_a_case_that_can_not_be_read_is_in_front_of_people_all_the_same()
    {
        await _rig.ComplainAsync("1");
        Break(1);

        await _rig.HearAsync(Some.Post("acme still does nothing", "2") with { InReplyTo = new PostKey("replay:posts", "1"), Author = new Author { Id = "a1" } });

        Assert.Equal(CaseState.Unclaimed, (await _rig.CaseAsync(2)).State);
    }

    [Fact]
    public async Task A_silence_that_can_not_be_read_hushes_nobody_and_is_listed()
    {
        var now = _rig.Clock.GetUtcNow();
        await _rig.Temp.WriteAsync(tx => tx.AddSilence(new Silence(SilenceOf.Word, "acme", "planned", DeskRig.ByAnna, now, now.AddHours(1))));
        Run("UPDATE silences SET body = '{'");

        await _rig.HearAsync(Some.Post());
        await TendAsync();

        Assert.Equal(CaseState.Unclaimed, (await _rig.CaseAsync()).State);
        Assert.Equal("silence 1", Assert.Single(await LettersAsync()).What);
        await RetryAsync();
        Assert.Equal(2, Assert.Single(await LettersAsync()).Tries);
    }

    private string Break(long id)
    {
        using var db = _rig.Temp.OpenDb();
        string body;
        using (var row = db.Ask("SELECT body FROM cases WHERE id = ?").With(id))
        {
            row.Read();
            body = row.Text(0);
        }
        db.Ask("UPDATE cases SET body = substr(body, 1, 40) WHERE id = ?").With(id).Changed();
        return body;
    }

    private void Run(string sql)
    {
        using var db = _rig.Temp.OpenDb();
        db.Execute(sql);
    }
}
