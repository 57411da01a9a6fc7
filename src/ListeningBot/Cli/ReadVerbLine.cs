using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>A post as one JSON line, every key always there.</summary>
internal static class ReadVerbLine
{
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Post post) => OnTerminal.Json(JsonSerializer.Serialize(
        new
        {
            channel = post.Channel,
            id = post.Key.Id,
            url = post.Url,
            author = new { name = post.Author.Name, handle = post.Author.Handle, address = AddressOf(post.Author) },
            title = post.Title,
            text = post.Text,
            posted = post.Posted?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            inReplyTo = post.InReplyTo?.Id,
            automatic = post.Automatic,
        },
        Writing));

    /// <summary>The author's id where it is a mail address.</summary>
    private static string? AddressOf(Author author) => author.Id?.Contains('@') == true ? author.Id : null;
}
