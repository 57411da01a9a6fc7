using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Tests.Support;

/// <summary>What tends dead letters, over a store.</summary>
internal sealed class DeadLettersRig
{
    public DeadLettersRig(IStore store, TimeProvider time, PolicyBook? policies = null)
    {
        var watches = new WatchBook();
        watches.Swap(WatchSet.Build([Some.Watch()], Ours.Nobody));
        policies ??= new PolicyBook();
        var intake = new Intake(new ScorerBook(), new OpenThreads());
        var commands = new CommandDesk(store, policies, intake, watches, () => [], time, Rung.UnionWith);
        Letters = new DeadLetters(store, intake, watches, policies, commands, time, Rung.UnionWith);
    }

    public DeadLetters Letters { get; }
    public HashSet<string> Rung { get; } = [];
}
