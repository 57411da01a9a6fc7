namespace ListeningBot.Core.Alerting;

/// <summary>How one try to show something ended.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    public sealed record Delivered(MessageRef Message) : Delivery;

    /// <summary>Not taken now; another try may work. <paramref name="After"/> is what the service asked for, or null.</summary>
    public sealed record Retry(string Reason, TimeSpan? After = null) : Delivery;

    /// <summary>The room can't be reached until an operator mends something; nothing is wrong with the card.</summary>
    public sealed record Blocked(string Reason) : Delivery;

    /// <summary>Another try of the same can't work.</summary>
    public sealed record Rejected(string Reason) : Delivery;

    /// <summary>The message to edit or answer is no longer there: put a new one.</summary>
    public sealed record Gone : Delivery
    {
        /// <summary>Where it still stands, out of our reach, for people: "the channel 123". Null: nowhere.</summary>
        public string? Remains { get; init; }
    }

    /// <summary>It may have been taken or not (cut off after sending): look for it before the next try.</summary>
    public sealed record Unknown(string Reason) : Delivery;
}

/// <summary>A way to show cards, ping, and hear presses. Tries once: the keeper owns retry, order and rate. Methods throw only when cancelled.</summary>
public interface INotifier
{
    /// <summary>Shows the card: edits <paramref name="known"/>, or sends a new message when that is null.</summary>
    Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct);

    /// <summary>The message that shows this card, sent no earlier than <paramref name="since"/>. Null: surely not there. Throws <see cref="IOException"/> when it can't be told, a <see cref="RoomBusyException"/> when it is told later.</summary>
    Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct);

    /// <summary>
    /// The message that is this ping, sent no earlier than <paramref name="since"/>. Null: surely not there. Throws <see cref="IOException"/> when it can't be told, a <see cref="RoomBusyException"/> when it is told later, a <see cref="RoomClosedException"/> where that lasts until an operator mends it.
    /// </summary>
    /// <param name="others">Messages that are known to be other pings, perhaps in the same words.</param>
    Task<MessageRef?> FindPingAsync(Room room, Ping ping, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct);

    Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct);

    /// <summary>Takes a message back; one that is already gone counts as done.</summary>
    Task<Delivery> WithdrawAsync(Room room, MessageRef message, CancellationToken ct);

    /// <summary>Runs until cancelled: hands in each press, command and note, and answers it. Throws on what only an operator can mend, in words for an operator.</summary>
    /// <param name="told">Called with null each time that hearing begins to work, and with the reason, for an operator, each time that it broke off and is tried again by itself.</param>
    Task HearAsync(IDesk desk, Action<string?> told, CancellationToken ct);
}
