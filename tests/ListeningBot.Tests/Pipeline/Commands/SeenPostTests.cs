using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Pipeline.Commands;

public sealed class SeenPostTests
{
    [Theory]
    [InlineData("https://www.forum.example/topic/7/?utm_source=x&page=2#top", "forum.example/topic/7?page=2")]
    [InlineData("http://FORUM.example:8080/a?fbclid=1", "forum.example:8080/a")]
    [InlineData("see (https://forum.example/topic/7).", "forum.example/topic/7")]
    [InlineData("<https://forum.example/topic/7>", "forum.example/topic/7")]
    public void A_link_is_the_same_however_it_was_copied(string what, string address) => Assert.Equal("link " + address, SeenPost.Of(what, null, out _)!.Key.Id);

    [Theory]
    [InlineData("Mia Lang (@mia)", "Mia Lang", "mia")]
    [InlineData("Mia Lang @mia", "Mia Lang", "mia")]
    [InlineData("@mia", null, "mia")]
    [InlineData("mia@home.example", null, "mia@home.example")]
    [InlineData("Mia Lang", "Mia Lang", null)]
    [InlineData(" ", null, null)]
    [InlineData(null, null, null)]
    public void An_author_is_a_name_a_handle_or_both(string? written, string? name, string? handle)
    {
        var author = SeenPost.Of("it broke", written, out _)!.Author;

        Assert.Equal((name, handle), (author.Name, author.Handle));
    }

    [Fact]
    public void Nothing_that_people_paste_breaks_it()
    {
        var random = new Random(4);
        string[] pieces = ["https://", "http://", "xn--", "xn--a", "[", "]", "::1", "%", "%zz", "\\", "/", "?", "#", "@", ":", "99999", "例え", "\uD800", "\0", " ", "..", ".", "a", "(", ")", "<", ">", "utm_", "&", "=", "\u202E", "-"];
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));

            var post = SeenPost.Of(text, text, out var why);

            Assert.True(post is null ? why.Length > 0 : post.Text.Length > 0 && (post.Url is null || WebAddress.Of(post.Url) is not null), text);
        }
    }
}
