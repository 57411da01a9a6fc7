using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>What was written to us alone is shown without what tells who wrote it.</summary>
public static class PrivateWords
{
    /// <summary>The mention as cards, threads and lists may show it: as it is, or masked when it or its case is private.</summary>
    public static Mention Seen(this Mention mention, bool privately)
    {
        if (!privately && !mention.Post.Private)
        {
            return mention;
        }
        var author = mention.Post.Author;
        string Mask(string text) => Masking.Of(text, author.Name, author.Handle, author.Id);
        return mention with
        {
            Post = mention.Post.Seen(privately: true),
            Assessment = mention.Assessment.WithReasons(reason => reason with { Text = Mask(reason.Text), Words = reason.Words is { } words ? Mask(words) : null }),
        };
    }

    /// <summary>A post alone as lists may show it.</summary>
    public static Post Seen(this Post post, bool privately)
    {
        string Mask(string text) => Masking.Of(text, post.Author.Name, post.Author.Handle, post.Author.Id);
        return privately ? post with { Text = Mask(post.Text), Title = post.Title is { } title ? Mask(title) : null, Url = null, Author = Masked(post.Author) } : post;
    }

    /// <summary>The text of a colleague about this case, as a room may show it.</summary>
    public static string Seen(this string text, bool privately) => privately ? Masking.Of(text) : text;

    private static Author Masked(Author author) => new()
    {
        Name = new[] { author.Name, author.Handle, author.Id }.OfType<string>().Select(Masking.Name).FirstOrDefault(name => name.Length > 0),
        Handle = author.Handle?.Contains('@', StringComparison.Ordinal) == true ? Masking.Mail : null,
    };
}
