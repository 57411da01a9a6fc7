using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// The servers in which our rooms stand. A bot can be invited into any other by whoever knows it, unless that is switched off in the Developer Portal: from there nobody looks at a case, or acts on one.
/// </summary>
internal sealed class HomeServers(Rest rest, IReadOnlyList<Room> rooms, TimeProvider time)
{
    /// <summary>Of the three seconds that a press has.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>The server of each room, where Discord told it.</summary>
    private readonly ConcurrentDictionary<string, string> _servers = [];

    /// <summary>What was done in a room was done at home, and so was what comes without a server: the bot's own direct messages. Of other places Discord is asked, once for each room.</summary>
    public async Task<bool> IsForeignAsync(Place place, CancellationToken ct)
    {
        if (place.Server is not { } server || place.RoomAmong(rooms) is not null || _servers.Values.Contains(server))
        {
            return false;
        }
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return !await AnyStandsInAsync(server, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task<bool> AnyStandsInAsync(string server, CancellationToken ct)
    {
        foreach (var address in rooms.Select(room => room.Address).Distinct().Where(address => !_servers.ContainsKey(address)))
        {
            if (await rest.SendAsync(Route.Channel(address), ct) is RestReply.Done { Body: var channel } && channel.Text("guild_id") is { } told)
            {
                _servers[address] = told;
                if (told == server)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
