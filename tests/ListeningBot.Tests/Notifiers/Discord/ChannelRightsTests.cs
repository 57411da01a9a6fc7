using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Tests.Notifiers.Discord;

/// <summary>Shapes as documented under "Guild", "Guild Member" and "Overwrite" of the API reference.</summary>
public sealed class ChannelRightsTests
{
    private const string Server = """{"id":"1","owner_id":"99","roles":[{"id":"1","permissions":"1024"},{"id":"5","permissions":"2048"},{"id":"6","permissions":"8"}]}""";

    [Theory]
    [InlineData("""{"roles":[]}""", "[]", 1024)]
    [InlineData("""{"roles":["5"]}""", "[]", 1024 + 2048)]
    [InlineData("""{"roles":["5"]}""", """[{"id":"1","allow":"0","deny":"1024"}]""", 2048)]
    [InlineData("""{"roles":["5"]}""", """[{"id":"1","allow":"0","deny":"1024"},{"id":"5","allow":"1024","deny":"2048"}]""", 1024)]
    [InlineData("""{"roles":["5"]}""", """[{"id":"5","allow":"0","deny":"2048"},{"id":"42","allow":"2048","deny":"0"}]""", 1024 + 2048)]
    [InlineData("""{"roles":[]}""", """[{"id":"5","allow":"2048","deny":"0"}]""", 1024)]
    public void Roles_come_first_then_the_exceptions_of_the_channel(string member, string exceptions, ulong expected)
    {
        Assert.Equal(expected, Reckon(member, exceptions, "42"));
    }

    [Fact]
    public void Administrators_and_the_owner_may_do_everything()
    {
        const string denied = """[{"id":"1","allow":"0","deny":"1024"}]""";

        Assert.Equal(ulong.MaxValue, Reckon("""{"roles":["6"]}""", denied, "42"));
        Assert.Equal(ulong.MaxValue, Reckon("""{"roles":[]}""", denied, "99"));
    }

    [Fact]
    public void What_is_missing_is_named_with_the_room()
    {
        var rights = new ChannelRights(ChannelRights.ViewChannel, new Room("care", "discord", "7"));

        Assert.Null(rights.Missing(ChannelRights.ViewChannel));
        Assert.Contains("\"Send Messages\", \"Embed Links\", \"Read Message History\", \"Attach Files\", \"Create Public Threads\", \"Send Messages in Threads\" in the room \"care\"", rights.Missing(ChannelRights.All));
    }

    private static ulong Reckon(string member, string exceptions, string user) =>
        ChannelRights.Reckon(Json(Server), Json($$"""{"permission_overwrites":{{exceptions}}}"""), Json(member), user);

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
