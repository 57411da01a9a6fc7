namespace ListeningBot.Notifiers.Discord;

/// <summary>Beats at the pace that Discord asks for and notices when a beat stays unanswered: the connection is then dead, though open.</summary>
internal sealed class Heartbeat(TimeSpan interval, Func<CancellationToken, Task> beat, TimeProvider time)
{
    private volatile bool _answered = true;

    public void Answered() => _answered = true;

    /// <summary>Ends when a beat stayed unanswered until the next was due.</summary>
    public async Task RunAsync(double jitter, CancellationToken ct)
    {
        await Task.Delay(interval * jitter, time, ct);
        while (_answered)
        {
            _answered = false;
            await beat(ct);
            await Task.Delay(interval, time, ct);
        }
    }
}
