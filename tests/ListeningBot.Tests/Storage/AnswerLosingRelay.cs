using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Storage;

/// <summary>Stands between a client and a loopback server. While it is losing: once the client has sent the given words, they reach the server, but of its answer nothing comes back, and the connection ends.</summary>
internal sealed class AnswerLosingRelay : IAsyncDisposable
{
    private readonly LoopbackWay _way;
    private readonly byte[] _lose;
    private int _lost;

    public AnswerLosingRelay(int target, byte[] lose) => (_lose, _way) = (lose, new LoopbackWay(target, PassAsync));

    public int Port => _way.Port;

    public volatile bool Losing;

    /// <summary>Not when the server has answered: while it is still about it.</summary>
    public bool EndsAtOnce { get; init; }

    /// <summary>How many answers.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public ValueTask DisposeAsync() => _way.DisposeAsync();

    private async Task PassAsync(LoopbackWay.Passing passing, CancellationToken ct)
    {
        if (!Losing || passing.Sent.Span.IndexOf(_lose) < 0)
        {
            await passing.OnAsync(ct);
            return;
        }
        Losing = false;
        await passing.Answers.CancelAsync();
        await passing.OnAsync(ct);
        if (EndsAtOnce)
        {
            passing.Client.Close();
        }
        _ = await passing.Server.GetStream().ReadAsync(new byte[65536], ct);
        Interlocked.Increment(ref _lost);
        passing.Client.Close();
    }
}
