using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public bool AddAlarm(Alarm alarm, DateTimeOffset now) => Told.Add(alarm, now);
    public void EndAlarm(Alarm alarm) => Told.End(alarm);
}
