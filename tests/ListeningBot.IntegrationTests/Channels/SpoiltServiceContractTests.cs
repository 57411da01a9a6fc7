using System.Globalization;
using ListeningBot.Core.Posts;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>What a channel promises whose service can be stood before: nothing that it is told wrongly costs a post. LISTENINGBOT_FAULT_CALLS says for how many calls.</summary>
public abstract class SpoiltServiceContractTests : WebServiceContractTests
{
    private static readonly int Calls = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_FAULT_CALLS") ?? "60", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_FAULT_SEED") ?? "7", CultureInfo.InvariantCulture);

    [Fact]
    public async Task With_three_of_ten_answers_wrong_every_post_comes_once_and_none_is_taken_for_deleted()
    {
        await using var rig = (WebRig)await StartAsync();
        var front = await rig.SpoilAsync(0.3, Seed);
        var listener = new Listener(rig);
        var posts = 0;
        while (posts < 10 || front.Calls < Calls)
        {
            await rig.OfferAsync(Items(++posts, 1));
            var asked = front.Calls;
            // A stream that stands is asked for nothing more.
            await listener.UntilAsync(l => front.Calls >= asked + Math.Max(4, Calls / 100) || HasHeard(posts, 1)(l));
        }
        await listener.UntilAsync(HasHeard(1, posts));

        TestContext.Current.TestOutputHelper?.WriteLine($"{front.Calls} calls, {front.Wrong.Sum(kind => kind.Value)} of them wrong, {posts} posts, {listener.Faults.Count} faults");
        Assert.NotEmpty(front.Wrong);
        Assert.True(rig.MayRepeat || Enumerable.Range(1, posts).All(n => listener.Heard(Word(n)) == 1), "Something came twice.");
        Assert.DoesNotContain(listener.Changes, change => change.Kind == ChangeKind.Deleted);
        Assert.Empty(listener.Aside);
    }
}
