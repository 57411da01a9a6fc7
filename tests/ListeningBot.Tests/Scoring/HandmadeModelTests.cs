using System.Globalization;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

/// <summary>The exact results of a small model made by hand: on every machine the same to the last bit.</summary>
public sealed class HandmadeModelTests
{
    private const string English = "@acme my order's STILL not here :( I've been waiting for 3 weeks & nobody answers, great job!! https://a.example #fail 😡";
    private const string German = "Seit drei Wochen warte ich auf mein Paket, niemand antwortet. Wirklich großartig!";
    private static readonly Model s_features = Make(table: false);
    private static readonly Model s_all = Make(table: true);

    /// <summary>A fixed pattern, in steps that are no powers of two.</summary>
    private static Model Make(bool table)
    {
        var dense = new float[Features.Count * Heads.Count];
        for (var i = 0; i < dense.Length; i++)
        {
            dense[i] = (i * 37 % 23 - 11) / 30f;
        }
        var buckets = new sbyte[Grams.Buckets * Heads.Count];
        for (var i = 0; table && i < buckets.Length; i++)
        {
            buckets[i] = (sbyte)(i * 29 % 101 - 50);
        }
        float[] scales = [.. Enumerable.Range(1, Heads.Count).Select(head => head / 700f)];
        Calibration[] calibrations = [.. Enumerable.Range(0, Heads.Count).Select(head => new Calibration(0.9f + head / 64f, 0.1f - head / 50f))];
        return new Model(dense, buckets, scales, calibrations, new Lines(-0.2f, 0.2f, 0.5f, 0.4f, 0.3f, 0.3f), new Manifest { Version = "handmade", Lexicons = Model.LexiconsHash, Sources = [] });
    }

    private static string Said(Model model, string text, Head head)
    {
        var desk = new Desk();
        desk.Read(text, new Evidence { Stars = 2 }, model);
        return string.Create(CultureInfo.InvariantCulture, $"{desk.Logits[(int)head]:R} {model.Probability(head, desk.Logits[(int)head]):R}");
    }

    [Theory]
    [InlineData(English, 0, "-0.22173904 0.47512926031340963")]
    [InlineData(English, 6, "-1.7394958 0.1482208535671597")]
    [InlineData(German, 0, "-0.8118332 0.3473631982438116")]
    [InlineData(German, 15, "-0.15439829 0.4072982563465397")]
    [InlineData("", 5, "-0.025000006 0.4938870220458951")]
    public void The_lexicons_and_the_features_weigh_the_same_everywhere(string text, int head, string said) => Assert.Equal(said, Said(s_features, text, (Head)head));

    /// <summary>Another hash or another order of grams changes these: then every model must be trained anew.</summary>
    [Theory]
    [InlineData(English, 0, "-0.21014017 0.47773320136082775")]
    [InlineData(German, 6, "-0.65366757 0.3385904158448456")]
    public void The_grams_fall_into_the_same_buckets_everywhere(string text, int head, string said) => Assert.Equal(said, Said(s_all, text, (Head)head));

    [Theory]
    [InlineData(-7.25, 0.0007101743888425491)]
    [InlineData(0.1, 1.1051709180756477)]
    public void The_exponent_is_our_own(double x, double exp)
    {
        Assert.Equal(exp, Steady.Exp(x));
        Assert.InRange(Steady.Exp(x) / Math.Exp(x), 1 - 1e-14, 1 + 1e-14);
    }

    [Theory]
    [InlineData(33.3, 5.0574502721839)]
    [InlineData(0.1, -3.321928094887362)]
    public void The_logarithm_is_our_own(double x, double log)
    {
        Assert.Equal(log, Steady.Log2(x));
        Assert.InRange(Steady.Log2(x) / Math.Log2(x), 1 - 1e-14, 1 + 1e-14);
    }

    /// <summary>The system's functions differ in the last bit from machine to machine.</summary>
    [Fact]
    public void Judging_asks_the_system_for_no_exponent_or_logarithm()
    {
        var folder = Path.Combine(Configuration.Shipped.Root, "src", "ListeningBot.Core");
        var files = Directory.GetFiles(Path.Combine(folder, "Scoring"), "*.cs").Concat(Directory.GetFiles(Path.Combine(folder, "Text"), "*.cs")).ToList();
        Assert.True(files.Count > 30);
        Assert.All(files, file => Assert.DoesNotMatch(@"\bMathF?\.(Exp|Log|Log2|Log10|Pow|Tanh|Sin|Cos)\(", File.ReadAllText(file)));
    }
}
