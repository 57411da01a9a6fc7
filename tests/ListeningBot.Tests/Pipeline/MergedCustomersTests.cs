using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Whose case was merged into another's is one of its customers from then on.</summary>
public sealed class MergedCustomersTests : IAsyncDisposable
{
    private static readonly Responder Anna = new("member:anna", "Anna Berg");
    private static readonly Responder Ben = new("member:ben", "Ben Ode");
    private static readonly PostKey Toms = OfTom("2", "").Key;
    private readonly DeskRig _rig = new();
    private int _cursor;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    /// <summary>Nobody hears them anywhere else.</summary>
    [Theory]
    [InlineData("answered", "The customer has written again.")]
    [InlineData("resolved", "The customer is angry again: the case is open again.")]
    [InlineData("closed", "The customer is angry again: the case is open again.")]
    public async Task What_they_write_in_their_own_thread_wakes_the_case(string how, string word)
    {
        await TwoInOneAsync();
        await AnsweredAsync(resolved: how != "answered");
        if (how == "closed")
        {
            await HappenAsync(1, new TimeCame(Step.CloseInSilence));
        }

        await HearAsync(OfTom("3", "it still burns and nobody helps me") with { InReplyTo = Toms }, watched: false);

        Assert.Equal((CaseState.Claimed, Happiness.AngryAgain), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Happiness));
        Assert.Equal([word], await SaidAsync());
    }

    [Fact]
    public async Task What_they_write_once_it_was_closed_and_opened_again_wakes_it_too()
    {
        await TwoInOneAsync();
        await AnsweredAsync(resolved: true);
        await HappenAsync(1, new TimeCame(Step.CloseInSilence));
        await HappenAsync(1, new Reopened(Anna));
        await AnsweredAsync(resolved: false);

        await HearAsync(OfTom("3", "it still burns and nobody helps me") with { InReplyTo = Toms }, watched: false);

        Assert.Equal(CaseState.Claimed, (await _rig.CaseAsync()).State);
    }

    [Fact]
    public async Task What_they_write_elsewhere_about_the_brand_wakes_it()
    {
        await TwoInOneAsync();
        await AnsweredAsync(resolved: true);

        await HearAsync(OfTom("3", "my acme charger still burns and nobody helps me"));

        Assert.Equal((CaseState.Claimed, Happiness.AngryAgain), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Happiness));
        Assert.Null(await _rig.Temp.ReadAsync(view => view.CaseOf(3)));
    }

    [Fact]
    public async Task What_they_write_over_their_words_wakes_it()
    {
        await TwoInOneAsync();
        await AnsweredAsync(resolved: false);

        await HearAsync(OfTom("2", "the acme charger set my kitchen on fire, nobody helps me"), kind: ChangeKind.Edited, said: Some.Assessment(0.9, Priority.Critical));

        Assert.Equal((CaseState.Claimed, Priority.Critical), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Priority));
        Assert.Equal(["The customer has written again."], await SaidAsync());
    }

    [Fact]
    public async Task Their_thanks_are_thanks()
    {
        await TwoInOneAsync();
        await AnsweredAsync(resolved: false);

        await HearAsync(OfTom("3", "thank you all, everything works again") with { InReplyTo = Toms }, watched: false, said: Some.Assessment(0.01) with { Sentiment = 0.8 });

        Assert.Equal((CaseState.Answered, Happiness.Happy), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Happiness));
        Assert.Equal(["The customer thanks. Is it solved?"], await SaidAsync());
    }

    /// <summary>Also over two merges.</summary>
    [Fact]
    public async Task Whose_case_went_on_as_one_that_was_merged_itself_wakes_the_last_one()
    {
        await ComplainAsync();
        await HearAsync(OfTom("3", "acme hung up on me") with { Author = new Author { Id = "zoe", Handle = "zoe" } });
        await MergeAsync(3, 2);
        await MergeAsync(2, 1);
        await AnsweredAsync(resolved: true);

        await HearAsync(OfTom("4", "nobody has called me back") with { Author = new Author { Id = "zoe", Handle = "zoe" }, InReplyTo = OfTom("3", "").Key }, watched: false);

        Assert.Equal(CaseState.Claimed, (await _rig.CaseAsync()).State);
    }

    /// <summary>The next owner sleeps on: who was answered and has not written since waits for nobody.</summary>
    [Theory]
    [InlineData("put off", true)]
    [InlineData("put off", false)]
    [InlineData("waits", true)]
    public async Task Who_was_answered_and_given_back_wakes_nothing_by_a_merge_until_they_write(string into, bool silent)
    {
        await ComplainAsync();
        await HappenAsync(1, new Claimed(Anna));
        await HappenAsync(1, into == "waits" ? new WaitsForCustomer(Anna) : new Snoozed(Anna, _rig.Clock.GetUtcNow().AddDays(7)));
        await HappenAsync(2, new Claimed(Ben));
        await HappenAsync(2, new OwnerAnswered(Ben));
        await HappenAsync(2, new Released(Ben));
        var before = await _rig.CaseAsync();
        if (!silent)
        {
            _rig.Clock.Advance(TimeSpan.FromMinutes(5));
            await HearAsync(OfTom("3", "no, it still burns") with { InReplyTo = Toms }, watched: false);
        }

        await MergeAsync(2, 1);

        Assert.Equal(silent ? (before.State, before.SnoozedUntil) : (CaseState.Claimed, null), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).SnoozedUntil));
        IReadOnlyList<string> said = silent ? [] : ["Ben Ode has merged case 2 into this one: its customer waits for an answer."];
        Assert.Equal(said, await SaidAsync());
    }

    /// <summary>A thread that is read every hour or day. Who answers one customer below her post has not seen what the other wrote below his.</summary>
    [Theory]
    [InlineData("mia's", CaseState.Claimed, Happiness.AngryAgain)]
    [InlineData("his own", CaseState.Resolved, Happiness.Silent)]
    public async Task Their_anger_that_is_heard_late_is_settled_only_by_an_answer_in_their_own_thread(string thread, CaseState state, Happiness happiness)
    {
        await TwoInOneAsync();
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));
        var wrote = _rig.Clock.GetUtcNow();
        _rig.Clock.Advance(TimeSpan.FromMinutes(20));
        await HearAsync(Some.Post("Sorry, we look into it", "ours") with { Author = new Author { Id = "care", Handle = "care" }, InReplyTo = thread == "mia's" ? Some.Post().Key : Toms }, byUs: true);
        await HappenAsync(1, new Resolved(Anna, Outcome.Solved));
        _rig.Clock.Advance(TimeSpan.FromHours(5));

        await HearAsync(OfTom("3", "it still burns and nobody helps me") with { InReplyTo = Toms }, watched: false, posted: wrote);

        Assert.Equal((state, happiness), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Happiness));
    }

    /// <summary>Merged by mistake: what they write after that is of their own case, and their thanks in the other one's thread are not its customer's.</summary>
    [Fact]
    public async Task Whose_words_were_all_split_off_again_is_no_customer_of_the_case_any_more()
    {
        await TwoInOneAsync();
        await _rig.PressAsync(new PressTarget(PressAction.Split, 1) { Value = "2" });
        await AnsweredAsync(resolved: false);

        await HearAsync(OfTom("3", "my acme charger still burns and nobody helps me"));
        await HearAsync(OfTom("4", "thank you all, everything works again") with { InReplyTo = Some.Post().Key }, watched: false, said: Some.Assessment(0.01) with { Sentiment = 0.8 });

        Assert.Equal((CaseState.Answered, Happiness.Silent, 2), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Happiness, (await _rig.CaseAsync(3)).Voices));
    }

    /// <summary>Nobody hears them anywhere else, also once the case is closed and has let its keys go.</summary>
    [Fact]
    public async Task Who_has_words_left_there_after_a_split_is_its_customer_still()
    {
        await ComplainAsync();
        await HearAsync(OfTom("3", "and acme hung up on me") with { InReplyTo = Toms });
        await MergeAsync(2, 1);
        await _rig.PressAsync(new PressTarget(PressAction.Split, 1) { Value = "3" });
        await AnsweredAsync(resolved: true);
        await HappenAsync(1, new TimeCame(Step.CloseInSilence));

        await HearAsync(OfTom("4", "it still burns and nobody helps me") with { InReplyTo = Toms }, watched: false);

        Assert.Equal((CaseState.Claimed, Happiness.AngryAgain), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Happiness));
    }

    private static Post OfTom(string id, string text) => Some.Post(text, id) with { Author = new Author { Id = "tom", Handle = "tom" } };

    private async Task ComplainAsync()
    {
        await HearAsync(Some.Post());
        await HearAsync(OfTom("2", "the acme charger burns, help me now please it smokes"));
    }

    private async Task TwoInOneAsync()
    {
        await ComplainAsync();
        await MergeAsync(2, 1);
        await HappenAsync(1, new Claimed(Anna));
    }

    private async Task AnsweredAsync(bool resolved)
    {
        await HappenAsync(1, new Claimed(Anna));
        await HappenAsync(1, new OwnerAnswered(Anna));
        if (resolved)
        {
            await HappenAsync(1, new Resolved(Anna, Outcome.Solved));
        }
        _rig.Clock.Advance(TimeSpan.FromHours(1));
    }

    private Task MergeAsync(long from, long into) =>
        _rig.Temp.WriteAsync(tx => Assert.Null(new CaseWriter(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current).Merge(tx.CaseOf(from)!, tx.CaseOf(into)!, Ben)));

    private Task HappenAsync(long @case, CaseEvent happened) =>
        _rig.Temp.WriteAsync(tx => { new CaseWriter(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current).Happen(tx.CaseOf(@case)!, happened); });

    private Task HearAsync(Post post, bool watched = true, ChangeKind kind = ChangeKind.Added, Assessment? said = null, DateTimeOffset? posted = null, bool byUs = false)
    {
        var heard = new Heard(kind, post with { Posted = posted ?? _rig.Clock.GetUtcNow() }, watched ? [Some.Watch()] : [], said ?? Some.Assessment(), byUs);
        return _rig.Temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{++_cursor}"), false, null, [heard], [], [], 1), _rig.Policies.Current, _rig.Clock.GetUtcNow()));
    }

    private async Task<IReadOnlyList<string>> SaidAsync()
    {
        await _rig.Temp.WriteAsync(tx => tx.CardShown(new CardKey("case:1", "care"), 1, new MessageRef("m1"), _rig.Clock.GetUtcNow()));
        return [.. (await _rig.Temp.ReadAsync(view => view.PingsToDo("care", _rig.Clock.GetUtcNow(), 10))).Where(ping => !ping.Withdraw).Select(ping => ping.Text)];
    }
}
