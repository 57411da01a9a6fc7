using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.IntegrationTests.Channels.Webhook;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Security;

/// <summary>
/// Every secret option of every channel and notifier holds a canary, and every service repeats in its refusals what it was told: in bodies, headers, status lines and error codes.
/// No canary comes out again: in no log at the most talkative level, nothing sent by OTLP, no verb, no answer over HTTP, no byte of store, backup or other file.
/// </summary>
public sealed partial class SecretsNowhereTests : IAsyncDisposable
{
    private const string Canary = "cnry7f3a91c2e58d";
    private readonly string _folder = Directory.CreateTempSubdirectory("listeningbot-secrets-").FullName;
    private readonly LocalSite _web = new();
    private readonly LocalSite _proxy = new();
    private readonly LocalOtlp _otlp = new();
    private readonly LocalEcho _imap = new("* OK ready");
    private readonly ConcurrentDictionary<string, string> _seen = new();
    private readonly List<string> _given = [];
    private int _requests;

    [Fact]
    public async Task No_canary_comes_out_again_whatever_goes_wrong()
    {
        await _web.StartAsync();
        await _proxy.StartAsync();
        await _otlp.StartAsync();
        _web.Answer = RefuseAsync;
        Configure();
        AssertAllAreGiven();

        await AllOfAsync("check");
        await AllOfAsync("check", "--online");
        await using (var bot = Start(ToCollector(), "run"))
        {
            await HappensAsync(bot, () => Served().IsMatch(bot.Output + bot.Errors));
            var address = Served().Match(bot.Output + bot.Errors).Groups[1].Value;
            using var http = new HttpClient();
            await HappensAsync(bot, () => _requests > 20 && _imap.Heard > 2);
            foreach (var path in (string[])["/readyz", "/healthz", "/metrics", "/in/forms", "/nothing"])
            {
                using var answer = await http.GetAsync(address + path);
                Keep(path, await answer.Content.ReadAsStringAsync() + answer.Headers);
            }
            using var refused = await http.PostAsync(address + "/in/forms", new StringContent("{}", Encoding.UTF8, "application/json"));
            Keep("a refused delivery", await refused.Content.ReadAsStringAsync());
            using var taken = await http.SendAsync(WebhookBench.Signed(new Uri(address + "/in/forms"), """{"id":"1","text":"My Acme rider is broken and nobody answers"}"""u8.ToArray(), Canary + "WebhookOptionsSecret", TimeProvider.System.GetUtcNow()));
            Keep("a delivery that was taken", await taken.Content.ReadAsStringAsync());
            await HappensAsync(bot, () => _otlp.Raw("traces").Contains("forms", StringComparison.Ordinal));
            var settings = Path.Combine(_folder, "appsettings.json");
            var good = await File.ReadAllTextAsync(settings);
            await File.WriteAllTextAsync(settings, good.Replace($"\"{Canary}", Canary, StringComparison.Ordinal));
            await HappensAsync(bot, () => bot.Errors.Contains("is not valid JSON", StringComparison.Ordinal));
            await File.WriteAllTextAsync(settings, good);
            await HappensAsync(bot, () => bot.Errors.Contains("is fine again", StringComparison.Ordinal));
            await HappensAsync(bot, () => _otlp.Raw("metrics").Contains("listeningbot.", StringComparison.Ordinal) && _otlp.Raw("logs").Contains("is fine again", StringComparison.Ordinal));
            await bot.TerminateAsync();
            Keep("the running bot", bot.Output + bot.Errors);
            foreach (var signal in (string[])["metrics", "logs", "traces"])
            {
                Keep($"{signal} by OTLP", _otlp.Raw(signal));
            }
        }
        foreach (var words in (string[])["config history", "config history --json", "config show 1", "config status", "cases list --all", "cases export --since 2026-01-01", "gaps", "latency", "canary", "watches", "explain acme", "read feed --limit 1", "dead", "dead --json", "status", "status --json", "precision", "train --list", "sbom", "storage backup backup.db", "storage check"])
        {
            await AllOfAsync(words.Split(' '));
        }
        File.Delete(Path.Combine(_folder, "appsettings.json"));
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            Keep(Path.GetFileName(file), Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }

        Assert.True(_seen.ContainsKey("backup.db") && _seen.ContainsKey("listeningbot.db"), string.Join(", ", _seen.Keys));
        foreach (var (where, text) in _seen)
        {
            Assert.True(PlaceIn(text) is not { } at, $"{where} tells a secret: {(PlaceIn(text) is { } found ? text.Substring(Math.Max(0, found - 200), Math.Min(300, text.Length - Math.Max(0, found - 200))) : "")}");
        }
        Assert.Contains(_web.Seen, request => request.Headers.Values.Concat([request.Path]).Any(text => PlaceIn(text) is not null));
        Assert.Empty(_proxy.Seen);
    }

