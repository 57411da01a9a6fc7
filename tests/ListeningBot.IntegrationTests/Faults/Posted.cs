using ListeningBot.IntegrationTests.Channels.Mastodon;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>Somebody complains somewhere. Each returns the word by which the complaint is known, which is its writer's name too.</summary>
internal static class Posted
{
    private static readonly string[] Troubles = ["refund", "parcel", "invoice", "router", "delivery", "warranty", "password", "charger", "screen", "hotline"];

    public static (string Word, string Text) Complaint(int number)
    {
        var word = $"cut{number}x";
        return (word, $"{word}: acme ruined my {Troubles[number % Troubles.Length]} number {number * 7919}, nobody answers, worst service ever");
    }

    public static string InSky(Town town, int number)
    {
        var (word, text) = Complaint(number);
        town.Post(word, text);
        return word;
    }

    public static string OnX(LocalX x, int number)
    {
        var (word, text) = Complaint(number);
        x.Post(text, author: word);
        return word;
    }

    public static async Task<string> InFediverseAsync(LocalMastodon fediverse, int number)
    {
        var (word, text) = Complaint(number);
        var status = LocalMastodon.Status(1000 + number, text + " #acme", TimeProvider.System.GetUtcNow());
        status["account"]!["acct"] = $"{word}@far.example";
        fediverse.Add(status);
        await fediverse.PushAsync("update", status.ToJsonString(), "hashtag", "acme");
        return word;
    }
}
