using ListeningBot.Core.Pipeline;

namespace ListeningBot.Tests.Support;

/// <summary>Grants all that is asked for.</summary>
public sealed class FreeSpending : ISpending
{
    public Task<Reserved> ReserveAsync(long budget, long least, long most, double share, CancellationToken ct) =>
        Task.FromResult(new Reserved(SpendPace.DayOf(ManualClock.Start), budget, most, null));

    public Task SettleAsync(Reserved reserved, long used) => Task.CompletedTask;
}
