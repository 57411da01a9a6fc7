using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.AppStore;

/// <summary>The reviews of a page. Its "entry" is a list, one object, or missing; the first may be the app itself, which has no rating.</summary>
internal sealed class AppStoreReviews(string channel, string app, string country)
{
    public const string Namespace = "appstore";
    private const int LongestText = 20_000;
    private const int LongestTitle = 500;
    private const int LongestName = 200;

    public (List<PostChange> Reviews, List<BadItem> Bad) Of(JsonElement answer) => JsonFields.Each(answer.Items("feed", "entry"), "review", Review);

    private PostChange? Review(JsonElement entry)
    {
        if (entry.At("im:rating").ValueKind == JsonValueKind.Undefined && entry.At("im:name").ValueKind != JsonValueKind.Undefined)
        {
            return null;
        }
        var id = entry.Text("id", "label") is { Length: <= 100 } given ? given.Trim() : throw new FormatException("has no id");
        var title = Clean(entry.Text("title", "label"), LongestTitle)?.Replace('\n', ' ');
        var text = Clean(entry.Text("content", "label"), LongestText) ?? "";
        if (title is null && text.Length == 0)
        {
            throw new FormatException("has neither title nor text");
        }
        var key = new PostKey(Namespace, id);
        return new PostChange(ChangeKind.Added, key, new Post
        {
            Key = key,
            Channel = channel,
            Kind = "appstore",
            Title = title,
            Text = text,
            Url = $"https://apps.apple.com/{country}/app/id{app}?see-all=reviews&review={Uri.EscapeDataString(id)}",
            Place = Storefronts.Names[country] + (Clean(entry.Text("im:version", "label"), 50) is { } version ? $", version {version}" : ""),
            Author = AuthorOf(entry.At("author")),
            Posted = entry.Time("updated", "label"),
            Stars = entry.Number("im:rating", "label") is >= 1 and <= 5 and var stars ? stars : null,

            // The feed does not show what the developer answers.
            AnswersUnseen = true,
        });
    }

    /// <summary>The page of a customer's reviews ends in their lasting number; it shows nothing to people any more, so it is no link.</summary>
    private static Author AuthorOf(JsonElement author)
    {
        var number = author.Text("uri", "label") is { } page && page.LastIndexOf("/id", StringComparison.Ordinal) is >= 0 and var at ? page[(at + 3)..] : null;
        return new Author
        {
            Id = number is { Length: > 0 and <= 20 } && number.All(char.IsAsciiDigit) ? number : null,
            Name = Clean(author.Text("name", "label"), LongestName)?.Replace('\n', ' '),
        };
    }

    private static string? Clean(string? text, int most) => text is not null && HtmlText.Clean(text, most) is { Length: > 0 } clean ? clean : null;
}
