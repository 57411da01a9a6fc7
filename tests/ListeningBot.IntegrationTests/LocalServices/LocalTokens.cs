using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>
/// An OAuth service: hands out access tokens for its newest refresh token, with a new refresh token each time (RFC 6749, section 6; answers in the shape of
/// learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#refresh-the-access-token), and tells who an access token is of, as userinfo services do.
/// </summary>
internal sealed class LocalTokens : IAsyncDisposable
{
    private readonly LocalSite _site = new();
    private readonly List<IFormCollection> _asked = [];
    private int _handedOut;

    public Uri TokenAddress => new(_site.Address + "/token");
    public Uri CheckAddress => new(_site.Address + "/check");
    public string RefreshToken { get; private set; } = "refresh-0-secret";

    /// <summary>Of the tokens handed out, the ones that are still good.</summary>
    public HashSet<string> Good { get; } = [];

    /// <summary>What it hands out is good for another mailbox only.</summary>
    public bool HandsOutBadOnes { get; set; }
    public string User { get; init; } = "care@acme.example";
    public string ExpiresIn { get; set; } = "3600";

    /// <summary>Answered instead of a token: status and body.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    /// <summary>The forms that came to the token address.</summary>
    public IReadOnlyList<IFormCollection> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public static async Task<LocalTokens> StartedAsync()
    {
        var tokens = new LocalTokens();
        tokens._site.Answer = tokens.AnswerAsync;
        await tokens._site.StartAsync();
        return tokens;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/check")
        {
            var shown = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.OrdinalIgnoreCase);
            await FeedAnswers.Text($$"""{"email":"{{(Good.Contains(shown) ? User : "somebody@else.example")}}"}""", "application/json")(context);
            return;
        }
        var form = await context.Request.ReadFormAsync();
        lock (_asked)
        {
            _asked.Add(form);
        }
        var refusal = Refusal ?? (form["refresh_token"] == RefreshToken ? null : (400, """{"error":"invalid_grant","error_description":"AADSTS70000: not this one"}"""));
        if (refusal is { } refused)
        {
            await FeedAnswers.Status(refused.Status, body: refused.Body)(context);
            return;
        }
        var access = $"access-{++_handedOut}-secret";
        if (!HandsOutBadOnes)
        {
            Good.Add(access);
        }
        RefreshToken = $"refresh-{_handedOut}-secret";
        await FeedAnswers.Text($$"""{"token_type":"Bearer","scope":"IMAP","expires_in":{{ExpiresIn}},"access_token":"{{access}}","refresh_token":"{{RefreshToken}}"}""", "application/json")(context);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
