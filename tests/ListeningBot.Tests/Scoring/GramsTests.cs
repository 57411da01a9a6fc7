using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

public class GramsTests
{
    private static int[] Read(string text)
    {
        var desk = new Desk();
        desk.Begin(text, new Evidence { Lang = "en" });
        var grams = new int[16];
        var count = Grams.Read(desk.Pieces, 0, desk.Pieces.Count, ref grams);
        return grams[..count];
    }

    /// <summary>A model is worth nothing with another hash: these numbers never change.</summary>
    [Fact]
    public void The_buckets_are_the_same_everywhere() =>
        Assert.Equal([261188, 25516, 201629, 80053, 235327, 79761, 60576, 191388, 222423, 249316, 105537, 204715, 238101, 180698, 174584, 229958, 165660, 68173, 216827, 23811], Read("Order never came"));

    [Theory]
    [InlineData("@acme my order never came", "@somebodyelse my order never came")]
    [InlineData("my order never came https://a.example/x", "my order never came https://other.example/y")]
    [InlineData("I paid 45 euros", "I paid 317 euros")]
    [InlineData("My Order NEVER came", "my order never came")]
    public void Names_links_numbers_and_capitals_are_not_learned(string one, string other) => Assert.Equal(Read(one), Read(other));

    [Fact]
    public void What_a_not_reaches_is_another_word() => Assert.NotEqual(Read("it is not good"), Read("it is so good"));

    [Fact]
    public void Every_bucket_lies_in_the_table()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => (char)random.Next(1, 0x3000)));
            Assert.All(Read(text), bucket => Assert.InRange(bucket, 0, Grams.Buckets - 1));
        }
    }
}
