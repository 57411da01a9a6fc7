using ListeningBot.Core.Alerting;

namespace ListeningBot.Hosting.Cluster;

/// <summary>Sends only while this machine surely has the notifier: what the store would refuse afterwards must not be shown either.</summary>
internal sealed class HeldNotifier(INotifier inner, Grant grant) : INotifier
{
    public Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
    {
        grant.Check();
        return inner.PutAsync(room, card, known, ct);
    }

    public Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct)
    {
        grant.Check();
        return inner.FindAsync(room, card, since, ct);
    }

    public Task<MessageRef?> FindPingAsync(Room room, Ping ping, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct)
    {
        grant.Check();
        return inner.FindPingAsync(room, ping, others, since, ct);
    }

    public Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct)
    {
        grant.Check();
        return inner.PingAsync(room, ping, ct);
    }

    public Task<Delivery> WithdrawAsync(Room room, MessageRef message, CancellationToken ct)
    {
        grant.Check();
        return inner.WithdrawAsync(room, message, ct);
    }

    public Task HearAsync(IDesk desk, Action<string?> told, CancellationToken ct) => inner.HearAsync(desk, told, ct);
}