    /// <summary>By a name of its own, so that the proxy is still the way to all else: the sender of OTLP is the operators' and takes their proxy.</summary>
    private Dictionary<string, string> ToCollector() =>
        new(_otlp.Environment) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://localhost:{_otlp.Port}", ["NO_PROXY"] = "localhost", ["no_proxy"] = "localhost" };

    /// <summary>A connection string with a password, to a server that is not there.</summary>
    [Fact]
    public async Task The_password_of_the_database_comes_out_nowhere()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "config"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), "{}");
        foreach (var words in (string[])["check", "check --online", "config status", "cases list", "storage check", "run --exit-when-idle"])
        {
            await AllOfAsync(new() { ["LISTENINGBOT__Storage__Connection"] = $"Host=127.0.0.1;Port=1;Database=bot;Username=bot;Password={Canary};Timeout=2;{Canary}=1" }, words.Split(' '));
        }
        Assert.All(_seen, said => Assert.True(PlaceIn(said.Value) is null, $"{said.Key} tells the password: {said.Value}"));
    }

    /// <summary>What stands on a command line is seen by everybody on the machine.</summary>
    [Fact]
    public void No_verb_takes_a_secret_on_the_command_line()
    {
        foreach (var option in Program.Verbs().SelectMany(Whole).SelectMany(verb => verb.Options.Select(option => option.Name).Concat(verb.Arguments.Select(argument => argument.Name))))
        {
            Assert.DoesNotContain(OwnSecrets.Names, secret => option.TrimStart('-').Equals(secret, StringComparison.OrdinalIgnoreCase));
        }

        static IEnumerable<System.CommandLine.Command> Whole(System.CommandLine.Command verb) => verb.Subcommands.SelectMany(Whole).Prepend(verb);
    }

    /// <summary>Each refusal differs, and each repeats all that it was told.</summary>
    private async Task RefuseAsync(HttpContext http)
    {
        var number = Interlocked.Increment(ref _requests);
        using var reader = new StreamReader(http.Request.Body);
        var told = $"{http.Request.Headers.Authorization} {http.Request.QueryString} {await reader.ReadToEndAsync()}".ReplaceLineEndings(" ");
        var header = string.Concat(told.Select(c => c is >= ' ' and <= '~' ? c : '?'));
        http.Response.StatusCode = (number % 8) switch { 0 => 400, 1 => 401, 2 => 403, 3 => 500, 4 => 302, 5 => 200, 6 => 404, _ => 401 };
        http.Response.Headers["X-Error"] = header;
        http.Response.Headers.WWWAuthenticate = $"Bearer error=\"{header.Replace('"', '\'')}\"";
        if (http.Response.StatusCode == 302)
        {
            http.Response.Headers.Location = $"ftp://{Canary}@{Canary}.example/{Canary}";
        }
        http.Response.ContentType = number % 3 == 0 ? "text/plain" : "application/json";
        await http.Response.WriteAsync(number % 3 == 0 ? told : JsonSerializer.Serialize(new { error = told, error_description = told, error_code = told, message = told, detail = told, title = told, error_name = told, errors = new[] { new { message = told, detail = told, reason = told } } }));
    }

    private void Configure()
    {
        var at = _web.Address;
        Directory.CreateDirectory(Path.Combine(_folder, "config"));
        File.WriteAllText(Path.Combine(_folder, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n");
        string Secret(string kind, string option)
        {
            _given.Add($"{kind}.{option}");
            return Canary + kind + option;
        }
        var settings = new
        {
            Channels = new Dictionary<string, object>
            {
                ["feed"] = new { Kind = "rss", Url = $"http://mia:{Canary}@127.0.0.1:{_web.Port}/feed", Every = "00:00:01" },
                ["reddit"] = new { Kind = "reddit", Subreddits = new[] { "acme" }, ClientId = "id", ClientSecret = Secret("RedditOptions", "ClientSecret"), UserName = "bot", Address = at, Api = at },
                ["youtube"] = new { Kind = "youtube", Key = Secret("YouTubeOptions", "Key"), Channels = new[] { "UC1234567890123456789012" }, Address = at },
                ["stack"] = new { Kind = "stackexchange", Key = Secret("StackExchangeOptions", "Key"), Api = at, Words = new[] { "acme" } },
                ["mastodon"] = new { Kind = "mastodon", Server = at, Token = Secret("MastodonOptions", "Token"), CanaryToken = Secret("MastodonOptions", "CanaryToken"), Tags = new[] { "acme" } },
                ["x"] = new { Kind = "x", Token = Secret("XOptions", "Token"), Budget = 5, Account = "acme", Listen = "Mentions", Api = at },
                ["inbox"] = new { Kind = "mail", Host = "127.0.0.1", _imap.Port, Security = "None", User = "care@acme.example", Password = Secret("MailOptions", "Password"), Every = "00:00:05", Canary = new { Host = "127.0.0.1", _imap.Port, Tls = false, User = "u", Password = Secret("MailCanaryOptions", "Password"), From = "a@acme.example" } },
                ["oauth"] = new { Kind = "mail", Host = "127.0.0.1", _imap.Port, Security = "None", User = "care@acme.example", SignIn = "OAuth", ClientId = "id", ClientSecret = Secret("MailOptions", "ClientSecret"), RefreshToken = Secret("MailOptions", "RefreshToken"), TokenAddress = at + "/token", Every = "00:00:05" },
                ["forms"] = new { Kind = "webhook", Secret = Secret("WebhookOptions", "Secret"), OldSecret = Secret("WebhookOptions", "OldSecret") },
            },
            Notifiers = new { discord = new { Token = Secret("DiscordOptions", "Token"), Api = at + "/" } },
            Rooms = new { care = new { Notifier = "discord", Address = "111111111111111111" } },
            Web = new { Listen = "http://127.0.0.1:0" },
            Http = new { AllowPrivateHosts = new[] { $"127.0.0.1:{_web.Port}", $"127.0.0.1:{_imap.Port}" } },
            Logging = new { LogLevel = new Dictionary<string, string> { ["Default"] = "Trace", ["Microsoft"] = "Trace", ["Quartz"] = "Trace", ["System"] = "Trace" } },
        };
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), JsonSerializer.Serialize(settings, new JsonSerializerOptions { WriteIndented = true }));
    }

    /// <summary>A new secret option must come into this test.</summary>
    private void AssertAllAreGiven()
    {
        var known = typeof(Program).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(option => option.IsDefined(typeof(SecretAttribute))).Select(option => $"{type.Name}.{option.Name}"))
            .Except(["StorageSettings.Connection"]);
        Assert.Equal(known.Order(StringComparer.Ordinal), _given.Order(StringComparer.Ordinal));
    }

    private BotProcess Start(params string[] words) => Start([], words);

    private BotProcess Start(Dictionary<string, string> environment, params string[] words)
    {
        foreach (var name in (string[])["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"])
        {
            environment[name] = _proxy.Address.Length > 0 ? _proxy.Address : "http://127.0.0.1:1";
        }
        return BotProcess.Start(_folder, environment, words);
    }

    private static async Task HappensAsync(BotProcess bot, Func<bool> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(90), $"Waited in vain: {bot.Output[..Math.Min(bot.Output.Length, 2000)]}{bot.Errors[Math.Max(0, bot.Errors.Length - 2000)..]}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private Task AllOfAsync(params string[] words) => AllOfAsync([], words);

    private async Task AllOfAsync(Dictionary<string, string> environment, params string[] words)
    {
        await using var verb = Start(environment, words);
        await verb.WaitForExitAsync();
        Assert.True(verb.ExitCode != Exit.Usage, $"{string.Join(' ', words)}: {verb.Errors}");
        Keep(string.Join(' ', words), verb.Output + verb.Errors);
    }

    private void Keep(string where, string text) => _seen[where] = text;

    /// <summary>Plain, as base64 in any of its three beginnings, or in hex; null when it is not there.</summary>
    private static int? PlaceIn(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(Canary);
        var forms = Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String([.. new byte[shift], .. bytes])[(shift == 0 ? 0 : 4)..^4]).Concat([Canary, Convert.ToHexString(bytes)]);
        return forms.Select(form => text.IndexOf(form, StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).Select(at => (int?)at).FirstOrDefault();
    }

    [GeneratedRegex(@"Health answers on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Served();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _proxy.DisposeAsync();
        await _otlp.DisposeAsync();
        await _imap.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
