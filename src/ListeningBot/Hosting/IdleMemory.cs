using Microsoft.Extensions.Hosting;

namespace ListeningBot.Hosting;

/// <summary>
/// After a busy time (a start with many words, a night's posts caught up with) the runtime keeps memory that nothing uses any more: it tidies up only when more is asked for. Once little
/// happens it is tidied up and given back.
/// </summary>
internal sealed class IdleMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var slack = new Slack();
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (slack.IsWorthGivingBack(GC.GetTotalAllocatedBytes()))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
    }

    /// <summary>What was allocated, as it was seen each time.</summary>
    internal sealed class Slack
    {
        /// <summary>Less than this between two looks is hardly anything.</summary>
        public const long Little = 4 << 20;

        /// <summary>After less than this there is too little to give back.</summary>
        public const long Much = 32 << 20;
        private long _last;
        private long _givenBack;

        /// <param name="allocated">Bytes since the start of the program.</param>
        public bool IsWorthGivingBack(long allocated)
        {
            var lately = allocated - _last;
            _last = allocated;
            if (lately >= Little || allocated - _givenBack < Much)
            {
                return false;
            }
            _givenBack = allocated;
            return true;
        }
    }
}
