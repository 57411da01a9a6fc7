using ListeningBot.Net;

namespace ListeningBot.Tests.Net;

public sealed class OwnAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8473", "http://127.0.0.1:8473/")]
    [InlineData("http://0.0.0.0:8473;http://[::1]:1", "http://127.0.0.1:8473/")]
    [InlineData("http://*:80", "http://127.0.0.1/")]
    [InlineData("http://+:8473", "http://127.0.0.1:8473/")]
    [InlineData("http://[::]:8473", "http://127.0.0.1:8473/")]
    [InlineData("http://[::1]:8473", "http://[::1]:8473/")]
    [InlineData("", null)]
    public void An_address_to_listen_on_is_one_to_ask(string listen, string? asked) => Assert.Equal(asked, OwnAddress.Of(listen)?.ToString());
}
