using System.Text.Json;
using ListeningBot.Channels.X;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Channels.X;

/// <summary>Payloads in the shape of docs.x.com: x-api/fundamentals/data-dictionary, .../edit-posts, .../conversation-id, .../response-codes-and-errors.</summary>
public sealed class XPageTests
{
    [Fact]
    public void A_reply_says_who_wrote_it_what_it_answers_and_where_its_links_lead()
    {
        var page = Page("""
            {"data":[{"id":"1900000000000000009","text":"@acme Tom &amp; I wait &lt;3 weeks https://t.co/AbCdEfGhIj https://t.co/Picture123","author_id":"77","conversation_id":"1900000000000000001",
              "created_at":"2026-11-02T08:00:00.000Z","edit_history_tweet_ids":["1900000000000000009"],"lang":"en",
              "referenced_tweets":[{"type":"replied_to","id":"1900000000000000005"},{"type":"quoted","id":"1900000000000000003"}],
              "entities":{"urls":[{"start":30,"end":53,"url":"https://t.co/AbCdEfGhIj","expanded_url":"https://acme.example/?a=1&b=2"},
                {"start":54,"end":77,"url":"https://t.co/Picture123","expanded_url":"https://x.com/mia/status/1900000000000000009/photo/1","media_key":"3_1"}]}}],
             "includes":{"users":[{"id":"77","name":"Mia &amp; Tom","username":"mia_l","public_metrics":{"followers_count":1200}}]},
             "meta":{"newest_id":"1900000000000000009","oldest_id":"1900000000000000009","result_count":1,"next_token":"b26v"}}
            """);

        var post = Only(page).Post!;
        Assert.Equal("@acme Tom & I wait <3 weeks https://acme.example/?a=1&b=2", post.Text);
        Assert.Equal(new PostKey("x", "1900000000000000009"), post.Key);
        Assert.Equal(("1900000000000000005", "1900000000000000001"), (post.InReplyTo!.Id, post.Thread!.Id));
        Assert.Equal(new Author { Id = "77", Name = "Mia & Tom", Handle = "mia_l", Url = "https://x.com/mia_l", Followers = 1200 }, post.Author);
        Assert.Equal("https://x.com/mia_l/status/1900000000000000009", post.Url);
        Assert.Contains("https://x.com/i/status/1900000000000000003", post.Links!);
        Assert.Contains("https://acme.example/?a=1&b=2", post.Links!);
        Assert.Equal((new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero), "en"), (post.Posted!.Value, post.Lang));
        Assert.Equal(("b26v", 1900000000000000009L), (page.NextToken, page.Newest!.Value));
    }

    [Fact]
    public void A_long_post_comes_whole()
    {
        var post = Only(Page("""{"data":[{"id":"5","text":"the beginning…","note_tweet":{"text":"the beginning and the end https://t.co/Whole12345","entities":{"urls":[{"url":"https://t.co/Whole12345","expanded_url":"https://blog.example/a"}]}}}]}""")).Post!;
        Assert.Equal("the beginning and the end https://blog.example/a", post.Text);
    }

    [Fact]
    public void An_edit_is_an_edit_of_the_first_version_and_links_the_latest()
    {
        var change = Only(Page("""{"data":[{"id":"12","text":"now right","conversation_id":"10","edit_history_tweet_ids":["10","11","12"]}]}"""));
        Assert.Equal((ChangeKind.Edited, "10", "https://x.com/i/status/12"), (change.Kind, change.Key.Id, change.Post!.Url));
        Assert.Null(change.Post.Thread);
    }

    [Fact]
    public void A_repost_says_what_it_repeats() =>
        Assert.Equal(new PostKey("x", "3"), Only(Page("""{"data":[{"id":"9","text":"RT @mia: no refund","referenced_tweets":[{"type":"retweeted","id":"3"}]}]}""")).Post!.RepostOf);

    [Theory]
    [InlineData("und", null)]
    [InlineData("qme", null)]
    [InlineData("zxx", null)]
    [InlineData("iw", "he")]
    [InlineData("in", "id")]
    [InlineData("qu", "qu")]
    [InlineData("de", "de")]
    public void Languages_are_named_as_everywhere(string theirs, string? ours) => Assert.Equal(ours, Only(Page($$"""{"data":[{"id":"9","text":"x","lang":"{{theirs}}"}]}""")).Post!.Lang);

    [Fact]
    public void What_is_escaped_twice_stays_escaped_once() => Assert.Equal("write &amp; here", Only(Page("""{"data":[{"id":"9","text":"write &amp;amp; here"}]}""")).Post!.Text);

    [Fact]
    public void What_is_gone_or_closed_is_told_from_what_only_failed()
    {
        var page = Page("""
            {"data":[{"id":"1","text":"here"}],"errors":[
              {"resource_id":"2","resource_type":"tweet","type":"https://api.x.com/2/problems/resource-not-found"},
              {"value":"3","resource_type":"tweet","type":"https://api.x.com/2/problems/not-authorized-for-resource"},
              {"resource_id":"4","resource_type":"user","type":"https://api.x.com/2/problems/resource-not-found"},
              {"resource_id":"5","resource_type":"tweet","type":"https://api.x.com/2/problems/resource-unavailable"},
              {"resource_id":6}, null, "x"]}
            """);
        Assert.Equal(["2", "3"], page.Gone.Order());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"meta":{"result_count":0}}""")]
    [InlineData("""{"data":null,"includes":[],"errors":{},"meta":[]}""")]
    [InlineData("""{"data":"x","meta":{"next_token":5.5,"newest_id":"-1","oldest_id":"99999999999999999999"}}""")]
    public void An_answer_without_posts_is_empty(string json)
    {
        var page = Page(json);
        Assert.Empty(page.Items);
        Assert.Empty(page.Aside);
        Assert.Null(page.Newest);
        Assert.Equal(0, page.Cost(new XPrice(5, 10, true)));
    }

    [Theory]
    [InlineData("""{"id":"9"}""")]
    [InlineData("""{"text":"no number"}""")]
    [InlineData("""{"id":"abc","text":"x"}""")]
    [InlineData("""{"id":{},"text":[]}""")]
    [InlineData("null")]
    [InlineData("[[]]")]
    public void A_post_that_makes_no_sense_is_kept_aside_and_paid_for(string item)
    {
        var page = Page($$"""{"data":[{{item}},{"id":"10","text":"fine","author_id":5,"entities":7,"referenced_tweets":[null,{"type":3}],"edit_history_tweet_ids":[{}],"created_at":"never","lang":9}]}""");
        Assert.Single(page.Aside);
        Assert.Equal("fine", Assert.Single(page.Items).Text);
        Assert.Equal(10, page.Cost(new XPrice(5, 10, false)));
    }

    [Fact]
    public void An_address_is_only_followed_where_it_is_one()
    {
        var post = Only(Page("""{"data":[{"id":"9","text":"see https://t.co/Evil123456 now","entities":{"urls":[{"url":"https://t.co/Evil123456","expanded_url":"javascript:alert(1)"},{"url":"x"},null]}}]}""")).Post!;
        Assert.Equal("see https://t.co/Evil123456 now", post.Text);
        Assert.Null(post.Links);
    }

    [Fact]
    public void All_that_came_is_paid_for()
    {
        var page = Page("""{"data":[{"id":"9","text":"x"},{"id":"8","text":"y"}],"includes":{"users":[{"id":"1","username":"a"},{"id":"2","username":"b"}],"tweets":[{"id":"3","text":"z"}]}}""");
        Assert.Equal((3 * 5) + (2 * 10), page.Cost(new XPrice(5, 10, true)));
    }

    private static XPage Page(string json) => XPage.Read(JsonDocument.Parse(json).RootElement);

    private static PostChange Only(XPage page) => Assert.Single(page.Items).ToChange("x", page.Items[0].AuthorId is { } id ? page.People.GetValueOrDefault(id) : null);
}
