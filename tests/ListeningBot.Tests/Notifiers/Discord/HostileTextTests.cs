using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Notifiers.Discord;

/// <summary>Whatever others write: in no message does it get a format, a link or a mention, hide or turn what stands beside it, or break a limit of Discord's.</summary>
public sealed partial class HostileTextTests
{
    /// <summary>What each message has of formats of ours, when the text in it is harmless.</summary>
    private static readonly List<HashSet<string>> Ours = [.. Cards.With("one two three").Select(plain => ShapesOf(plain.Body))];

    /// <summary>Each seen with letters around it, so that no text becomes empty.</summary>
    public static TheoryData<string> Corpus =>
    [
        "@everyone @here @Everyone", "<@1> <@!2> <@&3> <#4> <@1", "<t:1:R> </nuke all:1> <:x:1> <a:x:1> <id:customize>", ":smile: :flag_de:",
        "[Acme refunds](https://evil.example)", "[x](<https://evil.example> \"t\")", "https://evil.example/a_b", "<https://evil.example>", "discord://x mailto:a@b.c",
        "# heading", "## heading", "-# small", "> quote", ">>> quote", "- list", "* list", "1. list", "a\n# b\n> c\n- d\n-# e\n>>> f",
        "**b** __u__ *i* _i_ ~~s~~ ||spoiler|| `c` ``c``", "```\nfence\n```", "```", "` ``` ````", "\n```\n@everyone **b**\n```\n", "a```b", "\\", "a\\", "\\```", "\\*\\*",
        "\u202eevil\u202c", "\u2066\u2067\u2068x", "\u2069\u2069x", "\u200b\u200c\u200d\ufeff\u00adx", "\u2800\u3164x", "\ud800 half \udc00", "\0\a\u001b[2Jx",
        "H\u0337\u0334\u0335\u0336\u0300\u0301\u0302\u0303\u0304\u0305\u0306e", "لا يعمل", "שלום <@1> **b**", "👩‍👩‍👧 🏳️‍🌈 1️⃣", "｀｀｀ ＠everyone ＜@1＞",
    ];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Nothing_gets_through_in_any_message(string text)
    {
        Harmless("a" + text);
        Harmless("a " + string.Concat(Enumerable.Repeat(text + " ", 15)));
    }

    [Fact]
    public void Nothing_gets_through_of_any_mixture()
    {
        var random = new Random(20261121);
        var pieces = Corpus.Select(row => row.Data).Concat(["*", "_", "|", "~", "`", "[", "](", ")", "<", ">", "\n", " ", "a", "#", "-", "1."]).ToList();
        for (var i = 0; i < 100; i++)
        {
            var text = new StringBuilder("a");
            for (var n = random.Next(1, 8); n > 0; n--)
            {
                text.Append(pieces[random.Next(pieces.Count)]);
            }
            Harmless(text.ToString());
        }
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("*")]
    [InlineData("\n*_`~|")]
    [InlineData("```")]
    [InlineData("word ")]
    [InlineData("e\u0301\u0302\u0303")]
    [InlineData("👩\u200d")]
    [InlineData("漢字 ")]
    [InlineData("﷽")]
    [InlineData("שלום ")]
    [InlineData("\n")]
    public void No_flood_breaks_a_limit(string piece)
    {
        foreach (var times in (int[])[1, 40, 300, 4_000])
        {
            foreach (var (name, body) in Cards.With(string.Concat(Enumerable.Repeat(piece, times))))
            {
                WithinLimits(name, body);
            }
        }
    }

    [Fact]
    public void No_length_of_text_breaks_a_limit()
    {
        for (var length = 0; length < 9_000; length += length < 100 ? 13 : 311)
        {
            foreach (var (name, body) in Cards.With(Words(length)))
            {
                WithinLimits($"{name} of {length}", body);
            }
        }
    }

