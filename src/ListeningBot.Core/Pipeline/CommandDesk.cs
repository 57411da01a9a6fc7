using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>How a channel, room or notifier is doing, for /status.</summary>
/// <param name="Name">"channel inbox", "room care".</param>
/// <param name="Trouble">What is wrong and the cure; null when all is well.</param>
/// <param name="LastHeard">When a channel last gave something, be it an empty batch.</param>
public sealed record PartState(string Name, string? Trouble, DateTimeOffset? LastHeard);

/// <summary>
/// Answers commands. Only people of a team may ask, but for /link. What changes something is stored with its answer in one transaction: a command that is heard twice
/// counts once. What only looks is read from one moment of the store.
/// </summary>
public sealed partial class CommandDesk(
    IStore store, PolicyBook policies, Intake intake, WatchBook watches, Func<IReadOnlyList<PartState>> parts, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    /// <summary>Cases in one list.</summary>
    private const int LongestList = 20;

    /// <summary>The configuration files of this machine, for /status; null where there are none.</summary>
    public Func<FilesHere>? Files { get; init; }

    /// <summary>All channels that are configured, also those that another machine reads, for /status.</summary>
    public Func<IReadOnlyList<string>> Channels { get; init; } = () => [];

    public IReadOnlyList<CommandSpec> Specs => CommandSpecs.All;

    public Task<PressAnswer> AnswerAsync(Command command) => AnswerAsync(command, again: false);

    /// <summary>One that met a fault on its way: what of it is done already is not done once more. Throws <see cref="NotDoneAgainException"/>.</summary>
    public Task<PressAnswer> AnswerAgainAsync(Command command) => AnswerAsync(command, again: true);

    private Task<PressAnswer> AnswerAsync(Command command, bool again) => (command.Name, command.Sub) switch
    {
        ("case", "show") => LookAsync(command, ShowCase),
        ("case", "new") => NewCaseAsync(command),
        ("case", "priority") => ChangeAsync(command, SetPriority),
        ("case", "merge") => ChangeAsync(command, Merge),
        ("case", "split") => ChangeAsync(command, Split),
        ("mine", _) => LookAsync(command, ShowMine),
        ("queue", _) => LookAsync(command, ShowQueue),
        ("maybe", _) => LookAsync(command, ShowMaybes),
        ("silence", "add") => ChangeAsync(command, AddSilence),
        ("silence", "list") => LookAsync(command, ShowSilences),
        ("silence", "end") => ChangeAsync(command, EndSilence),
        ("watch", "list") => LookAsync(command, ShowWatches),
        ("watch", "add") => ChangeWatchAsync(command, WatchChangeKind.Add, again),
        ("watch", "exclude") => ChangeWatchAsync(command, WatchChangeKind.Exclude, again),
        ("watch", "promote") => ChangeWatchAsync(command, WatchChangeKind.Promote, again),
        ("oncall", _) => LookAsync(command, ShowOnCall),
        ("promise", _) => ChangeAsync(command, Promise),
        ("explain", _) => LookAsync(command, Explain),
        ("digest", _) => LookAsync(command, ShowDigest),
        ("status", _) => LookAsync(command, ShowStatus),
        ("link", _) => ChangeAsync(command, Link, forAll: true),
        _ => Task.FromResult(PressAnswer.Tell("This command is not known. Type / to see all commands.")),
    };

    private Task<PressAnswer> LookAsync(Command command, Func<Asked, PressAnswer> look) => store.ReadAsync(view =>
    {
        var asked = new Asked(command, view, policies.Current, time.GetUtcNow());
        return asked.MayAct ? look(asked) : PressAnswer.Tell(asked.WhyNot);
    });

    private async Task<PressAnswer> ChangeAsync(Command command, Func<Asked, IStoreTx, CaseWriter, PressAnswer> change, bool forAll = false)
    {
        var (answer, rooms, followed) = await store.WriteAsync(tx =>
        {
            if (tx.AnswerTo(command.Id) is { } before)
            {
                return (before, new HashSet<string>(), new Followed());
            }
            var asked = new Asked(command, tx, policies.Current, time.GetUtcNow());
            var cases = new CaseWriter(tx, asked.Now, asked.Policy) { Where = $"{command.By.Id.Split(':')[0]} /{command.Name}" };
            var answer = forAll || asked.MayAct ? change(asked, tx, cases) : PressAnswer.Tell(asked.WhyNot);
            tx.RecordCommand(command, answer.Asks && command is { Name: "case", Sub: "merge" or "split" } ? PressDesk.Asked : answer, asked.Now);
            return (answer, cases.Rooms, cases.Followed);
        });
        intake.Follow(followed);
        ring(rooms);
        return answer;
    }

    /// <summary>Teams that somebody listens for, or that are described.</summary>
    private List<string> TeamsKnown(Asked asked) =>
        [.. watches.Current.Watches.Select(watch => watch.Team).Concat(asked.Responders.Teams.Select(team => team.Name)).Distinct(StringComparer.Ordinal)];

    /// <summary>The team that was written, by its name in any case. Null with no <paramref name="why"/>: none was written.</summary>
    private string? TeamWritten(Asked asked, out string? why)
    {
        why = null;
        if (asked["team"] is not { } written)
        {
            return null;
        }
        var known = TeamsKnown(asked);
        var team = known.Find(name => name.Equals(written, StringComparison.OrdinalIgnoreCase));
        why = team is null ? $"There is no team \"{Plain.Line(written, 40)}\". Known: {string.Join(", ", known)}." : null;
        return team;
    }
}
