using System.Text;
using ListeningBot.IntegrationTests.Channels.Webhook;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program hears what is posted to it.</summary>
public sealed class WebhookProcessTests
{
    private const string Secret = "between-the-shop-and-us";

    [Fact]
    public async Task A_form_that_a_customer_filled_in_becomes_a_card_while_the_channel_is_configured()
    {
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Channel("forms", new { Kind = "webhook", Secret });
        await using var bot = town.StartBot();
        await Until.TrueAsync(() => bot.Web is not null);
        var address = new Uri(bot.Web!, "/in/forms");
        using var http = new HttpClient();

        // Whoever comes before the channel reads is told to come again, never that nobody is here.
        Assert.NotEqual(404, await PostAsync("[]"));
        await Until.TrueAsync(() => PostAsync("[]").GetAwaiter().GetResult() != 503);
        Assert.Equal(200, await PostAsync("""{"id":"1","kind":"form","text":"acme ruined my week, still no refund, nobody answers","author":{"name":"Mia Lang"}}"""));
        await Until.TrueAsync(() => town.Cards.Count == 1 && LocalPress.Words(town.Cards[0]).Contains("ruined my week", StringComparison.Ordinal));
        Assert.Contains("Mia Lang", LocalPress.Words(town.Cards[0]), StringComparison.Ordinal);

        Assert.Equal(200, await PostAsync("""{"id":"1","deleted":true}"""));
        await Until.TrueAsync(() => !LocalPress.Words(town.Cards[0]).Contains("ruined my week", StringComparison.Ordinal));

        town.Channel("forms", null);
        await Until.TrueAsync(() => PostAsync("[]").GetAwaiter().GetResult() == 404);

        async Task<int> PostAsync(string body)
        {
            using var answer = await http.SendAsync(WebhookBench.Signed(address, Encoding.UTF8.GetBytes(body), Secret, TimeProvider.System.GetUtcNow()));
            return (int)answer.StatusCode;
        }
    }
}
