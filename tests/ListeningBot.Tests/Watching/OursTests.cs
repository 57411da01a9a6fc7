using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

public sealed class OursTests
{
    [Theory]
    [InlineData("acme", "bluesky", "acme", true)]
    [InlineData("@Acme", "mail", "acme", true)]
    [InlineData("acme", "bluesky", "acmefan", false)]
    [InlineData("bluesky:acme.bsky.social", "bluesky", "Acme.bsky.social", true)]
    [InlineData("bluesky:acme.bsky.social", "x", "acme.bsky.social", false)]
    [InlineData("bluesky:@acme.bsky.social", "bluesky", "@acme.bsky.social", true)]
    [InlineData("bluesky:did:plc:abc", "bluesky", "did:plc:abc", true)]
    [InlineData("did:plc:abc", "bluesky", "did:plc:abc", true)]
    [InlineData("did:plc:abc", "did", "plc:abc", false)]
    [InlineData("https://acme.example/@care", "rss", "https://acme.example/@care", true)]
    [InlineData("*@acme.example", "mail", "Care@ACME.example", true)]
    [InlineData("*@acme.example", "mail", "mia@notacme.example", false)]
    [InlineData("mail:*@acme.example", "mail", "care@acme.example", true)]
    [InlineData("mail:*@acme.example", "bluesky", "care@acme.example", false)]
    [InlineData("", "mail", "", false)]
    [InlineData("mail:", "mail", "mia", false)]
    public void Our_accounts_are_known(string entry, string kind, string account, bool ours)
    {
        var set = new Ours([entry]);
        Assert.Equal(ours, set.Wrote(Some.Post() with { Kind = kind, Author = new Author { Id = account } }));
        Assert.Equal(ours, set.Wrote(Some.Post() with { Kind = kind, Author = new Author { Handle = account } }));
    }
}
