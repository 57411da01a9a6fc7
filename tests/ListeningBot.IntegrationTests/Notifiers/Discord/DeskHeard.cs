using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

/// <summary>A desk that keeps what it was handed and answers as told.</summary>
internal sealed class DeskHeard : IDesk
{
    public ConcurrentQueue<Press> Presses { get; } = [];
    public ConcurrentQueue<Command> Typed { get; } = [];
    public ConcurrentQueue<ThreadNote> Notes { get; } = [];
    public ConcurrentQueue<(string Text, bool Good)> Told { get; } = [];
    public Func<Press, Task<PressAnswer>> OnPress { get; set; } = _ => Task.FromResult(PressAnswer.Done);
    public Func<Command, Task<PressAnswer>> OnCommand { get; set; } = _ => Task.FromResult(PressAnswer.Tell("Here it is."));
    public Func<ThreadNote, Task> OnNote { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<CommandSpec> Commands { get; set; } =
    [
        new("queue", "What waits for somebody", [], []),
        new("case", "A case: look at it, or enter one that was seen elsewhere", [],
        [
            new("show", "Shows a case", [new("number", "Its number; in a case's thread it may be left out", Required: false, Number: true, [])], []),
            new("new", "Enters a complaint that was seen elsewhere", [new("priority", "How urgent it is", Required: false, Number: false, ["low", "high"]), new("text", "A link or the words", Required: true, Number: false, [])], []),
        ]),
    ];

    public Task<PressAnswer> PressAsync(Press press)
    {
        Presses.Enqueue(press);
        return OnPress(press);
    }

    public Task<PressAnswer> CommandAsync(Command command)
    {
        Typed.Enqueue(command);
        return OnCommand(command);
    }

    public Task NoteAsync(ThreadNote note)
    {
        Notes.Enqueue(note);
        return OnNote(note);
    }

    public Task TellOperatorsAsync(string text, bool good)
    {
        Told.Enqueue((text, good));
        return Task.CompletedTask;
    }
}
