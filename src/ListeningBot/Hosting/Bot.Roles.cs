using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Hosting.Cluster;

namespace ListeningBot.Hosting;

/// <summary>Where several machines share the work: each runs what it holds, and a change of that is applied like a change of the configuration.</summary>
public sealed partial class Bot
{
    private readonly Roles _roles = new();
    private Action<IReadOnlySet<string>>? _want;
    private Action<string>? _ringElsewhere;
    private Func<Task>? _catchUp;
    private Settings? _settings;
    private volatile bool _stopped;

    /// <summary>From the start on only what is held is run; nothing yet.</summary>
    /// <param name="want">Told all roles there are.</param>
    /// <param name="ringElsewhere">Told each room with something new that another machine keeps.</param>
    /// <param name="catchUp">Learns what other machines did.</param>
    internal void ShareRoles(Action<IReadOnlySet<string>> want, Action<string> ringElsewhere, Func<Task> catchUp)
    {
        (_want, _ringElsewhere, _catchUp) = (want, ringElsewhere, catchUp);
        _roles.Hold(new Dictionary<string, Grant>());
    }

    /// <summary>Makes what runs here fit what is held: nothing else runs when it returns.</summary>
    internal async Task HoldAsync(IReadOnlyDictionary<string, Grant> grants)
    {
        await _applying.WaitAsync();
        try
        {
            _roles.Hold(grants);
            if (_settings is { } settings && !_stopped)
            {
                await StopLostRoomsAsync();
                await (_catchUp?.Invoke() ?? Task.CompletedTask);
                await ApplyHeldAsync(settings);
            }
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <summary>All channels, whoever reads them.</summary>
    internal IReadOnlyList<string> Configured => [.. (_settings?.Channels ?? []).Select(channel => channel.Name)];

    /// <summary>Whether this machine keeps the room.</summary>
    internal bool Keeps(string room) => _roles.May(_roles.OfRoom(room), out _);

    /// <summary>To others only while the notifier is surely ours.</summary>
    private INotifier Checked(string notifier) =>
        _roles.May(Roles.OfNotifier(notifier), out var grant) && grant is not null ? new HeldNotifier(_made[notifier].Notifier, grant) : _made[notifier].Notifier;

    /// <summary>Before its notifier is made anew under another lease. Rooms of a machine that shares with nobody go on.</summary>
    private async Task StopRoomsAsync(string notifier)
    {
        if (_roles.AreShared)
        {
            var role = Roles.OfNotifier(notifier);
            await Task.WhenAll(_rooms.Names.Where(room => _roles.OfRoom(room) == role).Select(StopRoomAsync));
        }
    }

    /// <summary>Whatever runs under another lease than the one that its room asks for now: that was lost, or an edit gave the room to another notifier.</summary>
    private Task StopLostRoomsAsync() =>
        Task.WhenAll(_rooms.Names.Where(room => !_roles.May(_roles.OfRoom(room), out var grant) || _rooms.GrantOf(room) != grant).Select(StopRoomAsync));

    private async Task StopRoomAsync(string room)
    {
        await _rooms.StopAsync(room);
        parts.Board.Removed("room " + room);
    }

    /// <summary>What is brought to several machines may all come to another one: of one alone, silence says nothing.</summary>
    private TimeSpan? QuietAfter(ChannelSettings channel) => _roles.AreShared && channel.Kind.IsBrought ? TimeSpan.Zero : channel.QuietAfter;
}
