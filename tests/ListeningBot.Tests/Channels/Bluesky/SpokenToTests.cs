using System.Text.Json.Nodes;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Bluesky;

/// <summary>Elsewhere an answer carries the name of whom it answers; on Bluesky it does not.</summary>
public sealed class SpokenToTests
{
    private const string Text = "Three weeks, still nothing, and nobody replies. I want my money back.";
    private const string Answer = """{"parent":{"uri":"at://did:plc:acme/app.bsky.feed.post/3mq"},"root":{"uri":"at://did:plc:acme/app.bsky.feed.post/3mq"}}""";
    private static readonly Ours s_ours = new(["@acme", "bluesky:did:plc:acme"]);
    private static readonly Watch s_brand = Some.Watch("brand", "acme");

    [Theory]
    [InlineData("reply", Answer)]
    [InlineData("embed", """{"record":{"uri":"at://did:plc:acme/app.bsky.feed.post/3mq"}}""")]
    [InlineData("embed", """{"media":{},"record":{"record":{"uri":"at://did:plc:acme/app.bsky.feed.post/3mq"}}}""")]
    public void Who_answers_or_quotes_a_post_of_ours_is_heard_without_our_name(string key, string value)
    {
        var heard = Assert.Single(Heard(Frame(key, value), s_brand, Some.Watch("other", "nimbus")));

        Assert.Same(s_brand, Assert.Single(heard.Watches));
        Assert.True(heard is { ByUs: false, Assessment.IsComplaint: true });
    }

    [Theory]
    [InlineData("reply", """{"parent":{"uri":"at://did:plc:acmebook/app.bsky.feed.post/3mq"},"root":{"uri":"at://did:plc:acme/app.bsky.feed.post/3mq"}}""")]
    [InlineData("embed", """{"record":{"uri":"at://did:plc:acmebook/app.bsky.feed.post/3mq"}}""")]
    [InlineData("embed", """{"record":{"uri":"at://did:plc:acme/app.bsky.feed.generator/3mq"}}""")]
    [InlineData("facets", """[{"features":[{"did":"did:plc:acme"}]}]""")]
    public void Who_answers_another_or_shares_what_is_no_post_of_ours_is_not(string key, string value) => Assert.Empty(Heard(Frame(key, value), s_brand));

    [Fact]
    public void A_watch_that_finds_its_words_comes_before_the_first()
    {
        var heard = Assert.Single(Heard(Frame("reply", Answer), s_brand, Some.Watch("refunds", "money back")));

        Assert.Equal(["refunds"], heard.Watches.Select(watch => watch.Name));
    }

    /// <summary>Else a trial would take it from the live team, for a room that calls nobody.</summary>
    [Fact]
    public void A_watch_on_trial_that_finds_its_words_comes_beside_it()
    {
        var heard = Assert.Single(Heard(Frame("reply", Answer), s_brand, Some.Watch("refunds", "money back") with { Shadow = true }));

        Assert.Equal(["refunds", "brand"], heard.Watches.Select(watch => watch.Name));
        Assert.True(heard.ByAddress);
    }

    [Fact]
    public void The_first_watch_that_listens_there_and_not_on_trial_understands_it_and_excludes_none_of_its_words_hears_it()
    {
        Watch[] others =
        [
            s_brand with { Name = "inbox", Find = [], Everything = true, Channels = ["inbox"] },
            s_brand with { Name = "trial", Shadow = true },
            s_brand with { Name = "German", Languages = ["de"] },
            s_brand with { Name = "jobs", Exclude = ["nobody replies"] },
        ];

        Assert.Empty(Heard(Frame("reply", Answer), others));
        Assert.Equal("sky", Assert.Single(Assert.Single(Heard(Frame("reply", Answer), [.. others, s_brand with { Name = "sky", Channels = ["sky"] }, s_brand])).Watches).Name);
    }

    /// <summary>Of what a query asks besides words, only the channel is of account.</summary>
    [Theory]
    [InlineData("channel:reviews stars:<3", false)]
    [InlineData("nimbus NOT channel:sky", false)]
    [InlineData("NOT (nimbus OR channel:bluesky)", false)]
    [InlineData("channel:reviews OR channel:mail", false)]
    [InlineData("channel:sky nimbus", true)]
    [InlineData("channel:bluesky stars:<3", true)]
    [InlineData("channel:reviews OR nimbus", true)]
    [InlineData("NOT (nimbus channel:sky)", true)]
    public void A_watch_whose_query_asks_for_other_channels_does_not_listen_there(string query, bool listens)
    {
        var asking = s_brand with { Name = "asking", Find = [], Query = new WatchQuery(query, QueryParser.Read(query).Root!) };

        Assert.Equal(listens ? "asking" : "brand", Assert.Single(Assert.Single(Heard(Frame("reply", Answer), asking, s_brand)).Watches).Name);
    }

    [Fact]
    public void What_we_write_below_our_own_post_stays_ours() =>
        Assert.All(Heard(Frame("reply", Answer, did: "did:plc:acme"), s_brand), heard => Assert.True(heard.ByUs));

    private static IReadOnlyList<Heard> Heard(byte[] frame, params Watch[] watches)
    {
        var (streamed, set) = (JetstreamFixture.Batch(frame), WatchSet.Build(watches, s_ours));
        var heard = new Intake(new ScorerBook(), new OpenThreads()).Take("sky", streamed, set).Heard;
        var shown = new Intake(new ScorerBook(), new OpenThreads()).Take("sky", PostBatch.Of([streamed.PostAt(0)], new Cursor("1")), set).Heard;

        Assert.Equal(heard.SelectMany(one => one.Watches), shown.SelectMany(one => one.Watches));
        return heard;
    }

    private static byte[] Frame(string key, string value, string did = "did:plc:mia") => JetstreamFixture.Frame(node =>
    {
        node["did"] = did;
        node["commit"]!["record"]!["text"] = Text;
        node["commit"]!["record"]![key] = JsonNode.Parse(value);
    });
}
