using System.Collections.Concurrent;

namespace ListeningBot.Hosting;

/// <summary>Wakes the keeper of a room when there is something new to show.</summary>
public sealed class RoomBells(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _bells = new();

    /// <summary>Told each room that rings, so that a room without a keeper gets one.</summary>
    public Action<string>? Rung { get; set; }

    public void Ring(IReadOnlySet<string> rooms)
    {
        foreach (var room in rooms)
        {
            Ring(room);
        }
    }

    public void Ring(string room)
    {
        var bell = Bell(room);
        if (bell.CurrentCount == 0)
        {
            bell.Release();
        }
        Rung?.Invoke(room);
    }

    /// <summary>Until the room's bell rings or <paramref name="atMost"/> has passed.</summary>
    public async Task WaitAsync(string room, TimeSpan atMost, CancellationToken ct)
    {
        using var pause = new CancellationTokenSource(atMost, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct, pause.Token);
        try
        {
            await Bell(room).WaitAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // the pause is over
        }
    }

    private SemaphoreSlim Bell(string room) => _bells.GetOrAdd(room, _ => new SemaphoreSlim(0));
}
