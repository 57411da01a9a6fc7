using System.Collections.Frozen;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>What managers decided of how cases are handled. Immutable: an edit of the configuration makes a new one.</summary>
public sealed record Policy
{
    public static readonly Policy Default = new();

    public Responders Responders { get; init; } = Responders.None;
    public Playbook Playbook { get; init; } = Playbook.Empty;
    public Bursts Bursts { get; init; } = Bursts.Default;
    public Retention Retention { get; init; } = Retention.Default;

    /// <summary>The company's own accounts.</summary>
    public Ours Ours { get; init; } = Ours.Nobody;

    /// <summary>The teams that watches name: some are described nowhere.</summary>
    public IReadOnlySet<string> Listening { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Which of its teams is called for a case: the first that is still there, since teams are renamed and taken out while cases of them are open.</summary>
    public string NameAnswering(Case @case) =>
        @case.Teams.FirstOrDefault(name => Listening.Contains(name) || Responders.Teams.Any(team => team.Name == name)) ?? @case.Teams[0];

    public Team TeamOf(Case @case) => Responders.TeamOf(NameAnswering(@case));
}

/// <summary>The policy in force; swapped whole.</summary>
public sealed class PolicyBook
{
    private readonly Lock _gate = new();
    private volatile Policy _current = Policy.Default;
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Policy Current => _current;

    public void Swap(Policy policy) => Change(_ => policy);

    /// <summary>Several parts of it come from several places: none overwrites another's.</summary>
    public void Change(Func<Policy, Policy> change)
    {
        lock (_gate)
        {
            _current = change(_current);
        }
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }

    /// <summary>Ends when another policy than this one is in force.</summary>
    public Task ChangedFrom(Policy known)
    {
        var changed = _changed.Task;
        return ReferenceEquals(_current, known) ? changed : Task.CompletedTask;
    }
}
