using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

/// <summary>A human typed a command: "/case show 12".</summary>
/// <param name="Id">Unique, the notifier's own.</param>
/// <param name="Name">"case", without the slash.</param>
/// <param name="Sub">"show", or null for a command without parts.</param>
/// <param name="Options">By name, as written; options that were left out are not there.</param>
public sealed record Command(string Id, Responder By, string Name, string? Sub, IReadOnlyDictionary<string, string> Options)
{
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The name of the room it was typed in, or null when that is none of ours.</summary>
    public string? Room { get; init; }

    /// <summary>When it was typed in a case's thread: the messages that may be that case's card.</summary>
    public IReadOnlyList<MessageRef> Under { get; init; } = [];

    /// <summary>As of <see cref="ThreadNote.Thread"/>.</summary>
    public string? Thread { get; init; }
}

/// <summary>A command as it is offered to people.</summary>
/// <param name="Parts">Sub-commands; then it has no options of its own.</param>
public sealed record CommandSpec(string Name, string Description, IReadOnlyList<OptionSpec> Options, IReadOnlyList<CommandSpec> Parts);

/// <param name="Choices">Empty: anything may be written. At most 25.</param>
public sealed record OptionSpec(string Name, string Description, bool Required, bool Number, IReadOnlyList<string> Choices);

/// <summary>Somebody wrote in a case's thread.</summary>
/// <param name="Id">Unique, the notifier's own.</param>
/// <param name="Under">The messages that may be the card of that thread: the notifier need not know which of its rooms the thread belongs to.</param>
/// <param name="At">When it was written.</param>
public sealed record ThreadNote(string Id, Responder By, IReadOnlyList<MessageRef> Under, string Text, DateTimeOffset At)
{
    /// <summary>How the references begin of all messages that stand in that thread: it stays when its card is put anew and is another message. Null where it is not told.</summary>
    public string? Thread { get; init; }
}

/// <summary>Where a notifier hands in what it hears. Each is stored before the task ends; a task that fails means that nothing was saved.</summary>
public interface IDesk
{
    /// <summary>All commands to offer.</summary>
    IReadOnlyList<CommandSpec> Commands { get; }

    Task<PressAnswer> PressAsync(Press press);
    Task<PressAnswer> CommandAsync(Command command);
    Task NoteAsync(ThreadNote note);

    /// <summary>Something about the chat itself that an operator should know: what is wrong, with its cure, or that it is well again.</summary>
    Task TellOperatorsAsync(string text, bool good);
}
