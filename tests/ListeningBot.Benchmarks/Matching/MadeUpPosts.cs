using System.Text;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>Posts and words to find, made up alike in each run: common English words after their frequency, names, hashtags, addresses, some accents and emoji.</summary>
internal static class MadeUpPosts
{
    /// <summary>UTF-8 bytes.</summary>
    public const int Length = 246;

    /// <summary>Terms begin with the name of this rank; posts use 30,000 names.</summary>
    private const int Rare = 28_000;

    private static readonly string[] Common =
    [
        .. "the to and a of i in is it you that my for on was with this have not but they so at just be are me what all when your we can if no like up out get do how about one there from really know time going good as it's don't now people back again still phone waiting service day never order today account been help please after working would"
            .Split(' '),
    ];

    private static readonly string[] Extras = ["😡", "😂", "❤️", "café", "Müller", "don’t", "“really”", "naïve", "—", "…", "#fail", "#CustomerService", "@support", "https://social.example/p/8f3k2", "2024", "3.5", "ASAP!!!"];

    public static byte[][] Posts(int count)
    {
        var random = new Random(1);
        var names = Names(30_000);
        return [.. Enumerable.Range(0, count).Select(_ => Post(random, names))];
    }

    /// <summary>Words and short phrases, none of them common: brands, products, people. Few posts hold one, as in life.</summary>
    public static string[] Terms(int count)
    {
        var random = new Random(2);
        var names = Names(Rare + count);
        return [.. names.Skip(Rare).Select(name => random.Next(4) == 0 ? $"{name} {Common[random.Next(Common.Length)]}" : name)];
    }

    /// <summary>Most used first.</summary>
    private static string[] Names(int count)
    {
        string[] parts = ["ac", "me", "bo", "ra", "ti", "lon", "ven", "qua", "ster", "dri", "mo", "kel", "pha", "zu", "ner", "gli", "tex", "oro", "win", "sul", "ba", "cor", "dex", "fin"];
        return [.. Enumerable.Range(0, count).Select(i => Name(parts, i))];
    }

    private static string Name(string[] parts, int number)
    {
        var name = new StringBuilder();
        for (var left = number + parts.Length; left > 0; left /= parts.Length)
        {
            name.Append(parts[left % parts.Length]);
        }
        return name.ToString();
    }

    private static byte[] Post(Random random, string[] names)
    {
        var post = new StringBuilder();
        while (Encoding.UTF8.GetByteCount(post.ToString()) < Length)
        {
            var word = random.Next(100) switch
            {
                < 5 => Extras[random.Next(Extras.Length)],
                // A few names are on everybody's lips, most are rare.
                < 30 => names[(int)(names.Length * Math.Pow(random.NextDouble(), 4))],
                _ => Common[(int)(Common.Length * Math.Pow(random.NextDouble(), 2))],
            };
            post.Append(post.Length == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word).Append(random.Next(12) switch { 0 => ", ", 1 => ". ", _ => " " });
        }
        return Encoding.UTF8.GetBytes(post.ToString())[..Length];
    }
}
