using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Where a message stands: it stays reachable when its room moves to another channel.</summary>
internal sealed record MessageAddress(string Channel, string Message)
{
    public MessageRef ToRef() => new(BeginningIn(Channel) + Message);

    /// <summary>Of the references of all messages in a channel or thread.</summary>
    public static string BeginningIn(string channel) => channel + "/";

    /// <summary>Null for a reference that this notifier did not write.</summary>
    public static MessageAddress? Parse(MessageRef reference)
    {
        var parts = reference.Value.Split('/');
        return parts.Length == 2 && Snowflake.TryParse(parts[0], out _) && Snowflake.TryParse(parts[1], out _)
            ? new MessageAddress(parts[0], parts[1])
            : null;
    }
}
