using System.Text.Json;
using ListeningBot.Channels;
using ListeningBot.Channels.Webhook;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.IntegrationTests.Channels.Webhook;

public sealed class WebhookContractTests : ChannelContractTests
{
    protected override async Task<ChannelRig> StartAsync()
    {
        var rig = new SenderRig();
        await rig.StartAsync();
        return rig;
    }

    /// <summary>A sender that tells a new listener all that it ever had, and goes on until each delivery is answered with 2xx or 400.</summary>
    private sealed class SenderRig : ChannelRig
    {
        private readonly WebhookBench _bench = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly List<string> _all = [];
        private Queue<string> _unsent = new();
        private Task _sending = Task.CompletedTask;

        /// <summary>What was not answered comes again, whether it was stored or not.</summary>
        public override bool MayRepeat => true;
        public override string? Secret => WebhookBench.Secret;

        /// <summary>Nothing is asked for.</summary>
        public override IReadOnlyList<Trouble> Troubles => [];

        public async Task StartAsync()
        {
            await _bench.StartAsync();
            _sending = Task.Run(SendAsync);
        }

        public override IChannel Create(ChannelContext context)
        {
            lock (_all)
            {
                _unsent = new Queue<string>(_all);
            }
            return new WebhookChannel(context with { Doors = _bench.Doors }, new WebhookOptions { Secret = WebhookBench.Secret });
        }

        public override Task OfferAsync(params ContractItem[] items) => AddAsync(JsonSerializer.Serialize(items.Select(item => new { id = item.Id, text = item.Text, posted = item.Posted })));
        public override Task OfferGarbageAsync() => AddAsync("{\"id\":");
        public override Task BehaveAsync(Trouble trouble) => Task.CompletedTask;

        private Task AddAsync(string body)
        {
            lock (_all)
            {
                _all.Add(body);
                _unsent.Enqueue(body);
            }
            return Task.CompletedTask;
        }

        private async Task SendAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                Queue<string> queue;
                string? body;
                lock (_all)
                {
                    queue = _unsent;
                    queue.TryPeek(out body);
                }
                if (body is not null && await IsAnsweredAsync(body))
                {
                    lock (_all)
                    {
                        queue.Dequeue();
                    }
                    continue;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }

        private async Task<bool> IsAnsweredAsync(string body)
        {
            using var request = WebhookBench.Signed(new Uri(_bench.Doors.AddressOf("contract")), System.Text.Encoding.UTF8.GetBytes(body), WebhookBench.Secret, TimeProvider.System.GetUtcNow());
            using var answer = await _bench.SendAsync(request);
            return (int)answer.StatusCode is 200 or 400;
        }

        public override async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _sending;
            await _bench.DisposeAsync();
            _stop.Dispose();
        }
    }
}
