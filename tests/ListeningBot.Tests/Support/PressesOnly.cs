using ListeningBot.Core.Alerting;

namespace ListeningBot.Tests.Support;

/// <summary>A desk that takes presses as told, and nothing else.</summary>
public sealed class PressesOnly(Func<Press, Task<PressAnswer>> onPress) : IDesk
{
    public IReadOnlyList<CommandSpec> Commands => [];

    public Task<PressAnswer> PressAsync(Press press) => onPress(press);

    public Task<PressAnswer> CommandAsync(Command command) => throw new InvalidOperationException("no command was expected");

    public Task NoteAsync(ThreadNote note) => throw new InvalidOperationException("no note was expected");

    public Task TellOperatorsAsync(string text, bool good) => Task.CompletedTask;
}
