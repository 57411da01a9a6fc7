using ListeningBot.Core.Alerting;

namespace ListeningBot.IntegrationTests.Notifiers;

/// <summary>What the keeper relies on of a chat: its messages stay, so that a card is found again and never doubled.</summary>
public abstract class ChatContractTests : NotifierContractTests
{
    [Fact]
    public async Task A_card_is_found_again_by_its_key_alone()
    {
        var since = DateTimeOffset.UnixEpoch;
        var put = Delivered(await Open().PutAsync(Room, Card(1), null, default));

        Assert.Equal(put, await Open().FindAsync(Room, Card(1), since, default));
        Assert.Equal(put, await Open().FindAsync(Room, Card(7), since, default));
        Assert.Null(await Open().FindAsync(Room, Card(1) with { Key = new CardKey("case:1", Room.Name) }, since, default));
        Assert.Null(await Open().FindAsync(Room, Card(1) with { Key = Card(1).Key with { Room = "elsewhere" } }, since, default));
    }

    [Fact]
    public async Task A_creation_tried_again_after_a_crash_is_one_message()
    {
        var first = Delivered(await Open().PutAsync(Room, Card(1), null, default));

        Assert.Equal(first, Delivered(await Open().PutAsync(Room, Card(2), null, default)));
    }
}
