using System.Text.Json;
using ListeningBot.Channels.Reddit;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Channels.Reddit;

/// <summary>Crossposts as the API gives them: the crossposted one lies whole within them.</summary>
public sealed class RedditThingTests
{
    private const string Known = """{ "name": "t3_old", "title": "Acme Aero review", "selftext": "It flies well." }""";

    [Theory]
    [InlineData("Acme Aero review", "")]
    [InlineData("acme aero review", "")]
    [InlineData("Acme Aero review", "It flies well.")]
    public void What_is_only_crossposted_is_a_repost(string title, string text) => Assert.Equal("t3_old", Crosspost(title, text, $"[{Known}]").RepostOf?.Id);

    /// <summary>Else it was dropped as a mere repeat of what no team has to deal with.</summary>
    [Theory]
    [InlineData("My Acme Aero caught fire last night and support hangs up on me", "", $"[{Known}]")]
    [InlineData("Acme Aero review", "Mine caught fire last night.", $"[{Known}]")]
    [InlineData("My Acme Aero caught fire last night", "", "[]")]
    [InlineData("My Acme Aero caught fire last night", "", "null")]
    public void Who_crossposts_in_words_of_their_own_speaks_for_themselves(string title, string text, string parents)
    {
        var post = Crosspost(title, text, parents);

        Assert.Equal((title, text), (post.Title, post.Text));
        Assert.Null(post.RepostOf);
    }

    private static Post Crosspost(string title, string text, string parents)
    {
        using var listing = JsonDocument.Parse($$"""
            { "data": { "children": [ { "kind": "t3", "data": {
              "name": "t3_new", "title": {{JsonSerializer.Serialize(title)}}, "selftext": {{JsonSerializer.Serialize(text)}}, "author": "mia", "created_utc": 1790000000.0,
              "is_self": false, "permalink": "/r/drones/comments/new/x/", "url": "https://www.reddit.com/r/acme/comments/old/acme_aero_review/",
              "crosspost_parent": "t3_old", "crosspost_parent_list": {{parents}} } } ] } }
            """);
        var (shown, bad) = new RedditThing("reddit").OfListing(listing.RootElement);
        Assert.Empty(bad);
        return Assert.Single(shown).Post!;
    }
}
