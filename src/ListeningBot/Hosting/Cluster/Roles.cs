using ListeningBot.Channels;
using ListeningBot.Configuration;

namespace ListeningBot.Hosting.Cluster;

/// <summary>
/// What must run on one machine only, and which of it is this one's. A notifier's role is its hearing and all its rooms, and the channels that listen through it; each other channel is a role.
/// Where no database is shared there are no roles, and everything is this machine's.
/// </summary>
internal sealed class Roles
{
    public const string Authors = "authors";
    public const string Canary = "canary";
    private const string Console = "console";
    private volatile IReadOnlyDictionary<string, Grant>? _grants;
    private volatile Settings? _settings;

    public bool AreShared => _grants is not null;

    public static IReadOnlySet<string> Of(Settings settings) =>
        new HashSet<string>([.. settings.Channels.Select(OfChannel).OfType<string>(), .. settings.Notifiers.Select(notifier => OfNotifier(notifier.Name)), OfNotifier(Console), Authors, Canary], StringComparer.Ordinal);

    /// <summary>Null: it runs on every machine.</summary>
    public static string? OfChannel(ChannelSettings channel) =>
        channel.Kind.IsBrought ? null : channel.Options is IThroughNotifier through ? OfNotifier(through.Notifier) : "channel " + channel.Name;

    public static string OfNotifier(string name) => "notifier " + name;

    /// <summary>Where nothing else is configured, a room is shown on the console.</summary>
    public string OfRoom(string room) => OfNotifier(_settings?.RoomOf(room)?.Notifier ?? Console);

    public void Know(Settings settings) => _settings = settings;

    public void Hold(IReadOnlyDictionary<string, Grant> grants) => _grants = grants;

    /// <param name="role">Null: any machine may.</param>
    /// <param name="grant">Null where none is needed.</param>
    public bool May(string? role, out Grant? grant)
    {
        grant = null;
        return role is null || _grants is not { } grants || grants.TryGetValue(role, out grant);
    }
}
