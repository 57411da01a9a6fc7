using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Who takes back how urgent they said a case is did not know what its customer wrote after that.</summary>
public sealed class UndoneUrgencyTests : IAsyncDisposable
{
    private static readonly Responder Anna = new("member:anna", "Anna Berg");
    private readonly DeskRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_press_is_not_undone_over_graver_words_that_were_written_over_a_post(bool answered)
    {
        await _rig.HearAsync(Some.Post());
        await HappenAsync(new Claimed(Anna));
        if (answered)
        {
            await HappenAsync(new OwnerAnswered(Anna));
            _rig.Clock.Advance(TimeSpan.FromMinutes(10));
            await HappenAsync(new SpokeAgain(1, Happiness.Silent, _rig.Clock.GetUtcNow()));
        }
        await HappenAsync(new PrioritySet(Anna, Priority.Low));
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));

        await _rig.Temp.WriteAsync(tx => Writer(tx).Edit(tx.CaseOf(1)!, tx.MentionOf(1)!, Priority.Critical, isAngry: true, isAnew: true));
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));
        await HappenAsync(new Undone(Anna));

        Assert.Equal((CaseState.Claimed, Priority.Critical), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Priority));
    }

    private Task HappenAsync(CaseEvent happened) => _rig.Temp.WriteAsync(tx => { Writer(tx).Happen(tx.CaseOf(1)!, happened); });

    private CaseWriter Writer(IStoreTx tx) => new(tx, _rig.Clock.GetUtcNow(), _rig.Policies.Current);
}
