using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;

namespace ListeningBot.Tests.Support;

/// <summary>A desk with its store, clock, watches and one described team: what commands and presses meet.</summary>
internal sealed class DeskRig : IAsyncDisposable
{
    public static readonly Member Anna = new() { Id = "anna", Name = "Anna Berg", Accounts = ["discord:1"], Zone = "Europe/Berlin" };
    public static readonly Member Ben = new() { Id = "ben", Name = "Ben Ode", Accounts = ["discord:2"] };
    public static readonly Member Cem = new() { Id = "cem", Name = "Cem Ay" };
    public static readonly Member Lea = new() { Id = "lea", Name = "Lea Kurz", Accounts = ["discord:3"] };
    public static readonly Responder ByAnna = new("discord:1", "anna in the chat");
    public static readonly Responder ByBen = new("discord:2", "ben in the chat");
    public static readonly Responder Stranger = new("discord:99", "somebody");
    private int _asked;

    public DeskRig()
    {
        Policies.Swap(new Policy { Responders = new Responders { Teams = [new Team { Name = "care", Members = [Anna, Ben, Cem], Leads = [Lea], Roles = ["discord:role"] }] } });
        Watches.Swap(WatchSet.Build([Some.Watch(), Some.Watch("sales", "buy") with { Team = "sales" }], Ours.Nobody));
        var commands = new CommandDesk(Temp.Store, Policies, new Intake(new ScorerBook(), new OpenThreads()), Watches, () => Parts, Clock, Rung.UnionWith)
        {
            WatchFile = change =>
            {
                Changes.Add(change);
                return Task.FromResult(new WatchChanged(true, "written"));
            },
            Channels = () => Channels,
        };
        Desk = new PressDesk(Temp.Store, Policies, Clock, Rung.UnionWith, commands);
    }

    public TempStore Temp { get; } = new();
    public ManualClock Clock { get; } = new();
    public PolicyBook Policies { get; } = new();
    public WatchBook Watches { get; } = new();
    public HashSet<string> Rung { get; } = [];
    public IReadOnlyList<PartState> Parts { get; set; } = [];
    public IReadOnlyList<string> Channels { get; set; } = [];

    /// <summary>What was asked of the file of watches.</summary>
    public List<WatchChange> Changes { get; } = [];
    public PressDesk Desk { get; }

    /// <summary>"/case show" by Anna, unless somebody else is named.</summary>
    public Task<PressAnswer> AskAsync(string command, params (string Name, string Text)[] options) => AskAsync(Of(command, options));

    public Task<PressAnswer> AskAsync(Command command) => Desk.CommandAsync(command);

    public Command Of(string command, params (string Name, string Text)[] options)
    {
        var parts = command.TrimStart('/').Split(' ');
        return new Command($"command {Interlocked.Increment(ref _asked)}", ByAnna, parts[0], parts.ElementAtOrDefault(1), options.ToDictionary(option => option.Name, option => option.Text)) { Room = "care" };
    }

    public Task<PressAnswer> PressAsync(PressTarget target, Responder? by = null) => Desk.PressAsync(new Press($"press {Interlocked.Increment(ref _asked)}", by ?? ByAnna, target));

    public Task<PressAnswer> PressAsync(PressAction action, long subject, Responder? by = null) => PressAsync(new PressTarget(action, subject), by);

    /// <param name="urgency">Of words that join a case the priority is reckoned anew from this.</param>
    public Task<Recorded> HearAsync(Post post, double complaint = 0.9, Priority priority = Priority.Normal, double? urgency = null)
    {
        var said = Some.Assessment(complaint, priority);
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], said with { Urgency = urgency ?? said.Urgency }, ByUs: false);
        var harvest = new Harvest("posts", new Cursor(post.Key.Id), false, null, [heard], [], [], 1);
        return Temp.WriteAsync(tx => Recorder.Record(tx, harvest, Policies.Current, Clock.GetUtcNow()));
    }

    /// <summary>A complaint of its own author.</summary>
    public Task<Recorded> ComplainAsync(string id, Priority priority = Priority.Normal, double complaint = 0.9) =>
        HearAsync(Some.Post($"acme trouble number {id}", id) with { Author = new Author { Id = "a" + id, Handle = "a" + id } }, complaint, priority);

    public async Task<Case> CaseAsync(long id = 1) => (await Temp.ReadAsync(view => view.CaseOf(id)))!;

    public ValueTask DisposeAsync() => Temp.DisposeAsync();
}
