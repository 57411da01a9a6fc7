using ListeningBot.Core.Alerting;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordContractTests : ChatContractTests
{
    private DiscordHouse _house = null!;

    protected override Room Room => _house.Room;

    protected override INotifier Open() => _house.NewNotifier();

    public override async ValueTask InitializeAsync() => _house = await DiscordHouse.OpenAsync();

    public override async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await base.DisposeAsync();
    }
}
