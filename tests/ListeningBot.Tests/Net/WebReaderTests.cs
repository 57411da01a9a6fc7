using ListeningBot.Configuration;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Net;

public sealed class WebReaderTests
{
    [Fact]
    public async Task A_host_that_is_no_name_is_a_fault_of_the_address_and_not_of_the_program()
    {
        using var web = new WebReader(new HttpSettings(), new ManualClock());
        var fault = await Assert.ThrowsAsync<WebFaultException>(() => web.GetAsync(new WebGet(new Uri("https://xn--\u00e4.example/")), CancellationToken.None));
        Assert.Equal(WebFault.BadAddress, fault.Fault);
    }
}
