using System.Globalization;
using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.StackExchange;

/// <summary>Questions, answers and comments as posts (api.stackexchange.com/docs/types/question, answer, comment).</summary>
/// <param name="site">Ids and people are each site's own.</param>
internal sealed class StackExchangePost(string site, string channel)
{
    private const string CommentMark = "comment-";
    private const int LongestText = 20_000;
    private const int LongestTitle = 500;

    /// <summary>Null when it is no question.</summary>
    public Post? OfQuestion(JsonElement json)
    {
        if (IdAt(json, "question_id") is not { } id || Line(json.Text("title"), LongestTitle) is not { } title)
        {
            return null;
        }
        var tags = string.Join(", ", json.Items("tags").Select(JsonText.TextOf).OfType<string>().Take(10).Select(tag => Line(tag, 100)).OfType<string>());
        var body = Text(json.Text("body"));
        return Made(json, KeyOf(id), tags.Length == 0 ? body : $"{body}\n\nTags: {tags}".TrimStart()) with { Title = title };
    }

    /// <summary>Null when it is no answer.</summary>
    public Post? OfAnswer(JsonElement json) =>
        IdAt(json, "answer_id") is { } id && IdAt(json, "question_id") is { } question && Text(json.Text("body")) is { Length: > 0 } text
            ? Made(json, KeyOf(id), text) with { InReplyTo = KeyOf(question), Thread = KeyOf(question), Url = $"https://{Host}/a/{id.ToString(CultureInfo.InvariantCulture)}" }
            : null;

    /// <summary>Null when it is no comment.</summary>
    /// <param name="questionOf">The question that a post stands under, when known.</param>
    public Post? OfComment(JsonElement json, Func<PostKey, PostKey?> questionOf)
    {
        if (IdAt(json, "comment_id") is not { } id || IdAt(json, "post_id") is not { } on || Text(json.Text("body")) is not { Length: > 0 } text)
        {
            return null;
        }
        var (post, number) = (KeyOf(on), id.ToString(CultureInfo.InvariantCulture));
        return Made(json, new PostKey(post.Namespace, CommentMark + number), text) with { InReplyTo = post, Thread = questionOf(post) ?? post, Url = $"https://{Host}/posts/comments/{number}" };
    }

    /// <summary>Questions and answers count together.</summary>
    public PostKey KeyOf(long id) => new("stackexchange:" + site, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The site that a key is of; null for what is none of ours, and for comments' keys.</summary>
    public static (string Site, string Id)? PlaceOf(PostKey key) =>
        key.Namespace.StartsWith("stackexchange:", StringComparison.Ordinal) && key.Id.Length is > 0 and < 19 && key.Id.All(char.IsAsciiDigit) ? (key.Namespace["stackexchange:".Length..], key.Id) : null;

    private Post Made(JsonElement json, PostKey key, string text) => new()
    {
        Key = key,
        Channel = channel,
        Kind = "stackexchange",
        Text = text,
        Url = json.Address("link"),
        Author = json.At("owner") is { ValueKind: JsonValueKind.Object } owner ? AuthorOf(owner) : Author.Unknown,
        Posted = json.Time("creation_date"),
    };

    /// <summary>Answers and comments come without their address.</summary>
    private string Host => site switch
    {
        "mathoverflow.net" => site,
        "superuser" or "serverfault" or "askubuntu" or "stackapps" => site + ".com",
        _ => site.EndsWith("stackoverflow", StringComparison.Ordinal) ? site + ".com" : site + ".stackexchange.com",
    };

    private static long? IdAt(JsonElement json, string field) => json.Whole(field) is > 0 and var id ? id : null;

    /// <summary>Who left the site has a name at most.</summary>
    private Author AuthorOf(JsonElement owner) => new()
    {
        Id = IdAt(owner, "user_id") is { } id ? $"{site}/{id.ToString(CultureInfo.InvariantCulture)}" : null,
        Name = Line(owner.Text("display_name"), 200),
        Url = owner.Address("link"),
    };

    private static string Text(string? html) => html is null ? "" : HtmlText.ToPlain(html, LongestText);

    private static string? Line(string? html, int most) => html is not null && HtmlText.ToPlain(html, most).Replace('\n', ' ') is { Length: > 0 } line ? line : null;
}