    private static void Harmless(string text)
    {
        foreach (var ((name, hostile), ours) in Cards.With(text).Zip(Ours))
        {
            var what = $"{name} of {text}";
            var foreign = string.Join(", ", ShapesOf(hostile).Except(ours));
            Assert.True(foreign.Length == 0, $"{what} has {foreign}: {string.Join('\n', Marked(hostile))}");
            Assert.All(Marked(hostile), sent => Assert.False(ServerSide().IsMatch(sent), $"{what} calls somebody: {sent}"));
            foreach (var sent in Marked(hostile).Concat(Labels(hostile)))
            {
                Assert.False(Unseen().IsMatch(sent), $"{what} hides something: {sent}");
                Assert.Equal(0, sent.Count(c => c == '\u2068') - sent.Count(c => c == '\u2069'));
            }
            Assert.Empty(hostile.AllowedMentions.Parse);
            WithinLimits(what, hostile);
        }
    }

    /// <summary>The kinds of format in it and where formats stand in formats, without how often: long text makes more lines, and is cut.</summary>
    private static HashSet<string> ShapesOf(MessageBody body)
    {
        var shapes = new HashSet<string> { "break", "text", "small(text)" };
        foreach (var text in Marked(body))
        {
            shapes.UnionWith(DiscordMarkdown.Read(text).Select(node => node.Shape));
        }
        return shapes;
    }

    /// <summary>Where Discord reads markdown and mentions.</summary>
    private static IEnumerable<string> Marked(MessageBody body) => ((string?[])[body.Content, .. body.Embeds?.Select(embed => embed.Description) ?? []]).OfType<string>();

    /// <summary>Labels are shown without markdown, but may hide and turn as well.</summary>
    private static IEnumerable<string> Labels(MessageBody body) => ((string?[])[.. Parts(body).Select(part => part.Label), .. Options(body).Select(option => option.Label)]).OfType<string>();

    private static void WithinLimits(string what, MessageBody body)
    {
        var embeds = body.Embeds ?? [];
        Assert.True((body.Content?.Length ?? 0) <= 2000, $"{what}: {body.Content?.Length} characters of content");
        Assert.True(embeds.Sum(embed => embed.Description!.Length) <= 6000 && embeds.Count <= 10, $"{what}: {embeds.Sum(embed => embed.Description!.Length)} characters in {embeds.Count} embeds");
        Assert.All(embeds, embed => Assert.InRange(embed.Description!.Length, 1, 4096));
        Assert.All(Parts(body).Where(part => part.Type == Component.Button), part => Assert.InRange(part.Label!.Length, 1, 80));
        Assert.All(Parts(body), part => Assert.InRange((part.CustomId ?? part.Url)!.Length, 1, part.Url is null ? 100 : 512));
        Assert.All(Options(body), option => Assert.InRange(option.Label.Length, 1, 100));
        Assert.InRange(body.Components?.Count ?? 0, 0, 5);
        Assert.All(body.Components ?? [], row => Assert.InRange(row.Components!.Count, 1, 5));
        Assert.All(Parts(body).Where(part => part.Options is not null), part => Assert.InRange(part.Options!.Count, 1, 25));
        Assert.DoesNotContain('\ufffd', JsonSerializer.Serialize(body, PayloadJson.Default.MessageBody));
    }

    private static IEnumerable<Component> Parts(MessageBody body) => body.Components?.SelectMany(row => row.Components!) ?? [];

    private static IEnumerable<MenuOption> Options(MessageBody body) => Parts(body).SelectMany(part => part.Options ?? []);

    private static string Words(int length)
    {
        var words = new StringBuilder();
        for (var i = 0; words.Length < length; i++)
        {
            words.Append(i % 11 == 3 ? "\n" : i % 7 == 0 ? "*_" : "word ").Append(i);
        }
        return words.ToString(0, length);
    }

    /// <summary>What the service itself looks for, without minding backslashes and code blocks.</summary>
    [GeneratedRegex(@"<@[!&]?\d+>|<#\d+>|@everyone|@here", RegexOptions.IgnoreCase)]
    private static partial Regex ServerSide();

    /// <summary>Overrides of direction, controls, and marks that nobody sees; the isolates that we set and a break before "everyone" are ours.</summary>
    [GeneratedRegex(@"[\u202a-\u202e\u2066\u2067\u00ad\ufeff\u2800\u3164\u0000-\u0009\u000b-\u001f]")]
    private static partial Regex Unseen();
}
