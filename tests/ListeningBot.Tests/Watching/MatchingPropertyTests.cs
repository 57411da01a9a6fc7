using System.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Tests.Watching;

/// <summary>Random small texts and watches, against an evaluator that is plain and slow: words as strings, one term after the other.</summary>
public sealed class MatchingPropertyTests
{
    private static readonly string[] Parts =
    [
        "a", "B", "ab", "é", "e\u0301", "7", "_", " ", " ", " ", ", ", "'", "’", "t", "#", "@", "＃", "-", "\n", "b\u200B", "返", "金", "ハ", "ﾞ", "😡", "👩\u200D💻", "я", "Ａ", "\ud800",
        "abcdefghijklmnopq",
    ];

    [Fact]
    public void The_matcher_agrees_with_a_plain_evaluator()
    {
        var random = new Random(20261121);
        var matched = 0;
        for (var round = 0; round < 30_000; round++)
        {
            Watch[] watches = [AnyWatch(random, "one"), AnyWatch(random, "two")];
            var text = Any(random, 14);
            var channel = random.Next(3) == 0 ? "mail" : "posts";
            var expected = watches.Where(watch => PlainEvaluator.Matches(watch, text, channel)).Select(watch => watch.Name).ToArray();
            var bytes = Encoding.UTF8.GetBytes(text);
            var set = WatchSet.Build(watches, Ours.Nobody);

            var found = set.Find(bytes, channel);

            var told = $"text \"{text}\" on {channel}; {string.Join("; ", watches.Select(w => $"{(w.Everything ? "everything " : "")}{string.Join(',', w.Channels)} find {string.Join('|', w.Find)} not {string.Join('|', w.Exclude)}"))}";
            Assert.True(expected.SequenceEqual(found.Select(match => match.Watch.Name)), $"{told}: expected {string.Join(',', expected)}, found {string.Join(',', found.Select(m => m.Watch.Name))}");
            Assert.True(set.Matches(bytes, channel) == expected.Length > 0, told);
            Assert.All(found.SelectMany(match => match.Hits), hit => Assert.True(hit.Start >= 0 && hit.Length > 0 && hit.Start + hit.Length <= bytes.Length));
            matched += expected.Length;
        }
        Assert.InRange(matched, 3_000, 45_000);
    }

    private static Watch AnyWatch(Random random, string name) => new()
    {
        Name = name,
        Team = "care",
        Find = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, 4))],
        Exclude = [.. Enumerable.Range(0, random.Next(2)).Select(_ => Any(random, 3))],
        Everything = random.Next(12) == 0,
        Channels = random.Next(4) == 0 ? ["mail"] : [],
    };

    private static string Any(Random random, int parts) =>
        string.Concat(Enumerable.Range(0, random.Next(parts + 1)).Select(_ => Parts[random.Next(Parts.Length)]));
}
