using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Cases that go on in another one, and posts that leave theirs.</summary>
public sealed partial class CasePressesTests
{
    [Fact]
    public async Task Merged_posts_and_later_words_go_on_in_the_other_case()
    {
        await RecordAsync(Some.Post());
        await RecordAsync(Some.Post("the acme charger burns, help me now please it smokes", "2") with { Author = new Author { Id = "tom" } });

        await ChooseAsync(await PressAsync(PressAction.Merge, subject: 2), asked => Assert.Single(asked.Ask), subject: 2);
        await RecordAsync(Some.Post("it is still broken", "3") with { Author = new Author { Id = "tom" }, InReplyTo = new PostKey("replay:posts", "2") });

        Assert.Equal((CaseState.Closed, 1L), ((await CaseAsync(2)).State, (await CaseAsync(2)).MergedInto));
        Assert.Equal(3, (await _temp.ReadAsync(view => view.MentionsOfCase(1))).Count);
        Assert.Equal("This case goes on as case 1.", (await PressAsync(PressAction.Claim, subject: 2)).Say);
    }

    [Theory]
    [InlineData("put off", Priority.Critical)]
    [InlineData("put off", Priority.Normal)]
    [InlineData("answered", Priority.Normal)]
    [InlineData("waits", Priority.Critical)]
    public async Task What_waits_for_an_answer_is_put_to_sleep_by_no_merge_and_its_next_owner_is_told(string into, Priority priority)
    {
        await MineAsync();
        await HappenAsync(1, into switch { "put off" => new Snoozed(ByAnna, _clock.GetUtcNow().AddDays(7)), "answered" => new OwnerAnswered(ByAnna), _ => new WaitsForCustomer(ByAnna) });
        _clock.Advance(TimeSpan.FromHours(1));
        await RecordAsync(OfTom(), priority);

        await MergeAsync(ByBen);

        var @case = await CaseAsync();
        Assert.Equal((CaseState.Claimed, null, priority, ByAnna), (@case.State, @case.SnoozedUntil, @case.Priority, @case.Owner));
        Assert.Equal([$"Ben Ode has merged case 2 into this one: {(priority == Priority.Critical ? "it is critical, and " : "")}its customer waits for an answer."], await SaidAsync());
    }

    [Fact]
    public async Task Who_merges_into_a_case_of_their_own_is_not_told_of_it()
    {
        await MineAsync();
        await HappenAsync(1, new OwnerAnswered(ByAnna));
        _clock.Advance(TimeSpan.FromHours(1));
        await RecordAsync(OfTom());

        await MergeAsync(ByAnna);

        Assert.Equal(CaseState.Claimed, (await CaseAsync()).State);
        Assert.Empty(await SaidAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_answered_already_wakes_nothing_by_a_merge(bool there)
    {
        await MineAsync();
        await RecordAsync(OfTom());
        _clock.Advance(TimeSpan.FromHours(1));
        await HappenAsync(1, new OwnerAnswered(ByAnna));
        if (there)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await HappenAsync(2, new AnsweredByUs("@care", _clock.GetUtcNow()));
        }

        await MergeAsync(ByBen);

        Assert.Equal(CaseState.Answered, (await CaseAsync()).State);
        Assert.Empty(await SaidAsync());
    }

    [Fact]
    public async Task What_was_written_to_us_alone_is_not_merged_into_what_everyone_sees()
    {
        await RecordAsync(Some.Post());
        await RecordAsync(Some.Post("the acme charger burns, help me now please it smokes", "2") with { Private = true, Author = new Author { Id = "tom" } });

        var refused = await PressAsync(new PressTarget(PressAction.Merge, 2, "1"));
        var merged = await PressAsync(new PressTarget(PressAction.Merge, 1, "2"));

        Assert.EndsWith("Merge it the other way round.", refused.Say, StringComparison.Ordinal);
        Assert.Equal("Merged: it goes on as case 2.", merged.Say);
    }

    [Fact]
    public async Task A_post_that_is_another_trouble_becomes_a_case_of_its_own()
    {
        await RecordAsync(Some.Post());
        await RecordAsync(Some.Post("and the acme shop charged me twice", "2"));

        var asked = await PressAsync(PressAction.Split);
        await ChooseAsync(asked, options => options.Ask[0]);

        Assert.Equal((2L, 1L), ((await CaseAsync()).FirstMention, (await CaseAsync(2)).SplitFrom!.Value));
        Assert.Single(await _temp.ReadAsync(view => view.MentionsOfCase(1)));
        Assert.Single(await _temp.ReadAsync(view => view.MentionsOfCase(2)));
    }

    [Fact]
    public async Task A_deleted_post_is_not_split_off_and_not_quoted_after_a_split()
    {
        await RecordAsync(Some.Post());
        await RecordAsync(Some.Post("and the acme shop charged me twice", "2"));
        await RecordAsync(Some.Post("and the acme hotline hangs up on me", "3"));
        await _temp.WriteAsync(tx => { tx.BlankMention(2, _clock.GetUtcNow()); return 0; });

        var asked = await PressAsync(PressAction.Split);
        await ChooseAsync(asked, options => options.Ask[0]);

        Assert.Equal(2, asked.Ask.Count);
        Assert.Equal(3, (await CaseAsync()).FirstMention);
    }

    private Post OfTom() => Some.Post("the acme charger burns, help me now please it smokes", "2") with { Author = new Author { Id = "tom" }, Posted = _clock.GetUtcNow() };

    private Task MergeAsync(Responder by) =>
        _temp.WriteAsync(tx => Assert.Null(new CaseWriter(tx, _clock.GetUtcNow(), _policies.Current).Merge(tx.CaseOf(2)!, tx.CaseOf(1)!, by)));

    private async Task<IReadOnlyList<string>> SaidAsync()
    {
        await _temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m1"), _clock.GetUtcNow()));
        return [.. (await _temp.ReadAsync(view => view.PingsToDo("care", _clock.GetUtcNow(), 10))).Select(ping => ping.Text)];
    }
}
