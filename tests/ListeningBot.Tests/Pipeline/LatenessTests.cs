using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What a card says of why it came late is so.</summary>
public sealed class LatenessTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();
    private int _cursor;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    /// <summary>A review on which its author writes a complaint weeks later.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_its_author_wrote_over_old_words_came_in_time(bool old)
    {
        await HearAsync(Some.Post("acme opened a shop"), complaint: 0.1, firstContact: old, posted: _rig.Clock.GetUtcNow().AddDays(old ? -9 : 0));
        _rig.Clock.Advance(TimeSpan.FromDays(20));

        await HearAsync(Some.Post("my acme charger burned my hand and nobody at the hotline answers"), kind: ChangeKind.Edited);

        Assert.Null(await LateBecauseAsync());
    }

    [Fact]
    public async Task What_was_in_the_maybe_list_lay_there()
    {
        await HearAsync(Some.Post(), complaint: 0.1);
        _rig.Clock.Advance(TimeSpan.FromHours(2));

        await _rig.AskAsync("/case new", ("what", Some.Post().Url!));

        Assert.StartsWith("it lay in the maybe list from ", await LateBecauseAsync(), StringComparison.Ordinal);
    }

    /// <summary>Older than our first contact with its source: it was remembered, and in nobody's list.</summary>
    [Fact]
    public async Task What_was_in_no_maybe_list_did_not_lie_there()
    {
        await HearAsync(Some.Post(), firstContact: true, posted: _rig.Clock.GetUtcNow().AddDays(-9));
        _rig.Clock.Advance(TimeSpan.FromHours(2));

        await _rig.AskAsync("/case new", ("what", Some.Post().Url!));

        Assert.Equal("it was there before posts first looked there, at 09:00", await LateBecauseAsync());
    }

    private Task<string?> LateBecauseAsync() => _rig.Temp.ReadAsync(view => view.LateBecause(view.CaseOf(1)!, view.MentionOf(view.CaseOf(1)!.FirstMention)!));

    private Task HearAsync(Post post, double complaint = 0.9, ChangeKind kind = ChangeKind.Added, bool firstContact = false, DateTimeOffset? posted = null)
    {
        var heard = new Heard(kind, post with { Posted = posted ?? _rig.Clock.GetUtcNow() }, [Some.Watch()], Some.Assessment(complaint), ByUs: false);
        return _rig.Temp.WriteAsync(tx => Recorder.Record(tx, new Harvest("posts", new Cursor($"{++_cursor}"), firstContact, null, [heard], [], [], 1) { Clock = new BatchClock(null, _rig.Clock) }, _rig.Policies.Current, _rig.Clock.GetUtcNow()));
    }
}
