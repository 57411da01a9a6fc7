using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Bluesky;

/// <summary>Public profiles, from the AppView. Its stream tells of an author nothing but a lasting id.</summary>
internal sealed class BlueskyProfiles(ChannelContext context, BlueskyOptions options) : IAuthorLookup
{
    private const int LongestName = 200;
    private const int LongestAbout = 4000;

    /// <summary>The author asks that only people who are signed in see their account: we are not.</summary>
    private const string ForSignedInOnly = "!no-unauthenticated";

    /// <summary>What the service says when the domain does not vouch for the account.</summary>
    private const string InvalidHandle = "handle.invalid";
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(15), 1024 * 1024);

    /// <summary>The service allows 3,000 requests in five minutes.</summary>
    private readonly HostPace _pace = new(TimeSpan.FromMilliseconds(150), context.Time);

    public async Task<AuthorProfile?> LookAsync(Post post, CancellationToken ct)
    {
        if (post.Author.Id is not { Length: > 0 } did)
        {
            return null;
        }
        if (await _pace.TurnAsync(options.ProfileHost, ct) is { } rest)
        {
            throw new LookupException($"{options.ProfileHost} is left alone for a while") { After = rest };
        }
        try
        {
            var answer = await context.Web.GetAsync(new WebGet(AddressOf(did)) { Accept = "application/json", Limits = Limits }, ct);
            if (answer.RetryAfter is { } pause && !answer.IsSuccess)
            {
                _pace.Rest(options.ProfileHost, pause);
            }
            return answer switch
            {
                { IsSuccess: true } => Read(answer.Body, did) ?? throw new LookupException($"{options.ProfileHost} gave no profile that can be understood"),
                { Status: System.Net.HttpStatusCode.TooManyRequests } or { Status: >= System.Net.HttpStatusCode.InternalServerError } =>
                    throw new LookupException($"{options.ProfileHost} answered HTTP {(int)answer.Status}") { After = answer.RetryAfter },

                // The account was never there, was taken down, or is switched off.
                _ => null,
            };
        }
        catch (WebFaultException fault)
        {
            throw new LookupException(fault.Message, fault) { After = fault.RetryAfter };
        }
    }

    private Uri AddressOf(string did) => new($"{options.Profiles.TrimEnd('/')}/xrpc/app.bsky.actor.getProfile?actor={Uri.EscapeDataString(did)}");

    /// <summary>Null when it is no profile of this account.</summary>
    private AuthorProfile? Read(ReadOnlyMemory<byte> body, string did)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var profile = json.RootElement;
            return profile.ValueKind == JsonValueKind.Object && Text(profile, "did", 300) == did ? Read(profile, did) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private AuthorProfile Read(JsonElement profile, string did)
    {
        var handle = Text(profile, "handle", LongestName)?.ToLowerInvariant() is { } named && named != InvalidHandle && Uri.CheckHostName(named) == UriHostNameType.Dns ? named : null;
        var isPublic = !Asks(profile, ForSignedInOnly);
        return new AuthorProfile
        {
            Name = isPublic ? Text(profile, "displayName", LongestName) : null,
            Handle = handle,
            Addresses = [.. new[] { handle, did }.OfType<string>().Select(name => "https://bsky.app/profile/" + name)],
            SentBy = new Uri(options.Profiles),
            About = isPublic ? Text(profile, "description", LongestAbout) : null,
            Links = isPublic && Uri.TryCreate(Text(profile, "website", 500), UriKind.Absolute, out var site) ? [site] : [],
            Followers = profile.TryGetProperty("followersCount", out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var followers) && followers >= 0 ? followers : null,
        };
    }

    private static bool Asks(JsonElement profile, string label) =>
        profile.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Array
        && labels.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.Object && Text(one, "val", 100) == label);

    private static string? Text(JsonElement element, string name, int longest) =>
        element.TryGetProperty(name, out var value) && JsonText.TextOf(value) is { } text && HtmlText.Clean(text, longest) is { Length: > 0 } clean ? clean : null;
}
