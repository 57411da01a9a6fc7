using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected AlarmTable Told { get; } = new(db);

    public CardStanding? StandingOf(CardKey key) => Told.StandingOf(key);
    public IReadOnlyList<Alarm> Alarms() => Told.All();
}
