using System.Text;
using System.Text.Json;
using ListeningBot.Channels.Webhook;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Channels.Webhook;

/// <summary>Deliveries broken at random places, the same in each run.</summary>
public sealed class DeliveryFuzzTests
{
    private const string Sound = """[{"id":"1","text":"It broke","author":{"id":"mia","followers":"12"},"stars":1,"posted":1700000000},{"id":2,"text":"Two","edited":true,"inReplyTo":"1"},{"id":"3","deleted":true}]""";
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "1e999", "-", "\0", "\uFEFF", "\uFFFE", "\n", "[[[[", "{\"text\":{}}", "{\"text\":\"x\"}", "\"posted\":", "99999999999999999999"];

    [Fact]
    public void Whatever_is_broken_each_item_is_either_taken_or_refused_with_its_line()
    {
        var random = new Random(17);
        for (var round = 0; round < 5000; round++)
        {
            var delivery = Delivery.Read(Broken(random), "forms", Now, s_clocksDiffer);

            Assert.Equal(delivery.Changes.Count, delivery.Taken.Count);
            Assert.Equal(delivery.Refused.Count, delivery.Aside.Count);
            var items = delivery.Taken.Concat(delivery.Refused.Select(refused => refused.Item)).Order().ToList();
            Assert.Equal(Enumerable.Range(1, items.Count), items);
            Assert.All(delivery.Refused, refused => Assert.True(refused.Line >= 1));
        }
    }

    [Fact]
    public void More_than_a_thousand_in_one_delivery_are_refused_and_the_first_thousand_taken()
    {
        var body = "[" + string.Join(",\n", Enumerable.Range(1, 1002).Select(n => $$"""{"id":{{n}},"text":"x"}""")) + "]";

        var delivery = Delivery.Read(Encoding.UTF8.GetBytes(body), "forms", Now, s_clocksDiffer);

        Assert.Equal(1000, delivery.Changes.Count);
        Assert.Equal((1001, 1001), (Assert.Single(delivery.Refused).Item, delivery.Refused[0].Line));
    }

    /// <summary>An index of PostgreSQL takes no more than 2,704 bytes.</summary>
    [Fact]
    public void A_long_id_is_shortened_and_stays_its_own_wherever_it_is_named()
    {
        var (one, other) = (new string('é', 1100) + "1", new string('é', 1100) + "2");
        var delivery = Delivery.Read(Encoding.UTF8.GetBytes($$"""[{"id":"{{one}}","text":"x","author":{"id":"{{one}}"} },{"id":"{{other}}","text":"y","inReplyTo":"{{one}}","author":{"handle":"{{one}}"} }]"""), "forms", Now, s_clocksDiffer);

        var (first, second) = (delivery.Changes[0].Post!, delivery.Changes[1].Post!);
        Assert.All([first.Key.Id, second.Key.Id, first.Author.Id!, second.Author.Handle!], id => Assert.InRange(id.Length, 1, 500));
        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal(first.Key, second.InReplyTo);
        var kept = new string('a', 2000);
        Assert.Equal(kept, Delivery.Read(Encoding.UTF8.GetBytes($$"""[{"id":"{{kept}}","text":"x"}]"""), "forms", Now, s_clocksDiffer).Changes[0].Key.Id);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("-3600", null)]
    [InlineData("631151999", null)]
    [InlineData("\"0001-01-01T00:00:00Z\"", null)]
    [InlineData("631152000", "1990-01-01T00:00:00Z")]
    public void A_time_before_1990_counts_as_none(string posted, string? counts) => Assert.Equal(
        counts is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(counts),
        Assert.Single(Delivery.Read(Encoding.UTF8.GetBytes($$"""{"id":"1","text":"x","posted":{{posted}}}"""), "forms", Now, s_clocksDiffer).Changes).Post!.Posted);

    /// <summary>A clock may be some minutes wrong; a local time that is sent as UTC is an hour or more ahead.</summary>
    [Theory]
    [InlineData("2026-11-01T00:05:00Z", null)]
    [InlineData("2026-11-01T01:00:00", "60 min")]
    [InlineData("2026-12-01T00:00:00Z", "30 days")]
    [InlineData("9999-12-31T00:00:00Z", "2912138 days")]
    public void What_is_dated_ahead_is_taken_and_its_sender_is_told(string posted, string? ahead)
    {
        var delivery = Delivery.Read(Encoding.UTF8.GetBytes($$"""[{"text":"a"},{{"\n"}}{"id":"1","text":"x","posted":"{{posted}}"}]"""), "forms", Now, s_clocksDiffer);

        Assert.Equal([1, 2], delivery.Taken);
        Assert.Equal(
            ahead is null ? [] : new[] { (2, 2, $"has a \"posted\" that is {ahead} ahead: it counts as posted when it came") },
            delivery.Doubted.Select(one => (one.Item, one.Line, one.Why)));
        Assert.Equal(ahead is null, !JsonSerializer.Serialize(Reply.Of(delivery).Body).Contains("ahead", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1700000000", "sha256=" + Hash, true)]
    [InlineData("1700000000", "SHA256=" + Hash, true)]
    [InlineData("1700000000", Hash, false)]
    [InlineData("1700000000", "sha256=" + Hash + "0", false)]
    [InlineData("1700000000", "sha256=" + Hash + "00", false)]
    [InlineData("1700000000", "sha256=zz", false)]
    [InlineData("1700000000", "sha256=", false)]
    [InlineData("-1", "sha256=" + Hash, false)]
    [InlineData("1e9", "sha256=" + Hash, false)]
    [InlineData("99999999999999999999", "sha256=" + Hash, false)]
    [InlineData("999999999999999", "sha256=" + Hash, false)]
    [InlineData(null, null, false)]
    public void Only_what_can_be_a_signature_is_read_as_one(string? timestamp, string? signature, bool isOne) => Assert.Equal(isOne, Signature.Read(timestamp, signature) is not null);

    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static byte[] Broken(Random random)
    {
        var text = Sound;
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            var cut = random.Next(0, Math.Min(12, text.Length - at) + 1);
            text = text[..at] + (random.Next(3) == 0 ? "" : Pieces[random.Next(Pieces.Length)]) + text[(at + cut)..];
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(4) == 0 && bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
        return bytes;
    }
}
