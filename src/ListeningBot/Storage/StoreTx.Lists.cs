using ListeningBot.Core.Alerting;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public void RecordCommand(Command command, PressAnswer answer, DateTimeOffset now) => Desk.RecordCommand(command, answer, now);
}
