using System.Text.Json;
using ListeningBot.Channels;
using ListeningBot.Channels.Replay;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.IntegrationTests.Channels.Replay;

public sealed class ReplayContractTests : ChannelContractTests
{
    protected override Task<ChannelRig> StartAsync() => Task.FromResult<ChannelRig>(new FileRig());

    /// <summary>A file has no network: what a service can do to a channel makes no sense here.</summary>
    private sealed class FileRig : ChannelRig
    {
        private readonly string _path = Path.GetTempFileName();

        public override IChannel Create(ChannelContext context) => new ReplayChannel(context, new ReplayOptions { Path = _path });

        public override Task OfferAsync(params ContractItem[] items) =>
            File.AppendAllLinesAsync(_path, items.Select(item => JsonSerializer.Serialize(new { id = item.Id, text = item.Text, posted = item.Posted })));

        public override Task OfferGarbageAsync() => File.AppendAllLinesAsync(_path, ["{\"id\":"]);

        public override Task BehaveAsync(Trouble trouble) => Task.CompletedTask;

        /// <summary>A file is not a service.</summary>
        public override IReadOnlyList<Trouble> Troubles => [];

        public override ValueTask DisposeAsync()
        {
            File.Delete(_path);
            return ValueTask.CompletedTask;
        }
    }
}
