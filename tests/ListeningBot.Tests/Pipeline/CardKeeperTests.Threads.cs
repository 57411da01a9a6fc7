using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>The thread of a claimed case under its card.</summary>
public sealed partial class CardKeeperTests
{
    [Fact]
    public async Task A_claimed_case_has_its_thread_under_its_card()
    {
        await ClaimedAsync();
        await KeepAsync();

        var dossier = _chat.Put.Select(p => p.Card).OfType<DossierCard>().Single();
        Assert.Equal(new CardKey("thread:1", "care"), dossier.Key);
        Assert.Equal(new MessageRef("m1"), dossier.Under);
    }

    [Fact]
    public async Task A_room_that_takes_no_threads_goes_on_and_is_told_of_once()
    {
        await ClaimedAsync();
        _chat.DossierAnswers = new Delivery.Rejected("the bot may use no threads");

        await KeepAsync();
        await PressAsync(PressAction.Release);
        await OpenAsync("2");
        await KeepAsync();

        Assert.Equal(2, _chat.Put.Count(p => p.Card is DossierCard));
        Assert.Equal(["case:1", "case:1", "case:1", "case:2"], _chat.Put.Where(p => p.Card is CaseCard).Select(p => p.Card.Key.Subject).Order());
        Assert.Contains("the bot may use no threads", (await _temp.ReadAsync(view => view.NoticeOf(1)))!.Text);
        Assert.Null(await _temp.ReadAsync(view => view.NoticeOf(2)));
    }

    [Fact]
    public async Task A_thread_that_finds_its_card_deleted_comes_after_the_new_card()
    {
        await ClaimedAsync();
        _chat.DossierAnswers = new Delivery.Gone();
        await KeepAsync();
        _chat.DossierAnswers = null;

        await KeepAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await KeepAsync();

        var card = _chat.Put.FindLastIndex(p => p is { Card: CaseCard, Known: null });
        Assert.NotEqual(0, card);
        Assert.Equal(new MessageRef($"m{card + 1}"), ((DossierCard)_chat.Put[^1].Card).Under);
    }

    /// <summary>A moderator deleted the card: people go on in the thread that stood under it.</summary>
    [Fact]
    public async Task What_is_written_in_the_thread_of_a_card_that_was_put_anew_is_kept_with_the_case()
    {
        await ClaimedAsync();
        _chat.DossierAnswers = new Delivery.Delivered(new MessageRef("m1/d1"));
        await KeepAsync();
        await PressAsync(PressAction.Answered);
        _chat.Answers.Enqueue(new Delivery.Gone());
        await KeepAsync();
        await KeepAsync();
        Assert.NotEqual("m1", (await _temp.ReadAsync(view => view.MessageOf(new CardKey("case:1", "care"))))!.Value);
        var note = new ThreadNote("n1", new Responder("discord:1", "Ana"), [new MessageRef("m1")], "She prefers mail.", _clock.GetUtcNow());

        await NoteAsync(note with { Thread = "m1/" });
        await NoteAsync(note with { Id = "n2", Thread = "m2/" });
        await NoteAsync(note with { Id = "n3" });

        Assert.Equal("She prefers mail.", Assert.Single((await _temp.ReadAsync(view => view.EventsOf(1))).Select(happening => happening.Event).OfType<Noted>()).Text);
    }

    [Fact]
    public async Task The_limit_of_threads_holds_no_card_back()
    {
        await ClaimedAsync();
        _chat.DossierAnswers = new Delivery.Retry("too many threads at once", TimeSpan.FromMinutes(5));
        await KeepAsync();

        await OpenAsync("2");
        await KeepAsync();

        Assert.Equal("case:2", _chat.Put[^1].Card.Key.Subject);
    }

    private Task NoteAsync(ThreadNote note) => new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { }).NoteAsync(note);

    private async Task ClaimedAsync()
    {
        await OpenAsync("1");
        await KeepAsync();
        await PressAsync(PressAction.Claim);
    }
}
