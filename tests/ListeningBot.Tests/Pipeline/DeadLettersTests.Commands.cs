using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Presses and commands that met a fault of this program, or a file that could not be written.</summary>
public sealed partial class DeadLettersTests
{
    [Fact]
    public async Task A_press_that_met_a_fault_of_this_program_is_kept_and_done_when_it_is_tried_again()
    {
        await _rig.ComplainAsync("1");
        var desk = new PressDesk(new FaultyStore(_rig.Temp.Store), _rig.Policies, _rig.Clock, _ => { });

        await Assert.ThrowsAsync<DivideByZeroException>(() => desk.PressAsync(new Press("p", DeskRig.ByAnna, new PressTarget(PressAction.Claim, 1))));
        Assert.Equal((DeadKind.Press, "Claim:1 by anna in the chat"), (await LettersAsync()).Select(letter => (letter.Kind, letter.What)).Single());
        await RetryAsync();

        Assert.Empty(await LettersAsync());
        Assert.Equal((CaseState.Claimed, "member:anna"), ((await _rig.CaseAsync()).State, (await _rig.CaseAsync()).Owner!.Id));
    }

    [Fact]
    public async Task A_command_whose_file_could_not_be_written_is_done_to_the_end_when_it_is_tried_again()
    {
        var (file, faults) = (new List<string>(), 1);
        WatchChanged Change(WatchChange change)
        {
            if (faults-- > 0)
            {
                throw new DivideByZeroException();
            }
            file.Add(change.Word);
            return new WatchChanged(true, "written");
        }
        var commands = Commands(_rig.Temp.Store, Change);
        var desk = new PressDesk(_rig.Temp.Store, _rig.Policies, _rig.Clock, _ => { }, commands);
        var command = _rig.Of("/watch add", ("watch", "acme"), ("word", "akme"));

        await Assert.ThrowsAsync<DivideByZeroException>(() => desk.CommandAsync(command));
        await desk.CommandAsync(command);
        Assert.Empty(file);
        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Equal(["akme"], file);
        Assert.Empty(await LettersAsync());
        await desk.CommandAsync(command);
        Assert.Equal(["akme"], file);
    }

    [Fact]
    public async Task A_command_whose_file_can_not_be_written_when_it_is_tried_again_waits_on_and_says_why()
    {
        var may = false;
        var commands = Commands(_rig.Temp.Store, _ => new WatchChanged(may, "the folder can't be written to"));
        var command = _rig.Of("/watch add", ("watch", "acme"), ("word", "akme"));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/watch add by anna", "an unexpected fault") { Work = new DeadCommand(command) });

        await RetryAsync(Letters(_rig.Temp.Store, commands));
        Assert.Equal(("the folder can't be written to", 2), (await LettersAsync()).Select(letter => (letter.Why, letter.Tries)).Single());
        may = true;
        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_command_whose_change_stands_in_its_file_already_is_done()
    {
        var commands = Commands(_rig.Temp.Store, _ => new WatchChanged(false, "it has \"akme\" under find already", IsSo: true));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/watch add by anna", "an unexpected fault") { Work = new DeadCommand(_rig.Of("/watch add", ("watch", "acme"), ("word", "akme"))) });

        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Empty(await LettersAsync());
    }

    /// <summary>The watch was renamed meanwhile, say, and is called so again later.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_is_refused_when_it_is_tried_again_waits_on_says_why_and_may_be_done_later(bool askedBefore)
    {
        var file = new List<string>();
        var commands = Commands(_rig.Temp.Store, change =>
        {
            file.Add(change.Word);
            return new WatchChanged(true, "written");
        });
        var command = _rig.Of("/watch add", ("watch", "renamed"), ("word", "akme"));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/watch add by anna", "an unexpected fault") { Work = new DeadCommand(command) });
        if (askedBefore)
        {
            await _rig.Temp.WriteAsync(tx => tx.RecordCommand(command, PressDesk.Asked, _rig.Clock.GetUtcNow()));
        }

        await RetryAsync(Letters(_rig.Temp.Store, commands));
        Assert.Equal(("There is no watch \"renamed\". Known: acme, sales.", 2), (await LettersAsync()).Select(letter => (letter.Why, letter.Tries)).Single());
        Assert.Equal(askedBefore ? PressDesk.Asked.Say : null, (await _rig.Temp.ReadAsync(view => view.AnswerTo(command.Id)))?.Say);
        _rig.Watches.Swap(WatchSet.Build([Some.Watch("renamed")], Ours.Nobody));
        await RetryAsync(Letters(_rig.Temp.Store, commands));

        Assert.Equal(["akme"], file);
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task A_command_is_done_once_though_the_program_ends_before_its_letter_does()
    {
        var command = _rig.Of("/silence add", ("about", "word"), ("value", "outage"), ("until", "2 h"), ("reason", "planned"));
        await AddAsync(new DeadLetter(DeadKind.Command, "", "/silence add by anna", "an unexpected fault") { Work = new DeadCommand(command) });
        var ends = new EndingStore(_rig.Temp.Store, after: 1);

        await Assert.ThrowsAsync<OperationCanceledException>(() => RetryAsync(Letters(ends, Commands(ends, _ => new WatchChanged(true, "")))));
        Assert.Single(await LettersAsync());
        await RetryAsync();

        Assert.Single(await _rig.Temp.ReadAsync(view => view.SilencesRunning(_rig.Clock.GetUtcNow())));
        Assert.Empty(await LettersAsync());
    }

    private CommandDesk Commands(IStore store, Func<WatchChange, WatchChanged> file) =>
        new(store, _rig.Policies, new Intake(new ScorerBook(), new OpenThreads()), _rig.Watches, () => [], _rig.Clock, _ => { }) { WatchFile = change => Task.FromResult(file(change)) };

    private DeadLetters Letters(IStore store, CommandDesk commands) =>
        new(store, new Intake(new ScorerBook(), new OpenThreads()), _rig.Watches, _rig.Policies, commands, _rig.Clock, _ => { });

    /// <summary>The program ends after so many changes.</summary>
    private sealed class EndingStore(IStore store, int after) : IStore
    {
        private int _left = after;

        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default) =>
            _left-- > 0 ? store.WriteAsync(work, ct) : Task.FromException<T>(new OperationCanceledException());

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }

    /// <summary>A store at which the first work meets a fault of this program.</summary>
    private sealed class FaultyStore(IStore store) : IStore
    {
        private bool _failed;

        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default)
        {
            if (!_failed)
            {
                _failed = true;
                return Task.FromException<T>(new DivideByZeroException());
            }
            return store.WriteAsync(work, ct);
        }

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => store.ReadAsync(work, ct);
    }
}
