using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

/// <param name="IsFresh">Handed out just now: a server that refuses it will refuse the next one too.</param>
internal sealed record AccessToken(string Value, bool IsFresh);

/// <summary>
/// Access tokens for XOAUTH2, asked for with the refresh token (RFC 6749, section 6): learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow,
/// developers.google.com/identity/protocols/oauth2/web-server#offline.
/// </summary>
internal sealed partial class AccessTokens
{
    /// <summary>Nobody signs in with a token that runs out sooner.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private const int LongestToken = 16 * 1024;
    private readonly MailOptions _options;
    private readonly Uri _address;
    private readonly KeptToken _kept;
    private readonly JsonService _service;
    private readonly SteadyClock _steady;
    private string? _token;
    private DateTimeOffset _until;

    private AccessTokens(ChannelContext context, MailOptions options)
    {
        (_options, _steady) = (options, new SteadyClock(context.Time));
        _address = options.TokenAddress ?? new Uri(options.SignIn == MailSignIn.Microsoft ? "https://login.microsoftonline.com/common/oauth2/v2.0/token" : "https://oauth2.googleapis.com/token");
        _kept = new KeptToken(context.Folder, context.Papers, context.Name, options, context.Logs.CreateLogger<MailChannel>());
        _service = new JsonService(context.Web, $"The OAuth service {_address.Host}", new Cures { NotFound = "Check TokenAddress", TooMany = "It is tried again" }, FaultOf);
    }

    /// <summary>Null when the mailbox is signed in to by password.</summary>
    public static AccessTokens? For(ChannelContext context, MailOptions options) => options.SignIn == MailSignIn.Password ? null : new AccessTokens(context, options);

    /// <summary>A token that is good for some minutes at least. Throws <see cref="ChannelException"/>.</summary>
    public async Task<AccessToken> NextAsync(CancellationToken ct)
    {
        if (_token is { } known && _steady.GetUtcNow() + Spare < _until)
        {
            return new AccessToken(known, IsFresh: false);
        }
        return new AccessToken(await RefreshAsync(ct), IsFresh: true);
    }

    /// <summary>The server would not have it: the next one is asked for anew.</summary>
    public void Forget() => _token = null;

    private async Task<string> RefreshAsync(CancellationToken ct)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = "refresh_token", ["client_id"] = _options.ClientId, ["refresh_token"] = await _kept.NewestAsync(ct) };
        if (_options.ClientSecret.Length > 0)
        {
            form["client_secret"] = _options.ClientSecret;
        }
        var scope = _options.Scope ?? (_options.SignIn == MailSignIn.Microsoft ? "https://outlook.office.com/IMAP.AccessAsUser.All offline_access" : "");
        if (scope.Length > 0)
        {
            form["scope"] = scope;
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new FormUrlEncodedContent(form) };
        var now = _steady.GetUtcNow();
        var (_, json) = await _service.SendAsync(request, WebLimits.Default with { MaxBytes = 256 * 1024 }, ct);
        using (json)
        {
            _token = TokenIn(json.RootElement, "access_token") ?? throw new ChannelException($"The OAuth service {_address.Host} gave no access token. Check TokenAddress; it is tried again.");
            _until = now + LifeIn(json.RootElement);
            await _kept.KeepAsync(TokenIn(json.RootElement, "refresh_token"));
        }
        return _token;
    }

    private static string? TokenIn(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= LongestToken } token && token.All(c => c is > ' ' and <= '~') ? token : null;

    /// <summary>Nothing when it is not told: then each sign-in asks for its own. Some write the number as text.</summary>
    private static TimeSpan LifeIn(JsonElement json) =>
        json.TryGetProperty("expires_in", out var life) && double.TryParse(life.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds)) : TimeSpan.Zero;

    /// <summary>Errors of RFC 6749, section 5.2, and of Microsoft. The description is left out: it may repeat what was sent.</summary>
    private ChannelException? FaultOf(WebAnswer answer)
    {
        if (answer.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return null;
        }
        var body = System.Text.Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, 8192)]);
        var error = ErrorCode().Match(body).Groups["code"].Value;
        var number = MicrosoftNumber().Match(body).Value;
        var said = string.Join(", ", new[] { error, number }.Where(word => word.Length > 0));
        var cure = error switch
        {
            "invalid_grant" or "interaction_required" or "consent_required" => "Let the mailbox's owner consent again, and give the new RefreshToken",
            "invalid_client" or "unauthorized_client" => "Check ClientId and ClientSecret; the secret may have run out",
            "invalid_scope" => "Check Scope, and the application's permissions",
            _ => "Check SignIn, TokenAddress, ClientId and RefreshToken",
        };
        return new ChannelException($"The OAuth service {_address.Host} gives no access token for {_options.User} ({(said.Length == 0 ? $"HTTP {(int)answer.Status}" : said)}). {cure}.") { NeedsOperator = true };
    }

    [GeneratedRegex("\"error\"\\s*:\\s*\"(?<code>[a-z_]{1,40})\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ErrorCode();

    [GeneratedRegex("AADSTS[0-9]{4,10}", RegexOptions.NonBacktracking)]
    private static partial Regex MicrosoftNumber();
}
